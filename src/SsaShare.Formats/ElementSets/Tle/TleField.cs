namespace SsaShare.Formats;

/// <summary>The forms of numbers in the columns of an element set. Blanks may stand in front of digits in place of zeros, never among them.</summary>
internal static class TleField
{
    /// <summary>A whole number; at least one digit.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> columns, out long value)
    {
        value = 0;
        int at = 0;
        while (at < columns.Length && columns[at] == ' ') at++;
        if (at == columns.Length) return false;
        for (; at < columns.Length; at++)
        {
            uint digit = (uint)columns[at] - '0';
            if (digit > 9) return false;
            value = value * 10 + digit;
        }
        return true;
    }

    /// <summary>A decimal number whose point stands in its column: digits or blanks before it, digits only behind it.</summary>
    /// <param name="scaled">The number without its point.</param>
    public static bool TryFixed(ReadOnlySpan<byte> columns, int decimals, out long scaled)
    {
        int point = columns.Length - decimals - 1;
        scaled = 0;
        if (columns[point] != '.') return false;
        for (int at = 0; at < columns.Length; at++)
        {
            if (at == point) continue;
            uint digit = (uint)columns[at] - '0';
            if (digit <= 9) scaled = scaled * 10 + digit;
            else if (columns[at] != ' ' || at > point || scaled != 0 || at > 0 && columns[at - 1] != ' ') return false;
        }
        return true;
    }

    /// <summary>A sign or blank, a point and eight digits.</summary>
    public static bool TrySigned(ReadOnlySpan<byte> columns, out double value)
    {
        value = 0;
        if (columns[0] is not ((byte)' ' or (byte)'+' or (byte)'-') || !TryFixed(columns[1..], 8, out long scaled)) return false;
        value = DecimalText.Scaled(scaled, 8);
        if (columns[0] == '-') value = -value;
        return true;
    }

    /// <summary>A sign or blank, five digits of which the point stands before the first, and a power of ten of one digit with its sign.</summary>
    public static bool TryImplied(ReadOnlySpan<byte> columns, out double value)
    {
        value = 0;
        if (columns[0] is not ((byte)' ' or (byte)'+' or (byte)'-') || columns[1] == ' ' || !TryDigits(columns[1..6], out long mantissa)) return false;
        uint power = (uint)columns[7] - '0';
        if (power > 9) return false;
        if (columns[6] == '-') value = DecimalText.Scaled(mantissa, 5 + (int)power);
        else if (columns[6] is not ((byte)'+' or (byte)' ')) return false;
        else if (power <= 5) value = DecimalText.Scaled(mantissa, 5 - (int)power);
        else value = mantissa * DecimalText.Scaled(Powers[(int)power - 5], 0);
        if (columns[0] == '-') value = -value;
        return true;
    }

    public static bool IsBlank(ReadOnlySpan<byte> columns) => columns.IndexOfAnyExcept((byte)' ') < 0;

    private static ReadOnlySpan<long> Powers => [1, 10, 100, 1_000, 10_000];
}
