using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// Who may have which record under an agreement, in which form: pure, total, the same answer from the same inputs. Default deny; a
/// prohibition takes uses away from whatever is granted; what is not known of a record never helps to release it.
/// </summary>
public static partial class ReleasePolicy
{
    /// <summary>May <paramref name="provider"/> release the record to <paramref name="reader"/> now, in this form?</summary>
    /// <param name="facts">The record at hand.</param>
    /// <param name="form">
    /// In full, or degraded by a profile of the agreement. A receiver asks about the form that a record states of itself: what the profile
    /// hid then counts as its provider decided it. A record that was degraded under another agreement is asked about as
    /// <see cref="ReleaseForm.Full"/>; it is not degraded again.
    /// </param>
    /// <param name="agreement">The agreement, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the provider.</param>
    /// <param name="provider">The party that would release it: its originator, or a party that passes it on.</param>
    /// <param name="reader">The party that would receive it.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="age">Time since the originator published the record; <see cref="TimeSpan.MaxValue"/> where delays do not matter, as in a receiver's check.</param>
    /// <returns>Released for the uses that grants of this form give at this age, less those that a finer form gives already and those prohibited.</returns>
    public static ReleaseDecision Decide(
        in RecordFacts facts, ReleaseForm form, Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now, TimeSpan age)
    {
        var compiled = agreement.Compiled;
        var reason = compiled.Closed(state, provider, reader, now);
        if (reason == WithholdReason.None) reason = compiled.Marked(facts, provider, reader);
        if (reason == WithholdReason.None) reason = compiled.WhyNotIn(facts, form);
        int index = reason == WithholdReason.None ? compiled.Forms.IndexOf(form) : -1;
        if (index < 0) return ReleaseDecision.Withheld(reason == WithholdReason.None ? WithholdReason.NotGranted : reason, null, form);
        var question = compiled.Ask(facts, index, provider, reader, now, Vouched.Everything);
        return Weigh(facts, question, compiled, index, age, compiled.Grants.All, compiled.Prohibitions.NotDerivedOnly, Purposes.Any);
    }

    /// <summary>Why nothing at all is released now between these two; <see cref="WithholdReason.None"/> when the clauses decide.</summary>
    /// <param name="agreement">The agreement, its signatures verified.</param>
    /// <param name="state">Where it stands at the provider.</param>
    /// <param name="provider">The party that would release.</param>
    /// <param name="recipient">The party that would receive.</param>
    /// <param name="now">The time of release.</param>
    public static WithholdReason WhyClosed(Agreement agreement, AgreementState state, PartnerId provider, PartnerId recipient, Epoch now)
        => agreement.Compiled.Closed(state, provider, recipient, now);
}
