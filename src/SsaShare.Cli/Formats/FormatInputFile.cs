using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>A file that was opened and whose format is known.</summary>
/// <param name="Name">For issues.</param>
/// <param name="Stream">What <paramref name="Source"/> reads.</param>
/// <param name="Options">How it is read.</param>
/// <param name="Bytes">Of the file; null where nobody knows.</param>
internal sealed record FormatInputFile(string Name, Stream Stream, FormatSource Source, FileFormat Format, FormatReadOptions Options, long? Bytes) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Source.Dispose();
        await Stream.DisposeAsync();
    }
}
