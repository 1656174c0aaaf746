using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>An agreement applied to one record for one reader at one time.</summary>
/// <param name="facts">The record.</param>
/// <param name="form">The form in which it would go out.</param>
/// <param name="age">Time since its originator published it.</param>
public delegate ReleaseDecision RecordDecision(in RecordFacts facts, ReleaseForm form, TimeSpan age);

/// <summary>
/// What goes out in one lane: a record in a form that the agreement releases at the lane's age and at no earlier lane's, so that nothing is
/// given twice and every record is accounted for in each lane.
/// </summary>
/// <param name="age">The lane's delay.</param>
/// <param name="earlierAges">The delays of the lanes of this source before it.</param>
/// <param name="forms">The agreement's forms, the full one first.</param>
/// <param name="decide">The agreement.</param>
public sealed class LaneDecision(TimeSpan age, IReadOnlyList<TimeSpan> earlierAges, IReadOnlyList<ReleaseForm> forms, RecordDecision decide)
{
    public IReadOnlyList<ReleaseForm> Forms => forms;

    /// <summary>Whether the record goes out in this lane in this form.</summary>
    /// <param name="decision">Why, or why not.</param>
    public bool Gives(in RecordFacts facts, ReleaseForm form, out ReleaseDecision decision)
    {
        decision = decide(facts, form, age);
        if (!decision.IsReleased) return false;
        foreach (var earlier in earlierAges)
        {
            if (!decide(facts, form, earlier).IsReleased) continue;
            decision = ReleaseDecision.Withheld(WithholdReason.GivenBefore);
            return false;
        }
        return true;
    }

    /// <summary>Whether a receiver, who knows of a degraded record only what is left of it, finds that the agreement releases that.</summary>
    public bool IsReleasedAsDegraded(in RecordFacts degraded, ReleaseForm form) => decide(degraded, form, age).IsReleased;
}
