using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// The states of an agreement and who may do what when: pure. That an event is genuine (the party's signature on it) is checked
/// before; that it is stored and logged before anybody is told is the caller's.
/// </summary>
public static class AgreementLifeCycle
{
    /// <summary>The status after <paramref name="happening"/>, or why it is refused.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="happening">What happens.</param>
    /// <param name="actor">The party that does it.</param>
    /// <param name="now">When.</param>
    public static Transition Apply(Agreement agreement, AgreementStatus status, AgreementEvent happening, PartnerId actor, Epoch now)
    {
        Transition Refuse(TransitionRefusal refusal) => Transition.Refuse(status, refusal);
        if (!agreement.HasParty(actor)) return Refuse(TransitionRefusal.ActorNotParty);
        if (status.IsFinal) return Refuse(TransitionRefusal.Final);
        if (status.State is < AgreementState.Draft or > AgreementState.Suspended) return Refuse(TransitionRefusal.WrongState);
        bool expired = now >= agreement.Terms.ValidUntil;
        if (happening is AgreementEvent.Expire)
            return !expired ? Refuse(TransitionRefusal.NotYetExpired) : Transition.To(status with { State = AgreementState.Expired, SuspendedBy = [] });
        // Ending it stays possible to the last; everything else comes too late.
        if (expired && happening is not AgreementEvent.Revoke) return Refuse(TransitionRefusal.Expired);
        return happening switch
        {
            AgreementEvent.Sign => Sign(agreement, status, actor),
            AgreementEvent.Activate when status.State == AgreementState.Countersigned => Transition.To(status with { State = AgreementState.Active }),
            AgreementEvent.Suspend => Suspend(status, actor),
            AgreementEvent.Resume => Resume(status, actor),
            AgreementEvent.Supersede supersede => Supersede(agreement, status, supersede.Successor),
            AgreementEvent.Revoke when status.State != AgreementState.Draft => Transition.To(status with { State = AgreementState.Revoked, SuspendedBy = [] }),
            _ => Refuse(TransitionRefusal.WrongState),
        };
    }

    private static Transition Sign(Agreement agreement, AgreementStatus status, PartnerId actor)
    {
        if (status.SignedBy.Contains(actor)) return Transition.Refuse(status, TransitionRefusal.AlreadySigned);
        if (status.State is not (AgreementState.Draft or AgreementState.Proposed)) return Transition.Refuse(status, TransitionRefusal.WrongState);
        var signed = With(status.SignedBy, actor);
        var state = signed.Length == agreement.Parties.Length ? AgreementState.Countersigned : AgreementState.Proposed;
        return Transition.To(status with { State = state, SignedBy = signed });
    }

    private static Transition Suspend(AgreementStatus status, PartnerId actor)
        => status.SuspendedBy.Contains(actor) ? Transition.Refuse(status, TransitionRefusal.AlreadySuspendedByActor)
            : status.State is AgreementState.Active or AgreementState.Suspended
                ? Transition.To(status with { State = AgreementState.Suspended, SuspendedBy = With(status.SuspendedBy, actor) })
                : Transition.Refuse(status, TransitionRefusal.WrongState);

    private static Transition Resume(AgreementStatus status, PartnerId actor)
    {
        if (status.State != AgreementState.Suspended) return Transition.Refuse(status, TransitionRefusal.WrongState);
        if (!status.SuspendedBy.Contains(actor)) return Transition.Refuse(status, TransitionRefusal.NotSuspendedByActor);
        var left = status.SuspendedBy.Remove(actor);
        return Transition.To(status with { State = left.IsEmpty ? AgreementState.Active : AgreementState.Suspended, SuspendedBy = left });
    }

    private static Transition Supersede(Agreement agreement, AgreementStatus status, Agreement successor)
    {
        if (status.State is AgreementState.Draft or AgreementState.Proposed) return Transition.Refuse(status, TransitionRefusal.WrongState);
        bool sameParties = successor.Parties.Select(party => party.Partner).ToHashSet().SetEquals(agreement.Parties.Select(party => party.Partner));
        return successor.Terms.Supersedes == agreement.Id && sameParties
            ? Transition.To(status with { State = AgreementState.Superseded, SuspendedBy = [] })
            : Transition.Refuse(status, TransitionRefusal.NotItsSuccessor);
    }

    private static ImmutableArray<PartnerId> With(ImmutableArray<PartnerId> partners, PartnerId one)
        => [.. partners.Append(one).OrderBy(partner => partner.Value, StringComparer.Ordinal)];
}
