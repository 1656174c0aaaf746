using SsaShare.Domain;

namespace SsaShare.Agreements;

public static partial class ReleasePolicy
{
    /// <summary>Why <see cref="Decide"/> answers as it does, for every form of the agreement. Slow: it reads the clauses one by one.</summary>
    /// <param name="facts">The record at hand.</param>
    /// <param name="agreement">The agreement, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the provider.</param>
    /// <param name="provider">The party that would release it.</param>
    /// <param name="reader">The party that would receive it.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="age">Time since the originator published the record.</param>
    public static ReleaseExplanation Explain(RecordFacts facts, Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now, TimeSpan age)
    {
        var reading = new ClauseReading(agreement, facts, provider, reader, now, age);
        return new ReleaseExplanation(
            [.. agreement.Forms.Select(form => Decide(facts, form, agreement, state, provider, reader, now, age))],
            [.. agreement.Terms.Grants.OrderBy(grant => grant.Id).Select(reading.Of), .. agreement.Terms.Prohibitions.OrderBy(prohibition => prohibition.Id).Select(reading.Of)]);
    }
}
