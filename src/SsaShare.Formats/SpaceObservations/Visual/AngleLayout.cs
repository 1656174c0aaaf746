using System.Globalization;

namespace SsaShare.Formats;

/// <summary>How one angle stands in columns: hours or degrees, minutes and seconds, and decimals of the last of them, without a point.</summary>
/// <param name="IsHours">Hours of right ascension, of 15 degrees.</param>
/// <param name="Lead">Columns of the hours or degrees.</param>
/// <param name="Sixties">How many parts of two digits follow: 0 none, 1 minutes, 2 minutes and seconds.</param>
/// <param name="Width">Columns in all.</param>
internal readonly record struct AngleLayout(bool IsHours, int Lead, int Sixties, int Width)
{
    private static readonly long[] Tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private long Decimals => Tens[Width - Lead - 2 * Sixties];

    private double UnitsPerDegree => (Sixties switch { 0 => 1, 1 => 60, _ => 3_600 }) * (double)Decimals / (IsHours ? 15 : 1);

    /// <summary>The first angle of a form.</summary>
    public static AngleLayout First(AngleForm form, int width) => form switch
    {
        AngleForm.HmsDms or AngleForm.HmsD => new(true, 2, 2, width),
        AngleForm.HmDm or AngleForm.HmD => new(true, 2, 1, width),
        AngleForm.DmsDms => new(false, 3, 2, width),
        AngleForm.DmDm => new(false, 3, 1, width),
        _ => new(false, 3, 0, width),
    };

    /// <summary>The second angle of a form, without its sign.</summary>
    public static AngleLayout Second(AngleForm form, int width) => form switch
    {
        AngleForm.HmsDms or AngleForm.DmsDms => new(false, 2, 2, width),
        AngleForm.HmDm or AngleForm.DmDm => new(false, 2, 1, width),
        _ => new(false, 2, 0, width),
    };

    /// <summary>Degrees of an uncertainty of 1 in the unit of this angle's last part: a second, a minute or a degree of arc.</summary>
    public double UncertaintyUnits => Sixties switch { 0 => 1, 1 => 60, _ => 3_600 };

    /// <param name="digits">All columns as one number.</param>
    /// <param name="isCarried">Minutes or seconds are 60 or more.</param>
    public double Degrees(long digits, out bool isCarried)
    {
        long decimals = digits % Decimals, rest = digits / Decimals, total = 0, weight = 1;
        isCarried = false;
        for (int i = 0; i < Sixties; i++, weight *= 60, rest /= 100)
        {
            total += rest % 100 * weight;
            isCarried |= rest % 100 >= 60;
        }
        long units = (total + rest * weight) * Decimals + decimals;
        return IsHours ? units * 15.0 / (weight * Decimals) : units / (double)(weight * Decimals);
    }

    /// <summary>Digits of all columns.</summary>
    /// <param name="degrees">Not negative.</param>
    /// <param name="isExact">Whether they are read back as the same number.</param>
    /// <returns>Null when the columns cannot hold it.</returns>
    public string? Digits(double degrees, out bool isExact)
    {
        isExact = false;
        double rounded = Math.Round(degrees * UnitsPerDegree);
        // Rounding up to the whole turn is rounding to 0.
        if (degrees < 360 && rounded == Math.Round(360 * UnitsPerDegree)) rounded = 0;
        if (!(rounded >= 0 && rounded < 1e15)) return null;
        long units = (long)rounded, decimals = units % Decimals, rest = units / Decimals;
        long digits = decimals, place = Decimals;
        for (int i = 0; i < Sixties; i++, place *= 100, rest /= 60) digits += rest % 60 * place;
        if (rest >= Tens[Lead]) return null;
        digits += rest * place;
        isExact = Degrees(digits, out _) == degrees;
        return digits.ToString(CultureInfo.InvariantCulture).PadLeft(Width, '0');
    }
}
