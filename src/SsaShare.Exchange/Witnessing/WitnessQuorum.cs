using System.Collections.Frozen;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>How many of which witnesses an agreement wants on a provider's log, and for how long it goes on without them. The provider never counts.</summary>
/// <param name="Count">1 or more.</param>
/// <param name="Witnesses">Those that count.</param>
/// <param name="Grace">How old the newest checkpoint that so many have cosigned may be while the log has grown beyond it.</param>
public sealed record WitnessQuorum(int Count, FrozenSet<PartnerId> Witnesses, TimeSpan Grace)
{
    /// <summary>What an agreement wants of a provider; null when it wants no witnesses.</summary>
    public static WitnessQuorum? Of(Agreement agreement, PartnerId provider)
        => agreement.Terms.WitnessQuorum == 0 ? null
            : new WitnessQuorum(agreement.Terms.WitnessQuorum, agreement.WitnessesOf(provider).ToFrozenSet(), agreement.Terms.WitnessGrace);

    /// <summary>The latest time at which the whole quorum had cosigned; null when there is no quorum.</summary>
    public Epoch? CosignedAt(CosignedCheckpoint checkpoint)
    {
        var times = checkpoint.Cosignatures.Where(one => Witnesses.Contains(one.Witness)).Select(one => one.At).OrderDescending().ToList();
        return times.Count < Count ? null : times[Count - 1];
    }

    /// <summary>Whether a log may be relied on at a moment: a quorum has cosigned all of it, or cosigned not longer ago than the grace.</summary>
    /// <param name="checkpoint">The newest cosigned one; null for none.</param>
    /// <param name="head">The log's size and root.</param>
    /// <param name="at">The moment.</param>
    public bool IsFresh(CosignedCheckpoint? checkpoint, LogHead head, Epoch at)
        => checkpoint is not null && CosignedAt(checkpoint) is { } cosigned
            && (new LogHead(checkpoint.Size, checkpoint.Root) == head || cosigned.Plus(Grace) >= at);
}
