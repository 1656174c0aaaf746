namespace SsaShare.Formats;

/// <summary>Numbers as five digits, the point before them, and a power of ten of one digit.</summary>
internal static class TleImplied
{
    private const int LeastPower = -9, GreatestPower = 9;

    /// <param name="value">Not negative.</param>
    /// <param name="mantissa">0 to 99999: five digits.</param>
    /// <param name="isExact">The columns, read again, are the same double.</param>
    /// <returns>False when the value is too large.</returns>
    public static bool TrySplit(double value, out long mantissa, out int power, out bool isExact)
    {
        (mantissa, power, isExact) = (0, 0, true);
        if (value == 0) return true;
        if (!double.IsFinite(value) || value >= 1e9) return false;
        // The logarithm may be one off next to a power of ten; the loops below put it right.
        power = Math.Max(LeastPower, (int)Math.Floor(Math.Log10(value)) + 1);
        mantissa = Round(value, power);
        if (mantissa < 10_000 && power > LeastPower) mantissa = Round(value, --power);
        if (mantissa > 99_999) mantissa = Round(value, ++power);
        if (power > GreatestPower) return false;
        isExact = Value(mantissa, power) == value;
        if (mantissa == 0) power = 0;
        return true;
    }

    /// <summary>What the columns are read as.</summary>
    private static double Value(long mantissa, int power) => power <= 5 ? DecimalText.Scaled(mantissa, 5 - power) : mantissa * DecimalText.Scaled(1, 0) * Math.Pow(10, power - 5);

    private static long Round(double value, int power) => (long)Math.Round(power <= 5 ? value * Math.Pow(10, 5 - power) : value / Math.Pow(10, power - 5), MidpointRounding.ToEven);
}
