namespace SsaShare.Formats;

/// <summary>Which of the formats of mean elements a file is, by its beginning.</summary>
internal static class ElementRecognition
{
    public static Recognition Tle(ReadOnlyMemory<byte> head) => OfLines(head.Span, named: false);

    public static Recognition ThreeLine(ReadOnlyMemory<byte> head) => OfLines(head.Span, named: true);

    /// <summary>By its first line 1: whether its form is right, and whether a name stands before it.</summary>
    private static Recognition OfLines(ReadOnlySpan<byte> head, bool named)
    {
        int names = 0;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].TrimEnd(" \t\r"u8);
            if (line.IsEmpty || line[0] == '#') continue;
            if (line.Length >= TleDecoder.LineColumns && line[0] is (byte)'1' or (byte)'2' && line[1] == ' ' && line[23] == '.')
                return names != (named ? 1 : 0) ? Recognition.No : TleDecoder.Checksum(line) == line[68] - '0' ? Recognition.Certain : Recognition.Likely;
            if (++names > 1) return Recognition.No;
        }
        return Recognition.No;
    }
}
