using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Orbit parameter message, CCSDS 502.0-B-1 to -3 section 3.</summary>
internal static class OpmTable
{
    public static NdmMessage Message { get; } = new("opm", "orbit parameter message", "CCSDS 502.0-B", ["1.0", "2.0", "3.0"], Block("opm", Mandatory, OdmBlocks.Header, Block("segment", Mandatory,
        Block("metadata", Mandatory, """
            M OBJECT_NAME      text
            M OBJECT_ID        text
            M CENTER_NAME      text
            M REF_FRAME        frame
            O REF_FRAME_EPOCH  epoch
            M TIME_SYSTEM      system
            """),
        Block("data", Mandatory,
            Block("stateVector", Mandatory, """
                M EPOCH  epoch
                M X      number  km
                M Y      number  km
                M Z      number  km
                M X_DOT  number  km/s
                M Y_DOT  number  km/s
                M Z_DOT  number  km/s
                """),
            Block("keplerianElements", Optional, """
                M SEMI_MAJOR_AXIS    number  km
                M ECCENTRICITY       number
                M INCLINATION        number  deg
                M RA_OF_ASC_NODE     number  deg
                M ARG_OF_PERICENTER  number  deg
                C TRUE_ANOMALY       number  deg
                C MEAN_ANOMALY       number  deg
                M GM                 number  km**3/s**2
                """),
            OdmBlocks.SpacecraftParameters,
            OdmBlocks.CovarianceMatrix("O COV_REF_FRAME frame") with { Since = "2.0" },
            Block("maneuverParameters", Optional, """
                *M MAN_EPOCH_IGNITION  epoch
                M MAN_DURATION         number  s
                O MAN_DELTA_MASS       number  kg
                M MAN_REF_FRAME        frame
                M MAN_DV_1             number  km/s
                M MAN_DV_2             number  km/s
                M MAN_DV_3             number  km/s
                """) with { IsRepeatable = true },
            OdmBlocks.UserDefinedParameters with { Since = "2.0" }))));
}
