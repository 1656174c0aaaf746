using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>What becomes of a transition that is brought.</summary>
public enum TransitionOutcome
{
    Unspecified = 0,
    /// <summary>It is new and in order: to be kept. Where the agreement has ended already, it changes nothing more.</summary>
    Taken = 1,
    /// <summary>It is here already; nothing changes.</summary>
    Known = 2,
    /// <summary>Something that comes before it is not here yet: to be brought again later.</summary>
    Early = 3,
    /// <summary>It can never be taken.</summary>
    Refused = 4,
}

/// <summary>What becomes of a transition.</summary>
/// <param name="Outcome">Whether it is taken.</param>
/// <param name="Status">Of the agreement afterwards; unchanged unless taken.</param>
/// <param name="Fault">Why it is early or refused, one sentence; empty otherwise.</param>
public sealed record TransitionVerdict(TransitionOutcome Outcome, AgreementStatus Status, string Fault);
