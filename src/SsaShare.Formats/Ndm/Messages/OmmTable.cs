using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Orbit mean-elements message, CCSDS 502.0-B-2 and -3 section 4.</summary>
internal static class OmmTable
{
    public static NdmMessage Message { get; } = new("omm", "orbit mean-elements message", "CCSDS 502.0-B", ["1.0", "2.0", "3.0"], Block("omm", Mandatory, OdmBlocks.Header, Block("segment", Mandatory,
        Block("metadata", Mandatory, """
            M OBJECT_NAME          text
            M OBJECT_ID            text
            M CENTER_NAME          text
            M REF_FRAME            frame
            O REF_FRAME_EPOCH      epoch
            M TIME_SYSTEM          system
            M MEAN_ELEMENT_THEORY  text
            """),
        Block("data", Mandatory,
            Block("meanElements", Mandatory, """
                M EPOCH              epoch
                C SEMI_MAJOR_AXIS    number  km
                C MEAN_MOTION        number  rev/day
                M ECCENTRICITY       number
                M INCLINATION        number  deg
                M RA_OF_ASC_NODE     number  deg
                M ARG_OF_PERICENTER  number  deg
                M MEAN_ANOMALY       number  deg
                O GM                 number  km**3/s**2
                """),
            OdmBlocks.SpacecraftParameters,
            Block("tleParameters", Conditional, """
                O EPHEMERIS_TYPE       integer
                O CLASSIFICATION_TYPE  text
                O NORAD_CAT_ID         integer
                O ELEMENT_SET_NO       integer
                O REV_AT_EPOCH         integer
                C BSTAR                number  1/ER
                C BTERM                number  m**2/kg     since:3.0
                C MEAN_MOTION_DOT      number  rev/day**2
                C MEAN_MOTION_DDOT     number  rev/day**3
                C AGOM                 number  m**2/kg     since:3.0
                """),
            OdmBlocks.CovarianceMatrix("O COV_REF_FRAME frame"),
            OdmBlocks.UserDefinedParameters))));
}
