namespace SsaShare.Formats;

/// <summary>The formats of observations; each reads to and writes from <see cref="ObservationRecord"/>.</summary>
public static class SpaceObservationFormats
{
    /// <summary>Observation cards of the Space Surveillance Network, archive form.</summary>
    public static FileFormat<ObservationRecord> B3 { get; } = new("b3", "Space Surveillance Network observation cards (B3)", ".obs", head => ByLines(head, new B3Parser(Probe, []).IsCard, line => line.Length >= 75 && char.IsAsciiLetterUpper((char)line[0]) && AreDigits(line, 3, 6) && AreDigits(line, 10, 23)))
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new B3Parser(told, items)),
        Create = (stream, options) => new B3Writer(stream, options),
    };

    /// <summary>Laser ranging data of the International Laser Ranging Service.</summary>
    public static FileFormat<ObservationRecord> Crd { get; } = new("crd", "ILRS consolidated laser ranging data (CRD) 1 and 2.01", ".crd", RecogniseCrd)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new CrdParser(told, items)),
        Create = (stream, options) => new CrdWriter(stream, options),
    };

    /// <summary>Visual observations, one a line, by catalogue number.</summary>
    public static FileFormat<ObservationRecord> Iod { get; } = new("iod", "visual observations, IOD format", ".iod", head => ByLines(head, new IodParser(Probe, []).IsObservation, line => line.Length is >= 31 and <= IodParser.Columns && line[20] == (byte)' ' && line[22] == (byte)' ' && line[23] is (byte)'1' or (byte)'2' && AreDigits(line, 24, 31)))
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new IodParser(told, items)),
        Create = (stream, options) => new IodWriter(stream, options),
    };

    /// <summary>Visual observations, one a line, by international designation.</summary>
    public static FileFormat<ObservationRecord> Uk { get; } = new("uk", "visual observations, United Kingdom format", ".uk", head => ByLines(head, new UkParser(Probe, []).IsObservation, line => line.Length >= 50 && AreDigits(line, 1, 7) && AreDigits(line, 12, 23)))
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new UkParser(told, items)),
        Create = (stream, options) => new UkWriter(stream, options),
    };

    /// <summary>Reports of visual observations of one site and month.</summary>
    public static FileFormat<ObservationRecord> Rde { get; } = new("rde", "visual observations, R. D. Eberst's format", ".rde", RecogniseRde)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new RdeParser(told, items)),
        Create = (stream, options) => new RdeWriter(stream, options),
    };

    /// <summary>Our own lines of JSON, which hold everything that the others say.</summary>
    public static FileFormat<ObservationRecord> JsonLines { get; } = new("ssa-jsonl", "observations as lines of JSON (SsaShare)", ".jsonl", RecogniseJson)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new ObservationJsonParser(told, items)),
        Create = (stream, options) => new ObservationJsonWriter(stream, options),
    };

    public static IReadOnlyList<FileFormat<ObservationRecord>> All { get; } = [B3, Iod, Uk, Rde, Crd, JsonLines];

    /// <summary>By the first record that is no comment.</summary>
    private static Recognition RecogniseCrd(ReadOnlyMemory<byte> head)
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
    private static Recognition RecogniseJson(ReadOnlyMemory<byte> head)
    {
        var text = head.Span.TrimStart(" \t\r\n"u8);
        int end = text.IndexOf((byte)'\n');
        return text.StartsWith("{"u8) && (end < 0 ? text : text[..end]).IndexOf("\"ssa_observation\""u8) > 0 ? Recognition.Certain : Recognition.No;
    }

    /// <summary>By a report's first line, which text may stand before.</summary>
    private static Recognition RecogniseRde(ReadOnlyMemory<byte> head)
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

    private static FormatReadOptions Probe => new() { FileName = "", Now = Epoch.J2000 };

    private delegate bool LineTest(ReadOnlySpan<byte> line);

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
