using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>How the directory takes changes of peers' keys.</summary>
public sealed partial class PeerDirectory
{
    /// <summary>Takes changes of one partner's keys, in whatever order they come: keeps what follows on what is known, then believes it.</summary>
    /// <param name="events">Verified, of one partner.</param>
    public async Task<KeyEventsTaken> TakeAsync(IReadOnlyList<KeyEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0 || !PartnerId.TryParse(events[0].PartnerId, out var partner) || events.Any(one => one.PartnerId != events[0].PartnerId))
            return new KeyEventsTaken(default, 0, KeyEventOutcome.Refused, "Changes of keys come for one partner at a time.", []);
        if (partner == identity.Partner) return new KeyEventsTaken(partner, 0, KeyEventOutcome.Refused, "These would be this node's own keys: only its own folder changes them.", []);
        await _adding.WaitAsync(cancellationToken);
        try
        {
            return await TakePacedAsync(partner, events, cancellationToken);
        }
        finally
        {
            _adding.Release();
        }
    }

    private async Task<KeyEventsTaken> TakeAsync(PartnerId partner, IReadOnlyList<KeyEvent> events, CancellationToken cancellationToken)
    {
        if (Find(partner) is not { } peer) return new KeyEventsTaken(partner, 0, KeyEventOutcome.Refused, $"No node card of '{partner}' is pinned here.", []);
        var history = peer.Keys;
        var taken = new List<KeyEvent>();
        List<KeyEvent> rest = [.. events];
        var (worst, fault) = (KeyEventOutcome.Known, "");
        for (bool moved = true; moved && rest.Count > 0;)
        {
            moved = false;
            foreach (var one in rest.ToArray())
            {
                var (outcome, after, why) = history.With(one);
                // Of a history that grows at both ends, what was early before may follow now.
                if (outcome is KeyEventOutcome.Early or KeyEventOutcome.Refused || (outcome == KeyEventOutcome.Taken && IsAhead(one))) continue;
                if (outcome == KeyEventOutcome.Taken && (ClaimsOthers(partner, one.Next.Card) || ClaimsOthers(partner, one.Previous.Card)))
                    return new KeyEventsTaken(partner, peer.Keys.Sequence, KeyEventOutcome.Refused, $"A card of '{partner}' lists a key that is pinned for another partner or another use.", []);
                rest.Remove(one);
                (history, moved) = (after, true);
                if (outcome == KeyEventOutcome.Conflict) (worst, fault) = (outcome, why);
                if (outcome is KeyEventOutcome.Taken or KeyEventOutcome.Conflict) taken.Add(one);
            }
        }
        foreach (var one in taken) await store.SaveKeyEventAsync(one, isOwn: false, cancellationToken);
        if (taken.Count > 0) await ReadAsync(cancellationToken);
        if (rest.Count > 0 && worst != KeyEventOutcome.Conflict) (worst, _, fault) = history.With(rest[0]);
        if (rest.Count > 0 && worst == KeyEventOutcome.Taken)
            (worst, fault) = (KeyEventOutcome.Early, $"It is a restore dated {rest[0].Effective:yyyy-MM-dd'T'HH:mm:ss'Z'}: more than {FeedLanes.ClockLeadMax} ahead of the clock here.");
        if (worst == KeyEventOutcome.Known && taken.Count > 0) worst = KeyEventOutcome.Taken;
        return new KeyEventsTaken(partner, history.Sequence, worst, fault, taken);
    }

    /// <summary>What a log lacks until the date of a restore counts as lost, and manifests of before may carry checkpoints of the old one: whoever chooses a date to come gives itself leave until then.</summary>
    private bool IsAhead(KeyEvent one) => one.Action == KeyAction.Restore && one.Effective > _time.GetUtcNow() + FeedLanes.ClockLeadMax;
}

/// <summary>What became of changes of a partner's keys.</summary>
/// <param name="Partner">Whose.</param>
/// <param name="KnownSequence">Highest number believed now.</param>
/// <param name="Outcome">The worst among them.</param>
/// <param name="Fault">For people; empty when nothing is wrong.</param>
/// <param name="New">Those that were not kept before.</param>
public sealed record KeyEventsTaken(PartnerId Partner, int KnownSequence, KeyEventOutcome Outcome, string Fault, IReadOnlyList<KeyEvent> New);
