using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>Whether the quorums that agreements want have cosigned this node's log, and what they cosigned last.</summary>
public sealed class QuorumWatch(NodeIdentity identity, ICosignedCheckpoints cosigned, WitnessStandings standings, INodeLog log)
{
    private readonly ConcurrentDictionary<string, (long Version, CosignedCheckpoint? Checkpoint)> _newest = new(StringComparer.Ordinal);

    /// <summary>The newest checkpoint that the quorum has cosigned; null before the first.</summary>
    public async Task<CosignedCheckpoint?> GetNewestAsync(WitnessQuorum quorum, CancellationToken cancellationToken)
    {
        string key = $"{quorum.Count} of {string.Join(' ', quorum.Witnesses.Select(witness => witness.Value).Order(StringComparer.Ordinal))}";
        // Taken before the store is read: a cosignature that comes meanwhile makes the answer old at once.
        long version = standings.Version;
        if (_newest.TryGetValue(key, out var known) && known.Version == version) return known.Checkpoint;
        var newest = await cosigned.GetNewestWithAsync(quorum.Count, quorum.Witnesses, cancellationToken);
        // After a restore the log has another name, which is to be witnessed anew.
        if (newest?.Size <= identity.Keys.LogBegin) newest = null;
        _newest[key] = (version, newest);
        return newest;
    }

    /// <summary>Consistency proof between a cosigned checkpoint and another head of this node's log, from the smaller to the larger.</summary>
    public async Task<IReadOnlyList<Hash256>> ProveAsync(CosignedCheckpoint checkpoint, LogHead head, CancellationToken cancellationToken)
        => await log.ProveConsistencyAsync(Math.Min(checkpoint.Size, head.Size), Math.Max(checkpoint.Size, head.Size), cancellationToken);

    /// <summary>An agreement's state for what this node gives: <see cref="AgreementState.Unwitnessed"/> where it is in force and its witnesses have been away for too long.</summary>
    public async Task<AgreementState> StateAsync(Agreement agreement, AgreementState state, Epoch now, CancellationToken cancellationToken)
    {
        if (state != AgreementState.Active || WitnessQuorum.Of(agreement, identity.Partner) is not { } quorum) return state;
        var head = await log.GetHeadAsync(cancellationToken);
        return quorum.IsFresh(await GetNewestAsync(quorum, cancellationToken), head, now) ? state : AgreementState.Unwitnessed;
    }
}
