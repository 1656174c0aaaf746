namespace SsaShare.Formats;

/// <summary>International designators: 1998-067A in messages, 98067A and two blanks in the columns of element sets.</summary>
internal static class CosparId
{
    public const int Columns = 8;

    /// <param name="columns">Eight, not all blank.</param>
    /// <param name="century">Gives a year of two digits its century.</param>
    /// <returns>Null when they are no designator: two digits of a year, three of a launch, and up to three letters of a piece, on either side of blanks. Publishers leave the piece out where it is not known.</returns>
    public static string? Read(ReadOnlySpan<byte> columns, TleYears century)
    {
        var piece = columns[5..].Trim((byte)' ');
        if (piece.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') >= 0 || columns[..5].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return null;
        Span<char> text = stackalloc char[11];
        int year = century.Of((columns[0] - '0') * 10 + columns[1] - '0');
        for (int i = 3; i >= 0; i--, year /= 10) text[i] = (char)('0' + year % 10);
        text[4] = '-';
        for (int i = 2; i < 5; i++) text[i + 3] = (char)columns[i];
        for (int i = 0; i < piece.Length; i++) text[8 + i] = (char)piece[i];
        return new string(text[..(8 + piece.Length)]);
    }

    /// <param name="columns">Eight, blank.</param>
    /// <returns>False, and nothing written, when the columns cannot hold it or would be read as another.</returns>
    public static bool TryWrite(string id, TleYears century, Span<byte> columns)
    {
        if (id.Length is < 8 or > 11 || id[4] != '-') return false;
        for (int i = 0; i < id.Length; i++)
            if (i != 4 && !(i < 8 ? char.IsAsciiDigit(id[i]) : char.IsAsciiLetterUpper(id[i]))) return false;
        int year = int.Parse(id.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        if (century.Of(year % 100) != year) return false;
        for (int i = 2; i < id.Length; i++)
            if (i != 4) columns[i < 4 ? i - 2 : i - 3] = (byte)id[i];
        return true;
    }
}
