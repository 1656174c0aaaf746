namespace SsaShare.Formats;

/// <summary>Cesium's language for time-dependent scenes; written only.</summary>
public static class CzmlFormat
{
    public static FileFormat<EphemerisItem> Czml { get; } = new("czml", "CZML for Cesium", ".czml", Recognise)
    {
        Create = (stream, options) => new CzmlWriter(stream, options),
    };

    private static Recognition Recognise(ReadOnlyMemory<byte> head)
        => head.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8) && head.Span.IndexOf("\"document\""u8) >= 0 ? Recognition.Certain : Recognition.No;
}
