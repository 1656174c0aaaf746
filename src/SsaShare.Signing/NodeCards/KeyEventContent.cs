namespace SsaShare.Signing;

/// <summary>What a key event says, before it is signed.</summary>
/// <param name="Sequence">See <see cref="KeyEvent.Sequence"/>.</param>
/// <param name="Action">See <see cref="KeyEvent.Action"/>.</param>
/// <param name="Previous">See <see cref="KeyEvent.Previous"/>.</param>
/// <param name="Next">See <see cref="KeyEvent.Next"/>.</param>
/// <param name="Effective">See <see cref="KeyEvent.Effective"/>.</param>
/// <param name="CompromisedSince">See <see cref="KeyEvent.CompromisedSince"/>.</param>
/// <param name="LogSize">See <see cref="KeyEvent.LogSize"/>.</param>
/// <param name="Reason">See <see cref="KeyEvent.Reason"/>.</param>
/// <param name="Cut">See <see cref="KeyEvent.Cut"/>.</param>
public sealed record KeyEventContent(int Sequence, KeyAction Action, SignedNodeCard Previous, SignedNodeCard Next,
    DateTimeOffset Effective, DateTimeOffset? CompromisedSince, long LogSize, string Reason, LogCut? Cut = null)
{
    /// <summary>Why this cannot be signed although each field can be written; null when it can.</summary>
    public string? WhatIsWrong()
        => Sequence < 1 ? "Key events are numbered from 1."
            : Action is not (KeyAction.Rotate or KeyAction.Revoke or KeyAction.Restore) ? "The action is neither rotate nor revoke nor restore."
            : !IsWholeSecond(Effective) || (CompromisedSince is { } since && !IsWholeSecond(since)) ? "Times are in whole seconds."
            : (CompromisedSince is not null) != (Action == KeyAction.Revoke) ? "A revocation says since when a key may be in other hands; a rotation does not."
            : CompromisedSince > Effective ? "The compromise is dated after the new card."
            : LogSize < 0 ? "The size of the log is below 0."
            : (Cut is not null) != (Action == KeyAction.Restore) ? "A restore says what the log has lost; no other change does."
            : Cut is { } times && (!IsWholeSecond(times.HeldAt) || times.HeldAt > Effective) ? "The last entry that the restored log holds is dated in whole seconds, and not after the restore."
            : Cut?.WhatIsWrong(LogSize) is { } cut ? cut
            : !KeyEvent.IsReason(Reason) ? $"The reason is not 1 to {KeyEvent.ReasonLengthMax} plain characters on one line."
            : CompareCards(Previous.Card, Next.Card);

    private string? CompareCards(NodeCard before, NodeCard after)
        => before.PartnerId != after.PartnerId ? "The cards are of different partners."
            : Previous.Id == Next.Id ? "The cards are the same."
            : after.Previous != Previous.Id || before.Sequence != Sequence - 1 || after.Sequence != Sequence ? "The card after does not say that it follows on the card before, as change of that number."
            : after.IssuedAt != Effective ? "The card after is dated otherwise than its coming into use."
            : before.WitnessKey.Name != after.WitnessKey.Name ? "The witness keeps its name for life."
            : Action == KeyAction.Restore ? CompareRestored(before, after)
            : before.LogKey.Name != after.LogKey.Name ? "The log keeps its name, unless it is restored from a backup."
            : Action == KeyAction.Revoke && before.SigningKey.Equals(after.SigningKey) ? "A revocation replaces the signing key."
            : ChangesUse(before, after) ? "A key of one use does not get another."
            : null;

    /// <summary>So that nothing else hides behind a restore.</summary>
    private static string? CompareRestored(NodeCard before, NodeCard after)
        => after.LogKey.Name != LogCut.NextName(before.LogKey.Name) ? $"After a restore the log goes on as {LogCut.NextName(before.LogKey.Name)}."
            : !PublicKeys(before).SequenceEqual(PublicKeys(after)) || !before.TlsPins.SequenceEqual(after.TlsPins) || !before.OperatorPins.SequenceEqual(after.OperatorPins) ? "A restore changes no key."
            : before.Endpoint != after.Endpoint || before.DisplayName != after.DisplayName ? "A restore changes nothing on the card but the name of the log."
            : null;

    private static bool ChangesUse(NodeCard before, NodeCard after)
    {
        string[] old = PublicKeys(before), next = PublicKeys(after);
        for (int i = 0; i < old.Length; i++)
        {
            int now = Array.IndexOf(next, old[i]);
            if (now >= 0 && now != i)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The keys of a card, always in the same order of uses.</summary>
    internal static string[] PublicKeys(NodeCard card) =>
    [
        Convert.ToHexString(card.SigningKey.PublicKey), Convert.ToHexString(card.LogKey.PublicKey),
        Convert.ToHexString(card.WitnessKey.PublicKey), Convert.ToHexString(card.RecoveryKey.PublicKey),
    ];

    private static bool IsWholeSecond(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerSecond == 0;
}
