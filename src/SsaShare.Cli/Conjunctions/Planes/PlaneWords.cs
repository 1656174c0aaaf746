using System.Globalization;

namespace SsaShare.Cli;

/// <summary>Figures of an encounter plane for people.</summary>
internal static class PlaneWords
{
    /// <summary>In m, or km from a kilometre on, with four digits.</summary>
    public static string Length(double km)
    {
        double size = Math.Abs(km) * 1e3;
        return size == 0 ? "0 m" : size >= 999.95 ? $"{Digits(km)} km" : size >= 1 ? $"{Digits(km * 1e3)} m" : size >= 1e-3 ? $"{Digits(km * 1e6)} mm" : string.Create(CultureInfo.InvariantCulture, $"{km * 1e6:0.##E+0} mm");
    }

    public static string Probability(double? value) => value switch { null => "none", 0 => "0", 1 => "1", { } figure => figure.ToString("0.###E+0", CultureInfo.InvariantCulture) };

    private static string Digits(double value)
    {
        int decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9), 0, 3);
        return value.ToString($"#,0.{new string('#', decimals)}", CultureInfo.InvariantCulture);
    }
}
