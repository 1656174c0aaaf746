using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What two logs say of each other, each verified by itself.</summary>
internal sealed class EvidenceComparison(List<VerificationStep> steps, List<string> notes)
{
    public void Compare(string firstName, AuditedLog first, string secondName, AuditedLog second)
    {
        var faults = new List<string>();
        if (first.Partner == second.Partner) CompareHistories(first, second, faults);
        else
        {
            CompareCards(first, second, faults);
            CompareCards(second, first, faults);
            CompareGiving(first, second, faults);
            CompareGiving(second, first, faults);
            CompareTransitions(first, second, faults);
            CompareNotices(first, second, faults);
            CompareNotices(second, first, faults);
        }
        steps.Add(new VerificationStep($"{firstName} and {secondName}", faults.Count == 0, faults.Count == 0
            ? first.Partner == second.Partner ? "One is the beginning of the other." : "Neither contradicts the other."
            : EvidenceVerifier.Enumerate("contradictions", faults)));
    }

    private static void CompareHistories(AuditedLog first, AuditedLog second, List<string> faults)
    {
        if (!AuditedCards.HaveSameKeys(first.Card, second.Card)) faults.Add($"they carry different cards of '{first.Partner}'");
        int both = Math.Min(first.Leaves.Count, second.Leaves.Count);
        for (int i = 0; i < both; i++)
        {
            if (first.Leaves[i] == second.Leaves[i]) continue;
            faults.Add($"'{first.Partner}' shows two histories: they differ from entry {i} on");
            return;
        }
    }

    private static void CompareCards(AuditedLog log, AuditedLog other, List<string> faults)
    {
        if (log.Cards.Find(other.Partner.Value) is { } pinned && !(pinned.SigningKey.Equals(other.Card.Card.SigningKey) && pinned.LogKey.Equals(other.Card.Card.LogKey)))
            faults.Add($"'{log.Partner}' pins another card of '{other.Partner}' than the one in that bundle");
    }

    /// <summary>A party has one order of what it did to an agreement, and brings it to every other party.</summary>
    private void CompareTransitions(AuditedLog first, AuditedLog second, List<string> faults)
    {
        var (inFirst, inSecond) = (Numbered(first), Numbered(second));
        foreach (var (key, transition) in inFirst)
            if (inSecond.TryGetValue(key, out var other) && other.Original.Id != transition.Original.Id)
                faults.Add($"'{key.Party}' signed two transitions with number {key.Sequence} of agreement {key.Agreement}: '{first.Partner}' holds one and '{second.Partner}' another");
        NoteUndelivered(first, inFirst, second, inSecond);
        NoteUndelivered(second, inSecond, first, inFirst);
    }

    private void NoteUndelivered(AuditedLog from, Dictionary<TransitionKey, SignedTransition> sent, AuditedLog to, Dictionary<TransitionKey, SignedTransition> taken)
    {
        int missing = sent.Count(one => one.Key.Party == from.Partner && to.HoldsAgreement(one.Key.Agreement) && !taken.ContainsKey(one.Key) && to.LastTime > one.Value.Document.Time.Plus(AuditedLog.LongestDelay));
        if (missing > 0) notes.Add($"{missing} transitions of '{from.Partner}' are not in the log of '{to.Partner}': not brought yet, or left out of it.");
    }

    private static Dictionary<TransitionKey, SignedTransition> Numbered(AuditedLog log)
        => log.Transitions.ToDictionary(one => new TransitionKey(one.Document.Agreement, one.Document.Party, one.Document.Sequence));

    private readonly record struct TransitionKey(AgreementId Agreement, PartnerId Party, int Sequence);

