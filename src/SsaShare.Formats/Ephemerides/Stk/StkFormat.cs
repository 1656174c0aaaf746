using System.Text;

namespace SsaShare.Formats;

/// <summary>Ephemeris files of AGI's Systems Tool Kit.</summary>
public static class StkFormat
{
    /// <summary>All versions, stk.v.4 to stk.v.12.</summary>
    public static FileFormat<EphemerisItem> Stk { get; } = new("stk-e", "STK ephemeris file (.e)", ".e", Recognise)
    {
        Open = (stream, options) => new EphemerisFile(stream, options, (o, items) => new StkParser(o, items)),
        Create = (stream, options) => new StkWriter(stream, options),
    };

    private static Recognition Recognise(ReadOnlyMemory<byte> head)
    {
        var rest = head.Span;
        var line = FirstLine.Of(rest);
        // Comments may stand before the version.
        while (line.StartsWith("#"u8))
        {
            rest = rest[(rest.IndexOf(line) + line.Length)..];
            line = FirstLine.Of(rest);
        }
        if (line.Length < 6 || !Ascii.EqualsIgnoreCase(line[..6], "stk.v."u8)) return Recognition.No;
        // Attitude and planet files begin with the same line.
        return head.Span.IndexOf("BEGIN Ephemeris"u8) >= 0 ? Recognition.Certain : Recognition.Possible;
    }
}
