using Google.Protobuf;
using Grpc.Core;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli;

/// <summary>Sends a file to a node piece by piece, as fast as the node takes it, while the node tells how far it is.</summary>
internal static class FileSender
{
    private const int ChunkBytes = 64 * 1024;

    /// <param name="tell">Gets the node's progress.</param>
    /// <exception cref="RpcException">The node refuses the call, or goes away.</exception>
    /// <exception cref="IOException">The file cannot be read to its end; what was published of it stays.</exception>
    public static async Task<IngestOutcome> SendAsync(AdminService.AdminServiceClient admin, Stream stream, string name, V1.Label label, IngestSource source, Action<IngestProgress> tell, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = admin.IngestFile(cancellationToken: cancellationToken);
        var sending = WriteAsync(call, stream, new IngestFileRequest { FileName = name, Label = label, Source = source }, ended.Token);
        IngestOutcome? outcome = null;
        try
        {
            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                if (call.ResponseStream.Current.KindCase == IngestFileResponse.KindOneofCase.Progress) tell(call.ResponseStream.Current.Progress);
                else outcome = call.ResponseStream.Current.Outcome;
            }
        }
        catch (RpcException) when (sending is { IsFaulted: true, Exception.InnerException: UnreadableFileException })
        {
            // The call was given up because the file could not be read: that is what its caller must hear.
            await sending;
        }
        finally
        {
            // A node that has refused a file reads no more of it.
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return outcome ?? throw new IOException("The node ended the call without an outcome.");
    }

    private static async Task WriteAsync(AsyncDuplexStreamingCall<IngestFileRequest, IngestFileResponse> call, Stream stream, IngestFileRequest request, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ChunkBytes];
        int read;
        do
        {
            try
            {
                read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Otherwise the node would wait for the rest.
                call.Dispose();
                throw new UnreadableFileException(e.Message, e);
            }
            request.Chunk = ByteString.CopyFrom(buffer, 0, read);
            await call.RequestStream.WriteAsync(request, cancellationToken);
            request = new IngestFileRequest();
        }
        while (read == buffer.Length);
        await call.RequestStream.CompleteAsync();
    }

    private sealed class UnreadableFileException(string message, Exception inner) : IOException(message, inner);
}
