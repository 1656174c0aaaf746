using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Orbit ephemeris message, CCSDS 502.0-B-1 to -3 section 5.</summary>
internal static class OemTable
{
    public static NdmMessage Message { get; } = new("oem", "orbit ephemeris message", "CCSDS 502.0-B", ["1.0", "2.0", "3.0"], Block("oem", Mandatory, OdmBlocks.Header, Block("segment", Mandatory,
        Block("metadata", Mandatory, """
            M OBJECT_NAME           text
            M OBJECT_ID             text
            M CENTER_NAME           text
            M REF_FRAME             frame
            O REF_FRAME_EPOCH       epoch    since:2.0
            M TIME_SYSTEM           system
            M START_TIME            epoch
            O USEABLE_START_TIME    epoch
            O USEABLE_STOP_TIME     epoch
            M STOP_TIME             epoch
            O INTERPOLATION         text
            C INTERPOLATION_DEGREE  integer
            """) with { KvnName = "META" },
        Block("data", Mandatory, Covariance) with
        {
            Rows = NdmRowStyle.StateVector,
            RowName = "stateVector",
            RowKeywords = Keywords("""
                M EPOCH   epoch
                M X       number  km
                M Y       number  km
                M Z       number  km
                M X_DOT   number  km/s
                M Y_DOT   number  km/s
                M Z_DOT   number  km/s
                O X_DDOT  number  km/s**2  since:2.0
                O Y_DDOT  number  km/s**2  since:2.0
                O Z_DDOT  number  km/s**2  since:2.0
                """),
        }) with { IsRepeatable = true, IsUnit = true })) { IsStreamed = true };

    private static NdmBlock Covariance => Block("covarianceMatrix", Optional, """
        *M EPOCH         epoch
        O COV_REF_FRAME  frame
        """, OdmBlocks.Triangle("M")) with
    {
        Since = "2.0",
        IsRepeatable = true,
        IsUnit = true,
        KvnGroup = "COVARIANCE",
        Rows = NdmRowStyle.Triangle,
        RowKeywords = Keywords(OdmBlocks.Triangle("M")),
    };
}
