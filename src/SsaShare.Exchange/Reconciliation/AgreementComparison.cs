using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Whether two parties hold the same agreements and know the same of what each did to them.</summary>
internal static class AgreementComparison
{
    public static void Compare(NamedLog first, NamedLog second, FindingList found)
    {
        CompareHeld(first, second, found);
        CompareHeld(second, first, found);
        CompareTransitions(first, second, found);
    }

    /// <summary>A party logs an agreement before it sends its signature, so what carries its signature elsewhere is in its log.</summary>
    private static void CompareHeld(NamedLog holder, NamedLog signer, FindingList found)
    {
        foreach (var (agreement, since) in holder.Log.Agreements.Complete.Where(one => one.Agreement.HasParty(signer.Partner) && !signer.Log.Agreements.Holds(one.Agreement.Id)))
        {
            if (signer.LostAt(since.Time) is { } restore) found.Lost(restore, holder, since.Index, signer, "agreements");
            else if (signer.Covers(since.Time))
                found.Add(signer.IfAbsent(since.Time, FindingKind.OutOfAgreement), holder, since.Index, $"'{holder.Partner}' holds agreement {agreement.Id} with the signature of '{signer.Partner}', whose log does not hold it");
            else found.Note($"Agreement {agreement.Id} is newer than the bundle of '{signer.Partner}', or left out of it: export that again and compare.");
        }
    }

    /// <summary>A party has one order of what it did to an agreement, and brings it to every other party.</summary>
    private static void CompareTransitions(NamedLog first, NamedLog second, FindingList found)
    {
        var (inFirst, inSecond) = (Numbered(first.Log), Numbered(second.Log));
        foreach (var (key, (transition, _)) in inFirst)
            if (inSecond.TryGetValue(key, out var other) && other.Transition.Original.Id != transition.Original.Id)
                found.Add(FindingKind.SplitView, second, other.Entry, $"'{key.Party}' signed two transitions with number {key.Sequence} of agreement {key.Agreement}: '{first.Partner}' holds one and '{second.Partner}' another");
        CompareBrought(first, inFirst, second, inSecond, found);
        CompareBrought(second, inSecond, first, inFirst, found);
    }

    /// <param name="holder">What it holds of the signer's transitions.</param>
    /// <param name="signer">Whose they are.</param>
    private static void CompareBrought(NamedLog holder, Dictionary<TransitionKey, (SignedTransition Transition, long Entry)> held, NamedLog signer, Dictionary<TransitionKey, (SignedTransition Transition, long Entry)> signed, FindingList found)
    {
        foreach (var (key, (transition, entry)) in held.Where(one => one.Key.Party == signer.Partner && !signed.ContainsKey(one.Key)))
        {
            // Kept by its party before it is brought to anybody.
            if (signer.LostAt(transition.Document.Time) is { } restore) found.Lost(restore, holder, entry, signer, "transitions");
            else if (signer.Covers(transition.Document.Time))
                found.Add(signer.IfAbsent(transition.Document.Time, FindingKind.Missing), holder, entry, $"'{holder.Partner}' holds transition {key.Sequence} ({transition.Document.Event.Word()}) of '{signer.Partner}' for agreement {key.Agreement}, and the log of '{signer.Partner}' does not");
        }
        int missing = signed.Count(one => one.Key.Party == signer.Partner && holder.Log.Agreements.Holds(one.Key.Agreement) && !held.ContainsKey(one.Key) && holder.Covers(one.Value.Transition.Document.Time));
        if (missing > 0) found.Note($"{missing} transitions of '{signer.Partner}' are not in the log of '{holder.Partner}': not brought yet, or left out of it.");
    }

    private static Dictionary<TransitionKey, (SignedTransition Transition, long Entry)> Numbered(AuditedLog log)
        => log.Agreements.Transitions.ToDictionary(one => new TransitionKey(one.Transition.Document.Agreement, one.Transition.Document.Party, one.Transition.Document.Sequence));

    private readonly record struct TransitionKey(AgreementId Agreement, PartnerId Party, int Sequence);
}
