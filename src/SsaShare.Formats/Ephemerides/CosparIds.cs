using System.Globalization;

namespace SsaShare.Formats;

/// <summary>International designators in the two ways of ephemerides: 1976-039A, and the laser ranging service's digits 7603901.</summary>
internal static class CosparIds
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The designator of YYLLLPP: year, launch of the year and number of the piece.</summary>
    /// <returns>Null when the digits are no designator.</returns>
    public static string? FromDigits(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 8 || !ShiftedDecimal.TryInteger(digits, out long number) || number is < 0 or > 9_999_999) return null;
        int year = (int)(number / 100_000), launch = (int)(number / 100 % 1_000), piece = (int)(number % 100);
        if (launch == 0 || piece == 0) return null;
        string letters = piece <= Letters.Length ? $"{Letters[piece - 1]}" : $"{Letters[(piece - 1) / Letters.Length - 1]}{Letters[(piece - 1) % Letters.Length]}";
        return string.Create(CultureInfo.InvariantCulture, $"{(year < 57 ? 2000 : 1900) + year}-{launch:000}{letters}");
    }

    /// <summary>The digits of a designator.</summary>
    /// <returns>Null when it has none: more than 99 pieces, or another form.</returns>
    public static string? ToDigits(string? designator)
    {
        if (designator is not { Length: >= 9 and <= 11 } || designator[4] != '-') return null;
        if (!int.TryParse(designator.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year is < 1957 or > 2056) return null;
        if (!int.TryParse(designator.AsSpan(5, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int launch) || launch == 0) return null;
        int piece = 0;
        foreach (char letter in designator.AsSpan(8))
        {
            int index = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (index < 0) return null;
            piece = piece * Letters.Length + index + 1;
        }
        return piece > 99 ? null : string.Create(CultureInfo.InvariantCulture, $"{year % 100:00}{launch:000}{piece:00}");
    }
}
