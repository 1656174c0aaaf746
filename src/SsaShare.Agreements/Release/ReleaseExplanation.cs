using System.Collections.Immutable;
using System.Globalization;

namespace SsaShare.Agreements;

/// <summary>Why a record is released or not, clause by clause: for people at home; a peer never sees it.</summary>
/// <param name="Decisions">For each form of the agreement, as <see cref="ReleasePolicy.Decide"/> gives them.</param>
/// <param name="Clauses">Every clause, grants first, each kind by id.</param>
public sealed record ReleaseExplanation(ImmutableArray<ReleaseDecision> Decisions, ImmutableArray<ClauseExplanation> Clauses)
{
    /// <summary>One line for each form, then for each clause and, indented, for each of its selectors.</summary>
    public IEnumerable<string> ToLines()
    {
        foreach (var decision in Decisions) yield return $"{decision.Form}: {decision}";
        foreach (var clause in Clauses)
        {
            yield return clause.ToString();
            foreach (var selector in clause.Selectors) yield return $"  {selector}";
        }
    }
}

/// <summary>What a clause comes to for one record. Numbers are logged and never reused.</summary>
public enum ClauseEffect
{
    /// <summary>It is not about this record.</summary>
    None = 0,
    /// <summary>A grant that covers the record at its age.</summary>
    Grants = 1,
    /// <summary>A grant that covers the record when it is older.</summary>
    GrantsLater = 2,
    /// <summary>A prohibition that covers the record.</summary>
    HoldsBack = 3,
    /// <summary>A prohibition that would cover the record if what is not known of it were so: that counts as if it did.</summary>
    CouldHoldBack = 4,
}

/// <summary>One clause, read against one record.</summary>
/// <param name="Clause">Its id.</param>
/// <param name="IsGrant">A grant, or else a prohibition.</param>
/// <param name="Form">The form in which a grant releases.</param>
/// <param name="Purposes">The uses it gives or takes.</param>
/// <param name="Selectors">What it says, each judged; a selector that was left out is not listed.</param>
/// <param name="Effect">What that comes to.</param>
public sealed record ClauseExplanation(
    ClauseId Clause, bool IsGrant, ReleaseForm Form, Purposes Purposes, ImmutableArray<SelectorVerdict> Selectors, ClauseEffect Effect)
{
    public override string ToString()
    {
        string what = Effect switch
        {
            ClauseEffect.Grants => "grants the record",
            ClauseEffect.GrantsLater => "will grant the record when it is older",
            ClauseEffect.HoldsBack => "holds the record back",
            ClauseEffect.CouldHoldBack => "holds the record back, because what is not known of it could be so",
            _ => "is not about this record",
        };
        string uses = string.Join(", ", PurposeBits.Split(Purposes).Select(Vocabulary.Purposes.WordOf));
        return string.Create(CultureInfo.InvariantCulture, $"{(IsGrant ? "grant" : "prohibition")} {Clause} ({(IsGrant && !Form.IsFull ? $"as {Form}, " : "")}{uses}): {what}");
    }
}

/// <summary>Whether a record passes a selector.</summary>
public enum Verdict
{
    Passes,
    Fails,
    /// <summary>The record does not say.</summary>
    Unknown,
}

/// <summary>One selector of a clause, judged.</summary>
/// <param name="Field">As the agreement names it.</param>
/// <param name="Verdict">Whether the record passes.</param>
/// <param name="Stated">What the record says, or who asks.</param>
/// <param name="Wanted">What the clause lists.</param>
public readonly record struct SelectorVerdict(string Field, Verdict Verdict, string Stated, string Wanted)
{
    public override string ToString() => $"{Field}: {Verdict switch { Verdict.Passes => "passes", Verdict.Fails => "fails", _ => "unknown" }} ({Stated}; wanted: {Wanted})";
}
