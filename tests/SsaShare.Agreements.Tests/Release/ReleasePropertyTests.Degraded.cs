using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed partial class ReleasePropertyTests
{
    [Fact]
    public void Decide_ReceiverOfADegradedRecord_AcceptsWhatAnHonestProviderReleases() => Holds(one =>
    {
        var agreement = one.Agreement();
        return Forms(agreement).Where(form => !form.IsFull).All(form =>
        {
            var given = one.Decide(agreement, form);
            return !given.IsReleased || IsPartOf(given, one.Degraded(agreement, form).Decide(agreement, form, age: TimeSpan.MaxValue));
        });
    });

    [Fact]
    public void Decide_ReceiverOfADegradedRecord_RefusesWhatNoGrantInThatFormCouldCover() => Holds(one =>
    {
        var agreement = Arbitrary.Case.Agreement([.. one.Grants.Select(grant => grant with { Degradation = default })], one.Prohibitions);
        var degraded = one with { Facts = one.Facts with { Form = ReleaseForm.Degraded(Arbitrary.Profiles[3].Id), DegradedUnder = agreement.Id, TagRemoved = true, Objects = default } };
        return !degraded.Decide(agreement, degraded.Facts.Form, age: TimeSpan.MaxValue).IsReleased && degraded.Decide(agreement).Reason is not WithholdReason.None;
    });

    [Fact]
    public void DecideDerivedAndOnward_OfADegradedRecord_NeverAllowMoreThanKnowingWhatWasHidden() => Holds(one =>
    {
        var agreement = one.Agreement();
        return !IsOpen(one) || Forms(agreement).Where(form => !form.IsFull).All(form =>
        {
            if (!one.Decide(agreement, form).IsReleased) return true;
            var degraded = one.Degraded(agreement, form);
            return IsPartOf(degraded.DecideDerived(agreement).Purposes, ClearPolicy.InForm(agreement, one.Facts, form, one.Provider, one.Recipient, one.Reader, Now, TimeSpan.MaxValue))
                && IsPartOf(degraded.DecideOnward(agreement).Purposes, ClearPolicy.InForm(agreement, one.Facts, form, one.Provider, one.Recipient, null, Now, TimeSpan.MaxValue));
        });
    });

    [Fact]
    public void Decide_DegradedRecord_IsNeverDegradedAgain() => Holds(one =>
    {
        var agreement = one.Agreement();
        var elsewhere = one with { Facts = one.Facts with { Form = ReleaseForm.Degraded(Arbitrary.Profiles[0].Id), DegradedUnder = AgreementId.Of("other"u8) } };
        return !IsOpen(one) || Forms(agreement).All(form => form.IsFull
            ? elsewhere.Decide(agreement).Purposes == one.Decide(agreement).Purposes
            : elsewhere.Decide(agreement, form).Reason == WithholdReason.AlreadyDegraded);
    });

    [Fact]
    public void Explain_Always_AgreesWithDecide() => Holds(one =>
    {
        var agreement = one.Agreement();
        var explanation = ReleasePolicy.Explain(one.Facts, agreement, AgreementState.Active, one.Provider, one.Recipient, Now, one.Age);
        if (!explanation.Decisions.SequenceEqual(Forms(agreement).Select(form => one.Decide(agreement, form)))) return false;
        if (explanation.Clauses.Length != one.Grants.Length + one.Prohibitions.Length || explanation.ToLines().Any(string.IsNullOrWhiteSpace)) return false;
        var taken = Uses(explanation.Clauses.Where(clause => clause.Effect is ClauseEffect.HoldsBack or ClauseEffect.CouldHoldBack));
        return !IsOpen(one) || Forms(agreement).All(form =>
        {
            var given = Uses(explanation.Clauses.Where(clause => clause.Effect == ClauseEffect.Grants && clause.Form == form));
            var finer = Uses(explanation.Clauses.Where(clause => clause.Effect == ClauseEffect.Grants && IsFiner(clause.Form, form, one.Facts.Class)));
            var decision = one.Decide(agreement, form);
            return decision.Purposes == (given & ~finer & ~taken)
                && (decision.Reason != WithholdReason.NotYetDue || explanation.Clauses.Any(clause => clause.Effect == ClauseEffect.GrantsLater && clause.Form == form));
        });
    });

    [Fact]
    public void Explain_OfADegradedRecord_AgreesWithItsReceiver() => Holds(one =>
    {
        var agreement = one.Agreement();
        return !IsOpen(one) || Forms(agreement).Where(form => !form.IsFull).All(form =>
        {
            var degraded = one.Degraded(agreement, form) with { Age = TimeSpan.MaxValue };
            var clauses = ReleasePolicy.Explain(degraded.Facts, agreement, AgreementState.Active, one.Provider, one.Recipient, Now, TimeSpan.MaxValue).Clauses;
            var taken = Uses(clauses.Where(clause => clause.Effect is ClauseEffect.HoldsBack or ClauseEffect.CouldHoldBack));
            return degraded.Decide(agreement, form).Purposes == (Uses(clauses.Where(clause => clause.Effect == ClauseEffect.Grants && clause.Form == form)) & ~taken);
        });
    });

    private static Purposes Uses(IEnumerable<ClauseExplanation> clauses) => clauses.Aggregate(Purposes.None, (uses, clause) => uses | clause.Purposes);
}
