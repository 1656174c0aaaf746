using System.Globalization;

namespace SsaShare.Formats;

/// <summary>International designations in their several spellings.</summary>
internal static class CosparDesignation
{
    /// <summary>Letters of pieces of a launch: I and O are not used.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The spelling with a year of four digits and letters, "1998-067A", of one all in digits, "9806701" or "98067001".</summary>
    /// <returns>Null when the digits are none.</returns>
    public static string? OfDigits(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is < 6 or > 8 || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return null;
        int piece = int.Parse(digits[5..], NumberStyles.None, CultureInfo.InvariantCulture);
        if (piece == 0 || digits[2..5].SequenceEqual("000"u8)) return null;
        return $"{Century(digits)}{Ascii(digits[..2])}-{Ascii(digits[2..5])}{Piece(piece)}";
    }

    public static string Century(ReadOnlySpan<byte> year) => year[0] > (byte)'5' || (year[0] == (byte)'5' && year[1] >= (byte)'7') ? "19" : "20";

    /// <summary>A year that two digits can stand for, a launch and up to three letters: "1998-067A".</summary>
    public static bool IsDesignation([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? id)
        => id is { Length: >= 9 and <= 11 } && id[4] == '-' && id.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && id.AsSpan(5, 3).IndexOfAnyExceptInRange('0', '9') < 0
            && id.AsSpan(8).IndexOfAnyExceptInRange('A', 'Z') < 0 && id.StartsWith(Century([(byte)id[2], (byte)id[3]]), StringComparison.Ordinal);

    /// <summary>Year, launch and piece all in digits, "9806701".</summary>
    /// <returns>Null when it is not a designation, its letters are none of a piece, or the piece is beyond 99.</returns>
    public static string? ToDigits(string? id)
    {
        if (!IsDesignation(id)) return null;
        int piece = 0;
        foreach (char letter in id.AsSpan(8))
        {
            int index = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (index < 0 || piece > 10_000) return null;
            piece = piece * Letters.Length + index + 1;
        }
        return piece is >= 1 and <= 99 ? string.Create(CultureInfo.InvariantCulture, $"{id.AsSpan(2, 2)}{id.AsSpan(5, 3)}{piece:00}") : null;
    }

    private static string Piece(int number)
    {
        string text = "";
        for (int rest = number; rest > 0; rest = (rest - 1) / Letters.Length) text = Letters[(rest - 1) % Letters.Length] + text;
        return text;
    }

    private static string Ascii(ReadOnlySpan<byte> text) => System.Text.Encoding.ASCII.GetString(text);
}
