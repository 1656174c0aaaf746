using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Codes that the visual observers' formats share.</summary>
internal static class VisualCodes
{
    /// <summary>Digits and capitals, without I and O, which are taken for 1 and 0.</summary>
    public static bool IsStation(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!char.IsAsciiDigit((char)b) && (!char.IsAsciiLetterUpper((char)b) || b is (byte)'I' or (byte)'O')) return false;
        }
        return true;
    }

    /// <param name="code">'1' to '6', or '0'.</param>
    /// <param name="zero">What 0 stands for in the format.</param>
    public static Equinox Equinox(byte code, Equinox zero) => code switch
    {
        (byte)'0' => zero,
        (byte)'1' => SsaShare.Formats.Equinox.B1855,
        (byte)'2' => SsaShare.Formats.Equinox.B1875,
        (byte)'3' => SsaShare.Formats.Equinox.B1900,
        (byte)'4' => SsaShare.Formats.Equinox.B1950,
        (byte)'5' => SsaShare.Formats.Equinox.J2000,
        (byte)'6' => SsaShare.Formats.Equinox.J2050,
        _ => SsaShare.Formats.Equinox.NotGiven,
    };

    /// <returns>'?' when there is no code for it.</returns>
    public static char Code(Equinox equinox, Equinox zero) => equinox == zero ? '0' : equinox switch
    {
        SsaShare.Formats.Equinox.NotGiven => ' ',
        SsaShare.Formats.Equinox.B1855 => '1',
        SsaShare.Formats.Equinox.B1875 => '2',
        SsaShare.Formats.Equinox.B1900 => '3',
        SsaShare.Formats.Equinox.B1950 => '4',
        SsaShare.Formats.Equinox.J2000 => '5',
        SsaShare.Formats.Equinox.J2050 => '6',
        _ => '?',
    };

    /// <summary>What the last of so many digits HHMMSSsss... counts, s; none is a day.</summary>
    public static double StepS(int digits) => digits switch { 0 => 86_400, 1 => 36_000, 2 => 3_600, 3 => 600, 4 => 60, 5 => 10, _ => 1 / Math.Pow(10, digits - 6) };

    /// <summary>The nanosecond of the day of digits HHMMSSsss..., filled up with zeros.</summary>
    /// <returns>Null when no clock shows it.</returns>
    public static long? NanosecondOfDay(long digits, int width)
    {
        long fractions = (long)Math.Pow(10, width - 6), second = digits / fractions;
        return ObservationEpochs.NanosecondOfDay((int)(second / 10_000), (int)(second / 100 % 100), (int)(second % 100), digits % fractions * (1_000_000_000 / fractions));
    }

    /// <summary>Digits HHMMSSsss... of a clock: as many as the precision wants, more where otherwise something would be lost.</summary>
    /// <param name="width">Most digits that the format has.</param>
    /// <param name="isExact">False when even those lose something.</param>
    /// <returns>The day YYYYMMDD and the digits; null before 1972.</returns>
    public static (string Day, string Time)? Clock(ObservationTime time, int width, out bool isExact)
    {
        if (ObservationEpochs.Split(time.Epoch, (long)(1e9 / Math.Pow(10, width - 6)), out isExact) is not var (day, hour, minute, second, nanosecond)) return null;
        string digits = string.Create(CultureInfo.InvariantCulture, $"{hour:00}{minute:00}{second:00}{nanosecond:000000000}")[..width];
        int count = width;
        while (count > 0 && digits[count - 1] == '0' && StepS(count - 1) <= time.PrecisionS * 1.001) count--;
        return (day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), digits[..count]);
    }

    /// <summary>An uncertainty of one digit and a power of ten: M times 10 to the X-8.</summary>
    public static double Uncertainty(int m, int x) => x <= 8 ? m / Math.Pow(10, 8 - x) : m * 10.0;

    /// <returns>The nearest code MX; null when it is out of reach.</returns>
    public static string? UncertaintyCode(double value)
    {
        if (value == 0) return "00";
        if (!(value >= 0.5e-8) || !(value <= 95)) return null;
        int x = Math.Clamp((int)Math.Floor(Math.Log10(value)) + 8, 0, 9);
        int m = (int)Math.Round(value / Math.Pow(10, x - 8));
        if (m == 0) (m, x) = ((int)Math.Round(value / Math.Pow(10, x - 9)), x - 1);
        if (m >= 10) (m, x) = (1, x + 1);
        return x is < 0 or > 9 || m is < 1 or > 9 ? null : string.Create(CultureInfo.InvariantCulture, $"{m}{x}");
    }
}
