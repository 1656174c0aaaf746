using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>
/// Holds checkpoints of this node's own log, as others have them, against the log itself. One that its key has signed and that the log does
/// not contain means that an old backup was restored, or that somebody else has the key: then nothing is signed any more.
/// </summary>
public sealed class OwnLog(NodeIdentity identity, PeerDirectory directory, INodeLog log, SigningPermit permit, Microsoft.Extensions.Logging.ILogger<OwnLog> logger)
{
    /// <summary>Entries of the largest checkpoint of an ended log that was told of as lost beyond what the restore says.</summary>
    private long _toldBeyond;

    /// <summary>The last note that the log was found to contain: peers show the same one with every answer. Whether the log still holds what was signed, its signer asks at every growth.</summary>
    private volatile Tuple<string, long>? _contained;

    public string Origin => identity.LogSigner.Name;

    /// <summary>Compares one that came from outside. Where it is not signed by this node's key, it says nothing; where it is signed by one that was revoked, it stops nothing.</summary>
    /// <param name="note">Any text.</param>
    /// <param name="source">Who has it, for the operator.</param>
    /// <returns>Size of the checkpoint, when the log contains it; otherwise null.</returns>
    public async Task<long?> CompareAsync(string note, string source, CancellationToken cancellationToken)
    {
        if (_contained is { } last && last.Item1 == note) return last.Item2;
        if (!directory.TryOpenCheckpoint(identity.Partner, note, out var seen, out _)) return null;
        if (seen.Origin != Origin)
        {
            TakeEnded(seen, source);
            return null;
        }
        var head = await log.GetHeadAsync(cancellationToken);
        if (seen.Size <= head.Size && await log.GetRootAsync(seen.Size, cancellationToken) == seen.Root)
        {
            _contained = new Tuple<string, long>(note, seen.Size);
            return seen.Size;
        }
        if (!RevokedLogKeys.Counts(note, identity.Partner, directory.Keys))
        {
            // Whoever has the key that was revoked can sign as much as they like; that must not stop its owner.
            PeeringLog.RevokedLogKeyUsed(logger, source, seen.Size, note);
            return null;
        }
        string reason = seen.Size > head.Size
            ? $"{source} holds a checkpoint for {seen.Size} entries that this node's key has signed, and the log here has {head.Size}: an old backup was restored. Restore a newer one; to sign on would fork the history that others have seen. Where there is none: ssa node restored."
            : $"{source} holds a checkpoint for {seen.Size} entries that this node's key has signed, and the log here has another root at that size: an old backup was restored and has grown since, or the log key is in other hands. Nothing more is signed. 'ssa node restored' tells which.";
        if (permit.Refuse(reason)) PeeringLog.LogForked(logger, reason);
        return null;
    }

    /// <summary>One of the name that the log had before it was restored from a backup: that it is not all here is said already, by a signed statement.</summary>
    private void TakeEnded(Checkpoint seen, string source)
    {
        if (directory.EndOfLog(identity.Partner, seen.Origin)?.Cut is not { } cut || seen.Size <= cut.SeenSize || seen.Size <= Interlocked.Read(ref _toldBeyond)) return;
        Interlocked.Exchange(ref _toldBeyond, seen.Size);
        PeeringLog.MoreWasLost(logger, source, seen.Size, seen.Origin, cut.SeenSize);
    }
}
