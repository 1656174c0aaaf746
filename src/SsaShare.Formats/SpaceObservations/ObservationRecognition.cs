namespace SsaShare.Formats;

/// <summary>Tells files of observations by their first bytes. Pure and total.</summary>
internal static class ObservationRecognition
{
    private delegate bool LineTest(ReadOnlySpan<byte> line);

    private static FormatReadOptions Probe { get; } = new() { FileName = "", Now = Epoch.J2000 };

    public static Recognition OfB3(ReadOnlyMemory<byte> head)
        => ByLines(head, new B3Parser(Probe, []).IsCard, line => line.Length >= 75 && char.IsAsciiLetterUpper((char)line[0]) && AreDigits(line, 3, 6) && AreDigits(line, 10, 23));

    public static Recognition OfIod(ReadOnlyMemory<byte> head)
        => ByLines(head, new IodParser(Probe, []).IsObservation,
            line => line.Length is >= 31 and <= IodParser.Columns && line[20] == (byte)' ' && line[22] == (byte)' ' && line[23] is (byte)'1' or (byte)'2' && AreDigits(line, 24, 31));

    public static Recognition OfUk(ReadOnlyMemory<byte> head)
        => ByLines(head, new UkParser(Probe, []).IsObservation, line => line.Length >= 50 && AreDigits(line, 1, 7) && AreDigits(line, 12, 23));

    /// <summary>By the first record that is no comment.</summary>
    public static Recognition OfCrd(ReadOnlyMemory<byte> head)
    {
        foreach (var range in head.Span.Split((byte)'\n'))
        {
            var line = head.Span[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line.StartsWith("00"u8)) continue;
            bool isHeader = line.Length > 6 && line[0] is (byte)'H' or (byte)'h' && line[1] == (byte)'1';
            return isHeader && line[2..].TrimStart((byte)' ') is var rest && (rest.StartsWith("CRD"u8) || rest.StartsWith("crd"u8)) ? Recognition.Certain : Recognition.No;
        }
        return Recognition.No;
    }

    /// <summary>By the version in the first line.</summary>
    public static Recognition OfJson(ReadOnlyMemory<byte> head)
    {
        var text = head.Span.TrimStart(" \t\r\n"u8);
        int end = text.IndexOf((byte)'\n');
        return text.StartsWith("{"u8) && (end < 0 ? text : text[..end]).IndexOf("\"ssa_observation\""u8) > 0 ? Recognition.Certain : Recognition.No;
    }

    /// <summary>By a report's first line, which text may stand before.</summary>
    public static Recognition OfRde(ReadOnlyMemory<byte> head)
    {
        var parser = new RdeParser(Probe, []);
        int lines = 0;
        foreach (var range in head.Span.Split((byte)'\n'))
        {
            if (parser.IsHeader(head.Span[range].TrimEnd(" \t\r"u8))) return Recognition.Likely;
            if (++lines == 20) break;
        }
        return Recognition.No;
    }

    /// <summary>By whether most of the first lines, blank ones and comments not counted, are of the format, or at least look like its lines.</summary>
    private static Recognition ByLines(ReadOnlyMemory<byte> head, LineTest isOne, LineTest looksLikeOne)
    {
        int good = 0, bad = 0, alike = 0;
        var rest = head.Span;
        bool whole = rest.Length < FileFormat.HeadBytes;
        while (!rest.IsEmpty && good + bad < 20)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0 && !whole && good + bad > 0) break;
            var line = (end < 0 ? rest : rest[..end]).TrimEnd(" \t\r\u001A"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty || line[0] == (byte)'#') continue;
            if (isOne(line)) good++;
            else bad++;
            if (looksLikeOne(line)) alike++;
        }
        return good > bad ? Recognition.Likely : good + alike > 0 ? Recognition.Possible : Recognition.No;
    }

    /// <param name="first">Column, from 1.</param>
    private static bool AreDigits(ReadOnlySpan<byte> line, int first, int last) => line[(first - 1)..last].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
