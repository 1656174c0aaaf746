namespace SsaShare.Formats;

/// <summary>Catalog numbers in the five columns of element sets: digits up to 99999, beyond that Alpha-5, whose first column is a letter that stands for 10 to 33, I and O left out.</summary>
public static class CatalogNumber
{
    /// <summary>The greatest that five columns can hold: Z9999.</summary>
    public const long Alpha5Max = 339_999;

    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <param name="columns">Five; blanks may stand in front of digits.</param>
    /// <returns>False when they are no such number.</returns>
    public static bool TryReadAlpha5(ReadOnlySpan<byte> columns, out long number)
    {
        number = 0;
        if (columns.Length != 5) return false;
        int first = columns[0] is >= (byte)'A' and <= (byte)'Z' ? Letters.IndexOf((char)columns[0], StringComparison.Ordinal) + 10 : -1;
        if (first < 0) return TleField.TryDigits(columns, out number);
        if (first < 10 || columns[1] == ' ' || !TleField.TryDigits(columns[1..], out long rest)) return false;
        number = first * 10_000 + rest;
        return true;
    }

    /// <param name="columns">Five; digits are filled with zeros.</param>
    /// <returns>False when the number is negative or above <see cref="Alpha5Max"/>.</returns>
    public static bool TryWriteAlpha5(long number, Span<byte> columns)
    {
        if (number is < 0 or > Alpha5Max) return false;
        ElementEpochText.Digits(columns[1..5], number % 10_000);
        long first = number / 10_000;
        columns[0] = (byte)(first < 10 ? '0' + first : Letters[(int)first - 10]);
        return true;
    }
}
