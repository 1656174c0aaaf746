using System.Globalization;

namespace SsaShare.Formats;

/// <summary>
/// Numbers between decimal text and binary, with the decimal point moved on the way: metres in the text are kilometres in the number. Since the
/// point is moved in the text, the number is the nearest to what was written, and the shortest text of it leads back to the same number.
/// </summary>
internal static class ShiftedDecimal
{
    /// <summary>Most bytes that a number is written in.</summary>
    public const int LongestWritten = 80;

    private const int LongestRead = 200, ExponentMax = 10_000, MantissaDigits = 19;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Reads a decimal number with or without an exponent: finite, no blanks.</summary>
    /// <param name="shift">The power of ten by which the text is multiplied.</param>
    public static bool TryDouble(ReadOnlySpan<byte> text, int shift, out double value)
    {
        value = 0;
        if (!TryScan(text, out var number)) return false;
        int exponent = number.Exponent + shift;
        if (!number.IsCut && number.Mantissa < 1UL << 53 && exponent is >= -22 and <= 22)
        {
            // Both are exact, so the one operation rounds once (Clinger, PLDI 1990).
            value = exponent < 0 ? number.Mantissa / PowersOfTen[-exponent] : number.Mantissa * PowersOfTen[exponent];
            if (number.IsNegative) value = -value;
            return true;
        }
        Span<byte> moved = stackalloc byte[LongestRead + 16];
        text[..number.MantissaLength].CopyTo(moved);
        moved[number.MantissaLength] = (byte)'E';
        (number.WrittenExponent + shift).TryFormat(moved[(number.MantissaLength + 1)..], out int digits, default, CultureInfo.InvariantCulture);
        return double.TryParse(moved[..(number.MantissaLength + 1 + digits)], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Reads a number exactly, as far as 28 digits go.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (!TryScan(text, out var number)) return false;
        if (!number.IsCut && number.Exponent is >= -28 and <= 0)
        {
            value = new decimal((int)(number.Mantissa & uint.MaxValue), (int)(number.Mantissa >> 32), 0, number.IsNegative && number.Mantissa != 0, (byte)-number.Exponent);
            return true;
        }
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads digits with or without a sign.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Writes the shortest text that leads back to the number; in plain digits where that is short enough.</summary>
    /// <param name="shift">The power of ten by which the number is multiplied.</param>
    /// <param name="minDecimals">Zeros are added up to so many decimals.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(double value, int shift, int minDecimals, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[24];
        var (count, exponent) = Shortest(value, digits);
        if (count == 0) exponent = 0;
        else exponent += shift;
        int before = count + exponent, decimals = Math.Max(minDecimals, -exponent), at = 0;
        if (before > 24 || decimals > 24) return WriteScientific(value, shift, target);
        if (double.IsNegative(value) && count > 0) target[at++] = (byte)'-';
        if (before <= 0) target[at++] = (byte)'0';
        for (int i = 0; i < before; i++) target[at++] = i < count ? digits[i] : (byte)'0';
        if (decimals == 0) return at;
        target[at++] = (byte)'.';
        for (int i = before; i < before + decimals; i++) target[at++] = i >= 0 && i < count ? digits[i] : (byte)'0';
        return at;
    }

    /// <summary>Writes the shortest text that leads back to the number, with an exponent.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int WriteScientific(double value, int shift, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[24];
        var (count, exponent) = Shortest(value, digits);
        if (count == 0) return Write(0, 0, 1, target);
        int at = 0;
        if (value < 0) target[at++] = (byte)'-';
        target[at++] = digits[0];
        target[at++] = (byte)'.';
        if (count == 1) target[at++] = (byte)'0';
        digits[1..count].CopyTo(target[at..]);
        at += count - 1;
        target[at++] = (byte)'e';
        int power = count - 1 + exponent + shift;
        target[at++] = power < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(power).TryFormat(target[at..], out int length, "00", CultureInfo.InvariantCulture);
        return at + length;
    }

    /// <summary>The digits without leading and trailing zeros, and the power of ten of the last one. None for zero.</summary>
    private static (int Count, int Exponent) Shortest(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        int count = 0, exponent = 0;
        bool afterPoint = false;
        for (int i = 0; i < length; i++)
        {
            if (text[i] == 'E')
            {
                exponent += int.Parse(text[(i + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            if (text[i] == '.') afterPoint = true;
            else if (text[i] != '-')
            {
                if (afterPoint) exponent--;
                if (count > 0 || text[i] != '0') digits[count++] = text[i];
            }
        }
        while (count > 0 && digits[count - 1] == '0')
        {
            count--;
            exponent++;
        }
        return (count, exponent);
    }

    private static bool TryScan(ReadOnlySpan<byte> text, out Scanned number)
    {
        number = default;
        if (text.Length is 0 or > LongestRead) return false;
        bool negative = text[0] == '-', cut = false;
        int at = negative || text[0] == '+' ? 1 : 0, point = -1, digits = 0, significant = 0, zeros = 0;
        ulong mantissa = 0;
        for (; at < text.Length; at++)
        {
            int digit = text[at] - '0';
            if ((uint)digit <= 9)
            {
                digits++;
                if (digit == 0)
                {
                    // Zeros count when another digit follows.
                    if (significant > 0) zeros++;
                    continue;
                }
                significant += zeros + 1;
                cut |= significant > MantissaDigits;
                if (!cut)
                {
                    for (; zeros > 0; zeros--) mantissa *= 10;
                    mantissa = mantissa * 10 + (uint)digit;
                }
                zeros = 0;
            }
            else if (text[at] == '.' && point < 0) point = at;
            else break;
        }
        if (digits == 0 || !TryExponent(text[at..], out int written)) return false;
        int exponent = significant == 0 ? 0 : written + zeros - (point < 0 ? 0 : at - point - 1);
        number = new Scanned(negative, mantissa, exponent, cut, at, written);
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty) return true;
        return text[0] is (byte)'e' or (byte)'E' && text.Length is > 1 and < 8
            && int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) < ExponentMax;
    }

    /// <param name="Mantissa">The digits as a whole number, without the zeros at the end; not all of them when <paramref name="IsCut"/>.</param>
    /// <param name="Exponent">Power of ten of the mantissa.</param>
    /// <param name="WrittenExponent">As in the text.</param>
    private readonly record struct Scanned(bool IsNegative, ulong Mantissa, int Exponent, bool IsCut, int MantissaLength, int WrittenExponent);
}
