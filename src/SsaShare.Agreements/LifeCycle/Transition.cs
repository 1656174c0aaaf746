namespace SsaShare.Agreements;

/// <summary>Why an event is refused. Numbers are logged and never reused.</summary>
public enum TransitionRefusal
{
    None = 0,
    ActorNotParty = 1,
    /// <summary>The event has no place in this state.</summary>
    WrongState = 2,
    /// <summary>The state is final.</summary>
    Final = 3,
    AlreadySigned = 4,
    /// <summary>The validity is over.</summary>
    Expired = 5,
    /// <summary>The validity is not over.</summary>
    NotYetExpired = 6,
    AlreadySuspendedByActor = 7,
    NotSuspendedByActor = 8,
    /// <summary>The successor does not name this agreement, or has other parties.</summary>
    NotItsSuccessor = 9,
}

/// <summary>What an event leads to: the new status, or why it is refused and the old one stays.</summary>
public readonly record struct Transition
{
    private Transition(AgreementStatus status, TransitionRefusal refusal) => (Status, Refusal) = (status, refusal);

    /// <summary>The status afterwards; unchanged when refused.</summary>
    public AgreementStatus Status { get; }

    public TransitionRefusal Refusal { get; }

    public bool IsRefused => Refusal != TransitionRefusal.None;

    internal static Transition To(AgreementStatus status) => new(status, TransitionRefusal.None);

    internal static Transition Refuse(AgreementStatus unchanged, TransitionRefusal refusal) => new(unchanged, refusal);
}
