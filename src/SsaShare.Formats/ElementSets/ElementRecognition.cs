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
            if (TleParser.IsElementLine(line, '1') || TleParser.IsElementLine(line, '2'))
                return names != (named ? 1 : 0) ? Recognition.No : OfLine(line);
            if (++names > 1) return Recognition.No;
        }
        return Recognition.No;
    }

    private static Recognition OfLine(ReadOnlySpan<byte> line)
        => line.Length < TleDecoder.LineColumns || line[0] == '1' && line[23] != '.' ? Recognition.Possible : TleDecoder.Checksum(line) == line[68] - '0' ? Recognition.Certain : Recognition.Likely;

    /// <summary>By its header.</summary>
    public static Recognition Csv(ReadOnlyMemory<byte> head)
    {
        var text = head.Span;
        int end = text.IndexOf((byte)'\n');
        var line = (end < 0 ? text : text[..end]).Trim(" \t\r"u8);
        byte[] scratch = new byte[line.Length];
        var cells = new CsvCells(line, scratch);
        ulong given = 0;
        while (cells.Next(out var cell))
        {
            if (cells.Fault is not null) return Recognition.No;
            if (ElementFields.Find(cell.Trim((byte)' ')) is { } field) given |= 1UL << field.Index;
        }
        return OfFields(given);
    }

    /// <summary>By the keys of its first object, as far as they stand in it and not in one within.</summary>
    public static Recognition Json(ReadOnlyMemory<byte> head)
    {
        var text = head.Span.TrimStart(" \t\r\n"u8);
        bool isArray = text.StartsWith("["u8);
        if (isArray) text = text[1..].TrimStart(" \t\r\n"u8);
        if (isArray && text.StartsWith("]"u8)) return Recognition.Possible;
        if (!text.StartsWith("{"u8)) return Recognition.No;
        text = text[1..];
        int end = text.IndexOfAny((byte)'{', (byte)'}');
        if (end >= 0) text = text[..end];
        ulong given = 0;
        foreach (var field in ElementFields.All)
        {
            int at = text.IndexOf(field.Name.Span);
            if (at > 0 && text[at - 1] == '"' && at + field.Name.Length < text.Length && text[at + field.Name.Length] == '"') given |= 1UL << field.Index;
        }
        return OfFields(given);
    }

    private static Recognition OfFields(ulong given)
        => (given & ElementFields.Required) == ElementFields.Required ? Recognition.Certain : System.Numerics.BitOperations.PopCount(given) >= 3 ? Recognition.Likely : Recognition.No;
}
