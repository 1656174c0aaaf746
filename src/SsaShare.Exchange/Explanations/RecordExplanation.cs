using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Why one record goes, or does not go, to a reader. For the node's own operator alone.</summary>
/// <param name="Ways">Every way in which the record is here, at least one.</param>
/// <param name="Answers">What agreements say of it.</param>
/// <param name="Givings">What the reader was really given, the earliest first.</param>
/// <param name="Notes">For people: such as that there is no agreement with the reader.</param>
/// <param name="DecidedAt">As of when.</param>
public sealed record RecordExplanation(IReadOnlyList<FoundRecord> Ways, IReadOnlyList<AgreementAnswer> Answers, IReadOnlyList<ReleasedTo> Givings, IReadOnlyList<string> Notes, Epoch DecidedAt);

/// <summary>What is asked of an agreement.</summary>
public enum AgreementQuestion
{
    Unspecified = 0,

    /// <summary>May this node release the record to the reader?</summary>
    Release = 1,

    /// <summary>May this node, which has the record from another, pass it on to the reader?</summary>
    Onward = 2,

    /// <summary>May products derived from the record be shown to the reader?</summary>
    Derived = 3,
}

/// <summary>What one agreement says of a record.</summary>
/// <param name="Agreement">Which.</param>
/// <param name="State">Where it stands here.</param>
/// <param name="Question">What was asked of it.</param>
/// <param name="Way">By which way the record is meant.</param>
/// <param name="Forms">For each form that comes into question.</param>
/// <param name="Clauses">Every clause read against the record, grants first, each kind by id.</param>
public sealed record AgreementAnswer(
    Agreement Agreement, AgreementState State, AgreementQuestion Question, FoundRecord Way, IReadOnlyList<FormAnswer> Forms, IReadOnlyList<ClauseExplanation> Clauses);

/// <summary>What is decided for one form of the record.</summary>
/// <param name="Form">As published, or degraded.</param>
/// <param name="IsReleased">Whether it goes out so.</param>
/// <param name="Clause">That decided; null when none did.</param>
/// <param name="Purposes">What it may be used for.</param>
/// <param name="Reason">Why it does not go out.</param>
public sealed record FormAnswer(ReleaseForm Form, bool IsReleased, ClauseId? Clause, Purposes Purposes, WithholdReason Reason)
{
    /// <summary>When a grant will cover it that does not yet; null otherwise.</summary>
    public Epoch? Due { get; init; }

    /// <summary>How long the reader may keep it; null means without end.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>How often it may be passed on; 0 where that was not asked.</summary>
    public int HopsMax { get; init; }

    /// <summary>To whom it may be passed on.</summary>
    public OnwardAudience Audience { get; init; }
}
