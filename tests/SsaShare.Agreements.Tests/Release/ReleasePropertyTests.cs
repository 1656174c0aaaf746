using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>What holds for every agreement and every record.</summary>
public sealed partial class ReleasePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(Nightly.PropertyCases);

    [Fact]
    public void Decide_Always_EqualsTheClausesReadOneByOne() => Holds(one =>
    {
        var agreement = one.Agreement();
        if (!IsOpen(one)) return Forms(agreement).All(form => !one.Decide(agreement, form).IsReleased) && !one.DecideDerived(agreement).IsReleased;
        return Forms(agreement).All(form => one.Decide(agreement, form).Purposes == ClearPolicy.Uses(agreement, one.Facts, form, one.Provider, one.Recipient, null, Now, one.Age))
            && one.DecideDerived(agreement).Purposes == ClearPolicy.Uses(agreement, one.Facts, ReleaseForm.Full, one.Provider, one.Recipient, one.Reader, Now, TimeSpan.MaxValue);
    });

    [Fact]
    public void DecideOnward_Always_EqualsTheClausesReadOneByOne() => Holds(one =>
    {
        var agreement = one.Agreement();
        var decision = one.DecideOnward(agreement);
        int hops = !IsOpen(one) || one.Reader == one.Recipient ? 0 : ClearPolicy.Hops(agreement, one.Facts, one.Provider, one.Recipient, one.Reader, Now);
        return decision.HopsMax == hops && decision.IsAllowed == hops > 0 && decision.IsAllowed == (decision.Reason == WithholdReason.None);
    });

    [Fact]
    public void Decide_WithoutAGrantForTheReader_Withholds() => Holds(one =>
    {
        var elsewhere = one.Grants.Select(grant => grant with { To = Selector.Of(Arbitrary.Parties.First(party => party != one.Recipient)), ToTiers = default });
        var agreement = Arbitrary.Case.Agreement([.. elsewhere], one.Prohibitions);
        return Forms(agreement).All(form => !one.Decide(agreement, form).IsReleased) && !one.DecideDerived(agreement).IsReleased && !one.DecideOnward(agreement).IsAllowed;
    });

    [Fact]
    public void Decide_WithAProhibitionOfEverything_Withholds() => Holds(one =>
    {
        var agreement = Arbitrary.Case.Agreement(one.Grants, [.. one.Prohibitions, new Prohibition { Id = Arbitrary.Id("everything") }]);
        return Forms(agreement).All(form => !one.Decide(agreement, form).IsReleased) && !one.DecideDerived(agreement).IsReleased && !one.DecideOnward(agreement).IsAllowed;
    });

    [Fact]
    public void Decide_OneMoreProhibition_NeverReleasesMore() => HoldsWith(Arbitrary.ProhibitionGen(), (one, more) =>
    {
        var (before, after) = (one.Agreement(), Arbitrary.Case.Agreement(one.Grants, [.. one.Prohibitions, more]));
        return Forms(before).All(form => IsPartOf(UpTo(one, after, form), UpTo(one, before, form))) && IsPartOf(one.DecideDerived(after), one.DecideDerived(before))
            && one.DecideOnward(after).HopsMax <= one.DecideOnward(before).HopsMax;
    });

    [Fact]
    public void Decide_OneMoreGrant_NeverWithholdsMore() => HoldsWith(Arbitrary.GrantGen(), (one, more) =>
    {
        var (before, after) = (one.Agreement(), Arbitrary.Case.Agreement([.. one.Grants, more], one.Prohibitions));
        return Forms(before).All(form => IsPartOf(UpTo(one, before, form), UpTo(one, after, form))) && IsPartOf(one.DecideDerived(before), one.DecideDerived(after))
            && one.DecideOnward(before).HopsMax <= one.DecideOnward(after).HopsMax;
    });

    [Fact]
    public void Decide_OlderRecord_IsNeverWithheldMore() => Holds(one =>
    {
        var agreement = one.Agreement();
        return Forms(agreement).All(form => IsPartOf(UpTo(one, agreement, form), UpTo(one with { Age = TimeSpan.MaxValue }, agreement, form)));
    });

    [Fact]
    public void Decide_NotYetDue_IsReleasedWhenItSaysAndNotBefore() => Holds(one =>
    {
        var agreement = one.Agreement();
        return Forms(agreement).All(form => one.Decide(agreement, form).DueAfter is not { } due
            || (due > one.Age && one.Decide(agreement, form, age: due).IsReleased && one.Decide(agreement, form, age: due - TimeSpan.FromTicks(1)).DueAfter == due));
    });

    [Fact]
    public void Decide_ClausesInAnotherOrder_IsTheSameToTheReason() => Holds(one =>
    {
        var (agreement, reversed) = (one.Agreement(), Arbitrary.Case.Agreement([.. one.Grants.Reverse()], [.. one.Prohibitions.Reverse()]));
        return agreement.Forms.SequenceEqual(reversed.Forms) && Forms(agreement).All(form => one.Decide(agreement, form) == one.Decide(reversed, form))
            && one.DecideDerived(agreement) == one.DecideDerived(reversed) && one.DecideOnward(agreement) == one.DecideOnward(reversed);
    });

    [Fact]
    public void Decide_Derived_OnlyOfWhatIsReleasedForFusion() => Holds(one =>
        one.Agreement() is var agreement && (!one.DecideDerived(agreement).IsReleased || one.Decide(agreement, age: TimeSpan.MaxValue).Purposes.HasFlag(Purposes.Fusion)));

    [Fact]
    public void Decide_LearningMoreAboutARecord_NeverAddsAProhibition() => Holds(one =>
    {
        var unknown = one with { Facts = one.Facts with { Sensor = null, Objects = default, Regime = OrbitalRegime.Unspecified } };
        var agreement = one.Agreement();
        return Forms(agreement).All(form => IsPartOf(UpTo(unknown, agreement, form), UpTo(one, agreement, form)));
    });

    [Fact]
    public void Decide_NotActiveOrOutsideValidity_Withholds() => Holds(one =>
    {
        var agreement = one.Agreement();
        bool Closed(AgreementState state, Epoch now)
            => Forms(agreement).All(form => !one.Decide(agreement, form, state, now).IsReleased) && !one.DecideDerived(agreement, state, now).IsReleased && !one.DecideOnward(agreement, state, now).IsAllowed;
        return Enum.GetValues<AgreementState>().Where(state => state != AgreementState.Active).All(state => Closed(state, Now))
            && new[] { "2025-12-31T23:59:59Z", "2036-01-01T00:00:00Z" }.All(now => Closed(AgreementState.Active, At(now)));
    });

    [Fact]
    public void Decide_Always_SaysWhy() => Holds(one => Decisions(one).All(decision =>
        decision.IsReleased == (decision.Reason == WithholdReason.None)
        && decision.IsReleased == (decision.Purposes != Purposes.None)
        && (decision.DueAfter is not null) == (decision.Reason == WithholdReason.NotYetDue)
        && (decision.IsReleased || decision.Retention is null)
        && (decision.Clause is not null) == (decision.IsReleased || decision.Reason is WithholdReason.Prohibited or WithholdReason.PossiblyProhibited)));

    [Fact]
    public void Decide_AfterWritingAndReadingTheAgreement_IsTheSame() => Holds(one =>
    {
        var agreement = one.Agreement();
        var again = Agreement.Read(agreement.Payload.AsSpan()).Value!;
        return Forms(agreement).All(form => one.Decide(agreement, form) == one.Decide(again, form)) && one.DecideOnward(agreement) == one.DecideOnward(again);
    });

    private static System.Collections.Immutable.ImmutableArray<ReleaseForm> Forms(Agreement agreement) => agreement.Forms;

    private static IEnumerable<ReleaseDecision> Decisions(Arbitrary.Case one)
    {
        var agreement = one.Agreement();
        return Forms(agreement).Select(form => one.Decide(agreement, form)).Append(one.DecideDerived(agreement));
    }

    /// <summary>Whether the gates let the clauses decide.</summary>
    private static bool IsOpen(Arbitrary.Case one) => one.Provider != one.Recipient && one.Provider != Caribbean;

    /// <summary>The uses given in the form or in a finer one: what grants must never take away.</summary>
    private static Purposes UpTo(Arbitrary.Case one, Agreement agreement, ReleaseForm form)
        => !IsOpen(one) ? Purposes.None : one.Decide(agreement, form).Purposes
            | agreement.Forms.Where(finer => IsFiner(finer, form, one.Facts.Class)).Aggregate(Purposes.None, (uses, finer) => uses | one.Decide(agreement, finer).Purposes);

    private static bool IsFiner(ReleaseForm finer, ReleaseForm form, RecordClass recordClass)
    {
        string[] order = recordClass == RecordClass.OrbitState ? ["full", "middle", "far", "coarse"] : ["full", "fine", "middle", "coarse"];
        return Array.IndexOf(order, finer.ToString()) is >= 0 and var place && place < Array.IndexOf(order, form.ToString());
    }

    private static bool IsPartOf(Purposes less, Purposes more) => (less & ~more) == Purposes.None;

    private static bool IsPartOf(ReleaseDecision less, ReleaseDecision more) => IsPartOf(less.Purposes, more.Purposes);

    private static void Holds(Func<Arbitrary.Case, bool> property) => Check.One(Thorough, Prop.ForAll(Arbitrary.Cases(), property));

    private static void HoldsWith<T>(Gen<T> more, Func<Arbitrary.Case, T, bool> property)
        where T : Clause
        => Check.One(Thorough, Prop.ForAll(Arbitrary.Cases(), Arb.From(more), (one, clause) => property(one, Arbitrary.Timed(clause, one.HasWindows))));
}
