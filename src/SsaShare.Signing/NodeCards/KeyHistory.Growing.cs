namespace SsaShare.Signing;

/// <summary>How a history takes one more event.</summary>
public sealed partial class KeyHistory
{
    /// <summary>The history with as many of these as follow on it, in whatever order they come.</summary>
    public KeyHistory WithAll(IEnumerable<KeyEvent> events)
    {
        KeyHistory history = this;
        List<KeyEvent> rest = [.. events];
        for (int before = -1; before != rest.Count;)
        {
            before = rest.Count;
            foreach (KeyEvent one in rest.ToArray())
            {
                (KeyEventOutcome outcome, history, _) = history.With(one);
                if (outcome is KeyEventOutcome.Taken or KeyEventOutcome.Known or KeyEventOutcome.Conflict)
                {
                    rest.Remove(one);
                }
            }
        }

        return history;
    }

    /// <summary>The history with one more event.</summary>
    /// <param name="next">Of any partner, its signatures verified against the cards in it.</param>
    /// <returns>What it is to this history, and the history afterwards: the same unless taken or in conflict. The fault is for people, empty when there is none.</returns>
    public (KeyEventOutcome Outcome, KeyHistory After, string Fault) With(KeyEvent next)
    {
        if (next.PartnerId != PartnerId)
        {
            return (KeyEventOutcome.Refused, this, $"It is of '{next.PartnerId}'.");
        }

        if (_events.Any(one => one.Id == next.Id) || Conflict is { } known && (known.Known.Id == next.Id || known.Other.Id == next.Id))
        {
            return (KeyEventOutcome.Known, this, "");
        }

        int from = IndexOf(next.Previous.Id);
        return from >= 0 && Conflict is not null ? (KeyEventOutcome.Refused, this, "Two changes of this partner's keys contradict each other: until people have settled it, no other is taken.")
            : from == _cards.Length - 1 ? Append(next)
            : from >= 0 ? (KeyEventOutcome.Conflict, Dispute(from, next), $"Another change of the same card, number {_events[from].Sequence}, is known: both are signed by its recovery key.")
            // A card names the one before it, so that nobody can invent a past for it.
            : next.Next.Id == First.Id ? Prepend(next)
            : next.Sequence > Sequence + 1 || next.Sequence < First.Card.Sequence
                ? (KeyEventOutcome.Early, this, "The changes between it and those that are known are not here yet.")
            : (KeyEventOutcome.Refused, this, "The card before is not one that this partner is known to have had.");
    }

    private (KeyEventOutcome, KeyHistory, string) Append(KeyEvent next)
    {
        string? fault = (_events.IsEmpty ? null : WhyNotAfter(_events[^1], next)) ?? ReturnsTo(next);
        return fault is null
            ? (KeyEventOutcome.Taken, new KeyHistory(_cards.Add(next.Next), _events.Add(next)), "")
            : (KeyEventOutcome.Refused, this, fault);
    }

    private (KeyEventOutcome, KeyHistory, string) Prepend(KeyEvent earlier)
    {
        string? fault = _events.IsEmpty ? null : WhyNotAfter(earlier, _events[0]);
        return fault is null
            ? (KeyEventOutcome.Taken, new KeyHistory(_cards.Insert(0, earlier.Previous), _events.Insert(0, earlier), Conflict, _disputed), "")
            : (KeyEventOutcome.Refused, this, fault);
    }

    private KeyHistory Dispute(int from, KeyEvent other)
        => new(_cards[..(from + 1)], _events[..from], new KeyEventConflict(_events[from], other), [.. _cards[(from + 1)..], other.Next]);

    private static string? WhyNotAfter(KeyEvent earlier, KeyEvent later)
        => later.Effective < earlier.Effective ? "It is dated before the change that it follows on."
            : later.LogSize < earlier.LogSize && later.Action != KeyAction.Restore ? "Its log is shorter than at the change that it follows on."
            : null;

    /// <summary>A key that was replaced does not come back.</summary>
    private string? ReturnsTo(KeyEvent next)
    {
        string[] current = KeyEventContent.PublicKeys(Current.Card);
        var retired = _cards.SelectMany(card => KeyEventContent.PublicKeys(card.Card)).Except(current);
        return KeyEventContent.PublicKeys(next.Next.Card).Intersect(retired).Any() ? "It returns to a key that was replaced before." : null;
    }
}
