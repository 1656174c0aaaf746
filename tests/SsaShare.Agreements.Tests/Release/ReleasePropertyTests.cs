using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>What holds for every agreement and every record.</summary>
public sealed class ReleasePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Decide_Always_EqualsTheClausesReadOneByOne() => Holds(one =>
    {
        if (one.Provider == one.Recipient) return !one.Decide(one.Agreement()).IsReleased && !one.DecideDerived(one.Agreement()).IsReleased;
        var agreement = one.Agreement();
        return one.Decide(agreement).Purposes == ClearPolicy.Uses(agreement.Terms, one.Facts, one.Provider, one.Recipient, null)
            && one.DecideDerived(agreement).Purposes == ClearPolicy.Uses(agreement.Terms, one.Facts, one.Provider, one.Recipient, one.Reader);
    });

    [Fact]
    public void Decide_WithoutAGrantForTheReader_Withholds() => Holds(one =>
    {
        var elsewhere = one.Grants.Select(grant => grant with { To = Selector.Of(Arbitrary.Parties.First(party => party != one.Recipient)) });
        var agreement = Arbitrary.Case.Agreement([.. elsewhere], one.Prohibitions);
        return !one.Decide(agreement).IsReleased && !one.DecideDerived(agreement).IsReleased;
    });

    [Fact]
    public void Decide_WithAProhibitionOfEverything_Withholds() => Holds(one =>
    {
        var agreement = Arbitrary.Case.Agreement(one.Grants, [.. one.Prohibitions, new Prohibition { Id = Arbitrary.Id("everything") }]);
        return !one.Decide(agreement).IsReleased && !one.DecideDerived(agreement).IsReleased;
    });

    [Fact]
    public void Decide_OneMoreProhibition_NeverReleasesMore() => HoldsWith(Arbitrary.ProhibitionGen(), (one, more) =>
    {
        var (before, after) = (one.Agreement(), Arbitrary.Case.Agreement(one.Grants, [.. one.Prohibitions, more]));
        return IsPartOf(one.Decide(after), one.Decide(before)) && IsPartOf(one.DecideDerived(after), one.DecideDerived(before));
    });

    [Fact]
    public void Decide_OneMoreGrant_NeverWithholdsMore() => HoldsWith(Arbitrary.GrantGen(), (one, more) =>
    {
        var (before, after) = (one.Agreement(), Arbitrary.Case.Agreement([.. one.Grants, more], one.Prohibitions));
        return IsPartOf(one.Decide(before), one.Decide(after)) && IsPartOf(one.DecideDerived(before), one.DecideDerived(after));
    });

    [Fact]
    public void Decide_ClausesInAnotherOrder_IsTheSameToTheReason() => Holds(one =>
    {
        var (agreement, reversed) = (one.Agreement(), Arbitrary.Case.Agreement([.. one.Grants.Reverse()], [.. one.Prohibitions.Reverse()]));
        return one.Decide(agreement) == one.Decide(reversed) && one.DecideDerived(agreement) == one.DecideDerived(reversed);
    });

    [Fact]
    public void Decide_Derived_OnlyOfWhatWasReleasedForFusion() => Holds(one =>
        !one.DecideDerived(one.Agreement()).IsReleased || one.Decide(one.Agreement()).Purposes.HasFlag(Purposes.Fusion));

    [Fact]
    public void Decide_LearningMoreAboutARecord_NeverAddsAProhibition() => Holds(one =>
    {
        var unknown = one with { Facts = one.Facts with { Sensor = null, ObjectTag = null, Regime = OrbitalRegime.Unspecified } };
        return IsPartOf(unknown.Decide(one.Agreement()), one.Decide(one.Agreement()));
    });

    [Fact]
    public void Decide_NotActiveOrOutsideValidity_Withholds() => Holds(one =>
    {
        var agreement = one.Agreement();
        return Enum.GetValues<AgreementState>().Where(state => state != AgreementState.Active).All(state => !one.Decide(agreement, state).IsReleased && !one.DecideDerived(agreement, state).IsReleased)
            && new[] { "2025-12-31T23:59:59Z", "2036-01-01T00:00:00Z" }.All(now => !one.Decide(agreement, now: At(now)).IsReleased && !one.DecideDerived(agreement, now: At(now)).IsReleased);
    });

    [Fact]
    public void Decide_Always_ExplainsItself() => Holds(one => new[] { one.Decide(one.Agreement()), one.DecideDerived(one.Agreement()) }.All(decision =>
        decision.IsReleased == (decision.Reason == WithholdReason.None)
        && decision.IsReleased == (decision.Purposes != Purposes.None)
        && (decision.Clause is not null) == (decision.IsReleased || decision.Reason is WithholdReason.Prohibited or WithholdReason.PossiblyProhibited)));

    private static bool IsPartOf(ReleaseDecision less, ReleaseDecision more) => (less.Purposes & ~more.Purposes) == Purposes.None;

    private static void Holds(Func<Arbitrary.Case, bool> property) => Check.One(Thorough, Prop.ForAll(Arbitrary.Cases(), property));

    private static void HoldsWith<T>(Gen<T> more, Func<Arbitrary.Case, T, bool> property)
        => Check.One(Thorough, Prop.ForAll(Arbitrary.Cases(), Arb.From(more), property));
}
