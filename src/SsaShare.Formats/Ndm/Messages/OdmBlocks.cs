using static SsaShare.Formats.NdmObligation;

namespace SsaShare.Formats;

/// <summary>Blocks that the orbit data messages of CCSDS 502.0-B share.</summary>
internal static class OdmBlocks
{
    public static NdmBlock Header => NdmTableText.Block("header", Mandatory, """
        O CLASSIFICATION  text   since:3.0
        M CREATION_DATE   epoch
        M ORIGINATOR      text
        O MESSAGE_ID      text   since:3.0
        """);

    public static NdmBlock SpacecraftParameters => NdmTableText.Block("spacecraftParameters", Optional, """
        O MASS             number  kg
        O SOLAR_RAD_AREA   number  m**2
        O SOLAR_RAD_COEFF  number
        O DRAG_AREA        number  m**2
        O DRAG_COEFF       number
        """);

    public static NdmBlock UserDefinedParameters => NdmTableText.Block("userDefinedParameters", Optional) with { TakesUserDefined = true };

    /// <summary>A lower triangle in position and velocity, entry by entry.</summary>
    public static NdmBlock CovarianceMatrix(string leading) => NdmTableText.Block("covarianceMatrix", Optional, leading, Triangle("M"));

    /// <summary>The 21 entries, row by row; variances are not negative.</summary>
    public static string Triangle(string obligation)
    {
        string[] axes = ["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"];
        var lines = new List<string>();
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
            lines.Add($"{obligation} C{axes[row]}_{axes[column]} number {(row / 3 + column / 3) switch { 0 => "km**2", 1 => "km**2/s", _ => "km**2/s**2" }}{(row == column ? " min:0" : "")}");
        return string.Join('\n', lines);
    }
}
