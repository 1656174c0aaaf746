using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol;
using SsaShare.Protocol.Transfer.V1;

namespace SsaShare.Cli;

/// <summary>Files that carry an exchange, on disk.</summary>
internal static class TransferFile
{
    /// <summary>Writes it beside its place, readable by its owner alone, and moves it there when it is whole.</summary>
    /// <param name="say">Told after each item how many bytes are written.</param>
    /// <returns>Bytes.</returns>
    public static async Task<long> WriteAsync(string path, TransferHead head, IAsyncEnumerable<TransferItem> items, Action<long> say, CancellationToken cancellationToken)
    {
        string draft = $"{path}.part";
        File.Delete(draft);
        try
        {
            long bytes = await WriteDraftAsync(draft, head, items, say, cancellationToken);
            File.Move(draft, path, overwrite: true);
            return bytes;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task<long> WriteDraftAsync(string draft, TransferHead head, IAsyncEnumerable<TransferItem> items, Action<long> say, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        using var writer = new TransferWriter(file);
        head.Made = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        await writer.WriteAsync(head, cancellationToken);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(item, cancellationToken);
            say(writer.Length);
        }
        await writer.CompleteAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return writer.Length;
    }

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="InvalidDataException">It is cut off, damaged or something else.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static async Task<TransferHead> CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        using var reader = new TransferReader(file);
        try
        {
            var head = await reader.ReadHeadAsync(cancellationToken);
            await foreach (var _ in reader.ReadAsync(cancellationToken)) { }
            return head;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The items of a file that was checked.</summary>
    public static async IAsyncEnumerable<TransferItem> ReadAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        using var reader = new TransferReader(file);
        await reader.ReadHeadAsync(cancellationToken);
        await foreach (var item in reader.ReadAsync(cancellationToken)) yield return item;
    }

    /// <exception cref="InvalidDataException">The file says that it is something else, or between others.</exception>
    public static void Expect(TransferHead head, string path, TransferKind kind, string provider, string receiver)
    {
        if (head.Kind != kind) throw new InvalidDataException($"{path}: this file is {(head.Kind == TransferKind.Request ? "a request: the provider answers it with 'ssa exchange export --request'" : "one of answers: the receiver takes it with 'ssa exchange import'")}.");
        if (head.ProviderId != provider || head.ReceiverId != receiver) throw new InvalidDataException($"{path}: this file is from '{head.ProviderId}' to '{head.ReceiverId}', not from '{provider}' to '{receiver}'.");
    }

    private static FileStream Open(string path) => File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true) : throw new FileNotFoundException($"There is no file '{path}'.");
}
