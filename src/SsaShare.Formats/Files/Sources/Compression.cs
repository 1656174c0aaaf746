using ZstdSharp;

namespace SsaShare.Formats;

/// <summary>How a file may be compressed.</summary>
/// <param name="Open">The stream stays its owner's.</param>
internal sealed record Compression(string Name, Func<Stream, Stream> Open)
{
    private static readonly Compression Gzip = new("gzip", stream => new GzipLayer(stream));

    /// <summary>A window of 128 MiB at most, which is what the format's own tool takes unless told otherwise.</summary>
    private static readonly Compression Zstd = new("zstd", stream => new DecompressionStream(stream, bufferSize: 0, checkEndOfStream: true, leaveOpen: true));

    /// <summary>By the signature at the beginning; null when it is not compressed.</summary>
    public static Compression? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, 8, ..] => Gzip,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Zstd,
        _ => null,
    };
}
