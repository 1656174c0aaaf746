using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Numbers in decimal text to the nearest double, ties to even: what double.Parse gives, faster where that can be had exactly.</summary>
internal static class DecimalText
{
    /// <summary>Each is a double exactly.</summary>
    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Whole numbers up to here are doubles exactly.</summary>
    private const ulong LargestExact = 1UL << 53;

    /// <summary>Takes what 502.0-B takes for a number: an optional sign, digits with an optional point among, before or after them, an optional exponent. Nothing around it.</summary>
    /// <returns>False when the text is no such number, or one beyond the greatest double.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        int at = 0;
        bool negative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+') negative = text[at++] == '-';
        ulong mantissa = 0;
        int digits = 0, exponent = 0, point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)text[at] - '0';
            if (digit <= 9)
            {
                digits++;
                // Beyond 18 digits the exact way is taken below, whatever stands here.
                if (mantissa <= 99_999_999_999_999_999) mantissa = mantissa * 10 + digit;
                else mantissa = ulong.MaxValue;
            }
            else if (text[at] == '.' && point < 0) point = digits;
            else break;
        }
        if (digits == 0) return false;
        if (point >= 0) exponent = point - digits;
        if (at < text.Length)
        {
            if (text[at] is not ((byte)'e' or (byte)'E') || !TryExponent(text[(at + 1)..], out int given)) return false;
            exponent += given;
        }
        if (mantissa <= LargestExact && exponent is >= -22 and <= 22)
        {
            // One rounding of two exact numbers is the nearest double (Clinger, PLDI 1990).
            double exact = mantissa;
            value = exponent < 0 ? exact / PowersOfTen[-exponent] : exact * PowersOfTen[exponent];
            if (negative) value = -value;
            return true;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>A whole number without exponent; an optional sign.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = text.StartsWith("-"u8);
        if (negative || text.StartsWith("+"u8)) text = text[1..];
        if (text.Length is 0 or > 18) return false;
        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9) return false;
            value = value * 10 + digit;
        }
        if (negative) value = -value;
        return true;
    }

    /// <summary>The nearest double to a whole number divided by a power of ten.</summary>
    /// <param name="number">Below 2^53 in size.</param>
    /// <param name="decimals">0 to 22.</param>
    public static double Scaled(long number, int decimals) => number / PowersOfTen[decimals];

    /// <summary>The whole number that, divided by a power of ten, is nearest to a value.</summary>
    /// <param name="decimals">0 to 22.</param>
    /// <param name="isExact">The value is the nearest double to that quotient: nothing is lost.</param>
    /// <returns>Long.MaxValue where it would be beyond 2^53.</returns>
    public static long Unscaled(double value, int decimals, out bool isExact)
    {
        double scaled = Math.Round(value * PowersOfTen[decimals], MidpointRounding.ToEven);
        isExact = false;
        if (!(Math.Abs(scaled) <= LargestExact)) return long.MaxValue;
        long number = (long)scaled;
        isExact = Scaled(number, decimals) == value;
        return number;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        bool negative = text.StartsWith("-"u8);
        if (negative || text.StartsWith("+"u8)) text = text[1..];
        if (text.IsEmpty) return false;
        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9) return false;
            value = Math.Min(value * 10 + (int)digit, 100_000);
        }
        if (negative) value = -value;
        return true;
    }
}