    /// <summary>Receipts and deletions that one has from the other are in the other's log, where both were kept at once.</summary>
    private void CompareNotices(AuditedLog log, AuditedLog signer, List<string> faults)
    {
        foreach (var (id, (_, time)) in log.Notices.Received.Where(one => one.Value.Signer == signer.Partner && !signer.Notices.Signed.Contains(one.Key)))
        {
            if (signer.LastTime > time.Plus(AuditedLog.LongestDelay)) faults.Add($"'{log.Partner}' holds the receipt or deletion {id.ToString()[..16]} of '{signer.Partner}', whose log does not");
            else notes.Add($"The receipt or deletion {id.ToString()[..16]} of '{signer.Partner}' is newer than its bundle, or left out of it: export that again and compare.");
        }
    }

    /// <summary>One direction: what the provider's log says that it gave, and the receiver's that it got.</summary>
    private void CompareGiving(AuditedLog provider, AuditedLog receiver, List<string> faults)
    {
        int newer = CheckpointClaims.Check(receiver.Claims.Of(provider.Partner.Value), provider.Leaves, faults);
        if (newer > 0) notes.Add($"'{receiver.Partner}' has {newer} checkpoints of '{provider.Partner}' that are newer than that bundle.");

        var got = receiver.Received.Chains.Where(chain => chain.Key.Provider == provider.Partner);
        foreach (var chain in got) CompareChain(provider, chain.Key, [.. chain], faults);
        foreach (var manifest in provider.Issued.All.Where(manifest => manifest.Document.Receiver == receiver.Partner && manifest.Receipt is not null)) CheckReceived(manifest, receiver, faults);
    }

    private void CompareChain(AuditedLog provider, AuditedManifest.Direction chain, IReadOnlyList<AuditedManifest> received, List<string> faults)
    {
        var reached = new Dictionary<AuditedManifest.Stream, long>();
        for (int i = 0; i < received.Count; i++)
        {
            var manifest = received[i];
            if (provider.Issued.Find(manifest.Id) is not null)
            {
                long before = reached.GetValueOrDefault(manifest.Lane);
                if (manifest.Document.AfterPosition > before && !IsBridged(provider, manifest.Lane, before, manifest.Document.AfterPosition))
                    faults.Add($"{manifest} of '{chain.Receiver}', {manifest.Lane}: the provider's log does not say that nothing was granted from {before} to {manifest.Document.AfterPosition}");
            }
            // The provider logs a manifest before it sends it, so it stands before any checkpoint that the receiver got afterwards.
            else if (received.Skip(i + 1).Any(later => later.CheckpointSize <= provider.Leaves.Count) || provider.LastTime > manifest.Document.Watermark.Plus(AuditedLog.LongestDelay))
                faults.Add($"{manifest} of '{chain.Receiver}', {chain}: the provider's log does not hold it");
            else notes.Add($"{manifest} of '{chain.Receiver}', {chain}, is newer than the provider's bundle, or left out of it: export that again and compare.");
            reached[manifest.Lane] = manifest.Document.ToPosition;
        }
    }

    /// <summary>Whether manifests without records lead from one position to another.</summary>
    private static bool IsBridged(AuditedLog provider, AuditedManifest.Stream lane, long from, long to)
    {
        var reached = new HashSet<long> { from };
        foreach (var empty in provider.Issued.Lanes[lane].Where(manifest => manifest.Document.ItemCount == 0))
            if (reached.Contains(empty.Document.AfterPosition)) reached.Add(empty.Document.ToPosition);
        return reached.Contains(to);
    }

    private void CheckReceived(AuditedManifest issued, AuditedLog receiver, List<string> faults)
    {
        if (receiver.Received.Find(issued.Id) is not null) return;
        bool passed = receiver.Received.Lanes[issued.Lane].Any(manifest => manifest.Document.ToPosition >= issued.Document.ToPosition);
        if (passed || receiver.LastTime > issued.Receipt!.Received.Plus(AuditedLog.LongestDelay))
            faults.Add($"{issued} of '{issued.Document.Provider}', {issued.Chain}: the receiver signed a receipt, and its log does not hold the manifest");
        else notes.Add($"{issued} of '{issued.Document.Provider}', {issued.Chain}, is newer than the receiver's bundle, or left out of it: export that again and compare.");
    }
}
