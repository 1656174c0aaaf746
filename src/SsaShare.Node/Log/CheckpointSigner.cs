using System.Text;
using Microsoft.Extensions.Logging;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>
/// Signs the committed head of this node's log, and only what extends every head signed before. The last signed checkpoint is kept in a
/// file beside the keys as well as in the store: a store that was restored from a backup is noticed before anything is signed over it. Where
/// file and store were restored together, the witnesses notice it: nothing new is signed before they were asked.
/// </summary>
public sealed class CheckpointSigner(NodeIdentity identity, ILastCheckpoint folder, INodeLog log, ILogger<CheckpointSigner> logger, SigningPermit? permit = null, PeerDirectory? directory = null) : ICheckpointSigner, IDisposable
{
    private readonly WaitingLine _signing = new();
    private (LogHead Head, string? Note)? _last;

    /// <summary>The signed checkpoint of everything committed so far.</summary>
    /// <exception cref="InvalidDataException">The log in the store does not extend what was signed before.</exception>
    /// <exception cref="SigningHeldException">The witnesses are still to be asked, or hold more than this log.</exception>
    public async Task<string> SignAsync(CancellationToken cancellationToken) => (await SignHeadAsync(cancellationToken)).Note;

    /// <inheritdoc/>
    public async Task<(LogHead Head, string Note)> SignHeadAsync(CancellationToken cancellationToken)
    {
        await _signing.EnterAsync(cancellationToken);
        try
        {
            var head = await ReadHeadAsync(cancellationToken);
            if (_last is { Note: { } last } signed && signed.Head == head) return (head, last);
            permit?.Ensure();

            string note = Encoding.UTF8.GetString(new Checkpoint(identity.LogSigner.Name, head.Size, head.Root).Sign(identity.LogSigner).ToBytes());
            await folder.KeepCheckpointAsync(note, cancellationToken);
            await log.SaveCheckpointAsync(head, note, cancellationToken);
            _last = (head, note);
            return (head, note);
        }
        finally
        {
            _signing.Leave();
        }
    }

    /// <summary>Compares store and file; signs nothing.</summary>
    /// <exception cref="InvalidDataException">The log in the store does not extend what was signed before.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _signing.EnterAsync(cancellationToken);
        try
        {
            await ReadHeadAsync(cancellationToken);
        }
        finally
        {
            _signing.Leave();
        }
    }

    /// <summary>The committed head, which extends what was signed before.</summary>
    private async Task<LogHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = await log.GetHeadAsync(cancellationToken);
        _last ??= await ReadAsync(cancellationToken);
        if (_last is { } before && !await ExtendsAsync(head, before.Head, cancellationToken)) throw WentBack(head.Size, before.Head.Size);
        return head;
    }

    public void Dispose() => _signing.Dispose();

    /// <summary>The checkpoint in the file; null when nothing was signed yet. After a restore, which a signed statement tells of, the log goes on from what the statement names.</summary>
    private async Task<(LogHead, string?)?> ReadAsync(CancellationToken cancellationToken)
    {
        (LogHead, string?)? beginning = identity.Keys.BeginningOf(identity.LogSigner.Name) is { Cut: { } cut } restore ? (new LogHead(restore.LogSize, cut.Root), null) : null;
        if (await folder.ReadCheckpointAsync(cancellationToken) is not { } note) return beginning;
        // Of before a change of keys it is signed by the key of then.
        if (!(directory?.Keys ?? new KeyBook([identity.Keys])).TryOpenCheckpoint(identity.Partner, note, out var checkpoint, out string? fault))
            throw new InvalidDataException($"{folder.CheckpointFile}: {fault}");
        return checkpoint.Origin == identity.LogSigner.Name ? (new LogHead(checkpoint.Size, checkpoint.Root), note) : beginning;
    }

    /// <summary>Whether the log still holds what was signed. Asked at every growth: a database can be restored under a running node.</summary>
    private async Task<bool> ExtendsAsync(LogHead head, LogHead signed, CancellationToken cancellationToken)
    {
        if (head == signed) return true;
        if (head.Size <= signed.Size) return false;
        return await log.GetRootAsync(signed.Size, cancellationToken) == signed.Root;
    }

    private InvalidDataException WentBack(long size, long signed)
    {
        NodeLog.LogWentBack(logger, size, signed);
        return new InvalidDataException(
            $"The log in the store has {size} entries and does not extend the checkpoint for {signed} that this node has signed ({folder.CheckpointFile}): was an old backup restored? Restore a newer one; to sign on would fork the history that others have seen. Where there is none: ssa node restored.");
    }
}
