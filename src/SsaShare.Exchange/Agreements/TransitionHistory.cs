using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// The transitions of one agreement, each party's in order. What a party may do next follows from its own transitions alone, and parties'
/// suspensions add up, so that nodes which learn the same transitions in different order come to the same status; one that has ended stays
/// as it ended. Pure and immutable.
/// </summary>
public sealed class TransitionHistory
{
    private readonly ImmutableArray<SignedTransition> _all;

    private TransitionHistory(ImmutableArray<SignedTransition> all) => _all = all;

    public static TransitionHistory Empty { get; } = new([]);

    /// <summary>In the order in which they were taken here.</summary>
    public IReadOnlyList<SignedTransition> All => _all;

    /// <summary>Parties that have suspended and not resumed, sorted by name.</summary>
    public ImmutableArray<PartnerId> SuspendedBy
        => [.. _all.Select(one => one.Document.Party).Distinct().Where(party => Last(party) == TransitionEvent.Suspend).OrderBy(party => party.Value, StringComparer.Ordinal)];

    public bool IsRevoked => _all.Any(one => one.Document.Event == TransitionEvent.Revoke);

    /// <summary>A party's transitions, in order of their numbers.</summary>
    public IEnumerable<SignedTransition> Of(PartnerId party) => _all.Where(one => one.Document.Party == party);

    /// <summary>With one that <see cref="Check"/> found to be <see cref="TransitionOutcome.Taken"/>.</summary>
    public TransitionHistory With(SignedTransition taken) => new(_all.Add(taken));

    /// <summary>Whether a transition follows on these, and what the agreement becomes by it. That it is genuine is checked before.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="status">Where it stands here, these transitions counted in.</param>
    /// <param name="next">The transition.</param>
    /// <param name="now">Here.</param>
    public TransitionVerdict Check(Agreement agreement, AgreementStatus status, SignedTransition next, Epoch now)
    {
        var (outcome, fault) = CheckOrder(agreement, next);
        if (outcome != TransitionOutcome.Taken || status.IsFinal) return new TransitionVerdict(outcome, status, fault);
        var transition = AgreementLifeCycle.Apply(agreement, status, next.Document.Event.InLifeCycle(), next.Document.Party, now);
        return transition.Refusal switch
        {
            TransitionRefusal.None => new TransitionVerdict(TransitionOutcome.Taken, transition.Status, ""),
            TransitionRefusal.Expired => new TransitionVerdict(TransitionOutcome.Taken, status, ""),
            // The party has signatures that are not here yet.
            TransitionRefusal.WrongState => new TransitionVerdict(TransitionOutcome.Early, status, $"The agreement is {status.State} here."),
            var refusal => new TransitionVerdict(TransitionOutcome.Refused, status, $"The agreement is {status.State} here: {refusal}."),
        };
    }

    /// <summary>Whether a transition is the next of its party, whatever the others did and wherever the agreement stands.</summary>
    public (TransitionOutcome Outcome, string Fault) CheckOrder(Agreement agreement, SignedTransition next)
    {
        var document = next.Document;
        if (document.Agreement != agreement.Id) return Refuse($"It is about agreement {document.Agreement}.");
        if (!agreement.HasParty(document.Party)) return Refuse($"'{document.Party}' is not a party to this agreement.");
        if (!TransitionDocument.IsReason(document.Reason)) return Refuse("Its reason is not 1 to 200 plain characters.");
        if (document.Sequence is < 1 or > TransitionDocument.SequenceMax) return Refuse($"Its number is {document.Sequence}; 1 to {TransitionDocument.SequenceMax} are taken.");
        var known = Of(document.Party).ToList();
        if (document.Sequence <= known.Count)
        {
            return known[document.Sequence - 1].Original.Id == next.Original.Id
                ? (TransitionOutcome.Known, "")
                : Refuse($"'{document.Party}' has signed another transition with number {document.Sequence} before.");
        }
        if (document.Sequence > known.Count + 1) return (TransitionOutcome.Early, $"The one with number {known.Count + 1} is not here yet.");
        return WhyNot(document) is { } fault ? Refuse(fault) : (TransitionOutcome.Taken, "");
    }

    /// <summary>The status that a stored state stands for.</summary>
    /// <returns>Null when these transitions do not lead to that state.</returns>
    public AgreementStatus? Explain(AgreementState stored, ImmutableArray<PartnerId> signedBy)
    {
        var status = new AgreementStatus(stored, [.. signedBy.OrderBy(party => party.Value, StringComparer.Ordinal)], stored == AgreementState.Suspended ? SuspendedBy : []);
        bool explained = stored switch
        {
            AgreementState.Revoked => IsRevoked,
            AgreementState.Superseded or AgreementState.Expired => true,
            AgreementState.Suspended => !IsRevoked && !SuspendedBy.IsEmpty,
            _ => !IsRevoked && SuspendedBy.IsEmpty,
        };
        return explained ? status : null;
    }

    private static (TransitionOutcome, string) Refuse(string fault) => (TransitionOutcome.Refused, fault);

    private TransitionEvent Last(PartnerId party) => _all.LastOrDefault(one => one.Document.Party == party)?.Document.Event ?? TransitionEvent.Unspecified;

    /// <summary>Why a party that did what it did cannot do this next, whatever others do; null when it can.</summary>
    private string? WhyNot(TransitionDocument next) => (Last(next.Party), next.Event) switch
    {
        (TransitionEvent.Revoke, _) => $"'{next.Party}' has revoked the agreement before.",
        (TransitionEvent.Suspend, TransitionEvent.Suspend) => $"'{next.Party}' has suspended the agreement already.",
        (not TransitionEvent.Suspend, TransitionEvent.Resume) => $"'{next.Party}' has not suspended the agreement.",
        (_, not TransitionEvent.Revoke) when next.Sequence == TransitionDocument.SequenceMax => $"Transition number {TransitionDocument.SequenceMax} can only be a revocation.",
        _ => null,
    };
}
