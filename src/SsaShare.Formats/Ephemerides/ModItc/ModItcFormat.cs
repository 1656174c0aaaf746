namespace SsaShare.Formats;

/// <summary>Ephemerides with covariance as operators of constellations publish them on Space-Track ("modified ITC").</summary>
public static class ModItcFormat
{
    public static FileFormat<EphemerisItem> ModItc { get; } = new("moditc", "Operators' ephemerides with covariance (modified ITC, MEME J2000, UVW)", ".txt", Recognise)
    {
        Open = (stream, options) => new EphemerisFile(stream, options, (o, items) => new ModItcParser(o, items)),
        Create = (stream, options) => new SpanningWriter(new ModItcWriter(stream, options), options),
    };

    private static Recognition Recognise(ReadOnlyMemory<byte> head)
    {
        if (!FirstLine.Of(head.Span).StartsWith("created:"u8)) return Recognition.No;
        return head.Span.IndexOf("\nephemeris_start:"u8) >= 0 ? Recognition.Certain : Recognition.Possible;
    }
}
