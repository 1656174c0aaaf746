using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>Suspending, resuming and revoking, by this node's operator and by peers.</summary>
public sealed partial class AgreementBook
{
    /// <summary>Signs and keeps a transition of this node's own party. Others are told by <see cref="TransitionCourier"/>.</summary>
    /// <param name="reason">For the other parties' operators; see <see cref="TransitionDocument.IsReason"/>.</param>
    public async Task<AgreementAcceptance> ChangeAsync(AgreementId id, TransitionEvent happening, string reason, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            if (!TransitionDocument.IsReason(reason)) return new AgreementAcceptance(null, $"The reason must be 1 to {TransitionDocument.ReasonLengthMax} plain characters on one line.");
            await SettleEntriesAsync(cancellationToken);
            if (Find(id) is not { } entry) return new AgreementAcceptance(null, $"There is no agreement {id} here.");
            if (entry.Status.IsFinal) return new AgreementAcceptance(null, $"The agreement is {entry.State}; that is final.");
            int number = entry.History.Of(identity.Partner).Count() + 1;
            if (number > TransitionDocument.SequenceMax) return new AgreementAcceptance(null, $"'{identity.Partner}' has made {number - 1} transitions of this agreement; no more are taken.");
            var transition = SignedTransition.Sign(identity.SigningKey,
                new TransitionDocument(DocumentContexts.Transition.Text, id, identity.Partner, number, happening, reason, Now));
            var verdict = entry.History.Check(entry.Agreement, entry.Status, transition, Now);
            return verdict.Outcome == TransitionOutcome.Taken
                ? new AgreementAcceptance(await KeepAsync(entry, transition, verdict, cancellationToken), null)
                : new AgreementAcceptance(null, verdict.Fault);
        }
        finally
        {
            _writing.Leave();
        }
    }

    /// <summary>Takes a transition that its party brings: verifies it and keeps it when it is new and in order.</summary>
    public async Task<TransitionAcceptance> TakeAsync(SignedTransition transition, CancellationToken cancellationToken)
    {
        var document = transition.Document;
        if (!directory.Verify(document.Party, transition.Original, DocumentContexts.Transition, document.Time)) return new TransitionAcceptance(TransitionOutcome.Refused, null, $"It is not signed by '{document.Party}'.");
        await EnterAsync(cancellationToken);
        try
        {
            await SettleEntriesAsync(cancellationToken);
            if (Find(document.Agreement) is not { } entry) return new TransitionAcceptance(TransitionOutcome.Early, null, $"There is no agreement {document.Agreement} here.");
            var verdict = entry.History.Check(entry.Agreement, entry.Status, transition, Now);
            if (verdict.Outcome == TransitionOutcome.Taken) entry = await KeepAsync(entry, transition, verdict, cancellationToken);
            return new TransitionAcceptance(verdict.Outcome, entry, verdict.Fault);
        }
        finally
        {
            _writing.Leave();
        }
    }

    private async Task<BookEntry> KeepAsync(BookEntry entry, SignedTransition transition, TransitionVerdict verdict, CancellationToken cancellationToken)
    {
        var after = entry with { State = verdict.Status.State, History = entry.History.With(transition) };
        await SaveAsync(after, () => store.SaveTransitionAsync(transition, after.ToStored(), cancellationToken));
        return after;
    }

    private SignedTransition ReadStored(SignedDocument stored)
        => SignedTransition.TryRead(stored, out var transition) && directory.Keys.Find(transition.Document.Party)?.EverKey(stored.KeyId) is { } key && transition.Verify(key)
            ? transition
            : throw new InvalidDataException($"Stored transition {stored.Id}: its signature is not that of a pinned card.");

    /// <summary>An entry as the store gives it, with its transitions, which must lead to its state.</summary>
    private static BookEntry Explained(BookEntry entry, IEnumerable<SignedTransition> transitions)
    {
        var history = TransitionHistory.Empty;
        foreach (var transition in transitions)
        {
            var (outcome, fault) = history.CheckOrder(entry.Agreement, transition);
            if (outcome != TransitionOutcome.Taken) throw new InvalidDataException($"Stored transition {transition.Document.Sequence} of '{transition.Document.Party}' for agreement {entry.Agreement.Id}: {outcome} {fault}");
            history = history.With(transition);
        }
        return history.Explain(entry.State, entry.Verification.SignedBy) is not null
            ? entry with { History = history }
            : throw new InvalidDataException($"Stored agreement {entry.Agreement.Id}: its transitions do not lead to the state {entry.State}.");
    }
}
