namespace SsaShare.Formats;

/// <summary>Standard product 3 of NGS and IGS, versions a, b, c and d.</summary>
public static class Sp3Format
{
    public static FileFormat<EphemerisItem> Sp3 { get; } = new("sp3", "SP3 orbits and clocks, versions a to d", ".sp3", Recognise)
    {
        Open = (stream, options) => new EphemerisFile(stream, options, (o, items) => new Sp3Parser(o, items)),
        Create = (stream, options) => new SpanningWriter(new Sp3Writer(stream, options), options, needsGrid: true),
    };

    private static Recognition Recognise(ReadOnlyMemory<byte> head)
    {
        var line = FirstLine.Of(head.Span);
        if (line.Length < 31 || line[0] != '#' || line[1] is not ((byte)' ' or >= (byte)'a' and <= (byte)'d') || line[2] is not ((byte)'P' or (byte)'V') || line[3..7].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return Recognition.No;
        return head.Span.IndexOf("\n##"u8) >= 0 ? Recognition.Certain : Recognition.Possible;
    }
}
