using System.IO.Pipelines;
using Grpc.Core;

namespace SsaShare.Node;

/// <summary>The pieces of a file that a caller streams, as one stream that holds the caller back when the reader is slower.</summary>
internal static class ChunkStream
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024, useSynchronizationContext: false);

    /// <param name="pieces">Its current piece is the first.</param>
    /// <param name="bytesOf">What a piece holds of the file.</param>
    /// <param name="consume">Reads the stream to its end or as far as it wants.</param>
    public static async Task<T> ReadAsync<TPiece, T>(IAsyncStreamReader<TPiece> pieces, Func<TPiece, ReadOnlyMemory<byte>> bytesOf, Func<Stream, Task<T>> consume, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(Options);
        var filling = FillAsync(pipe.Writer, pieces, bytesOf, cancellationToken);
        try
        {
            await using var stream = pipe.Reader.AsStream(leaveOpen: true);
            return await consume(stream);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await filling;
        }
    }

    private static async Task FillAsync<TPiece>(PipeWriter writer, IAsyncStreamReader<TPiece> pieces, Func<TPiece, ReadOnlyMemory<byte>> bytesOf, CancellationToken cancellationToken)
    {
        try
        {
            var flushed = await writer.WriteAsync(bytesOf(pieces.Current), cancellationToken);
            while (!flushed.IsCompleted && await pieces.MoveNext(cancellationToken))
                flushed = await writer.WriteAsync(bytesOf(pieces.Current), cancellationToken);
            await writer.CompleteAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or IOException)
        {
            // The reader sees it as the stream's own failure; nothing after the last whole batch is published.
            await writer.CompleteAsync(new IOException("The caller stopped sending before the end of the file.", e));
        }
    }
}
