using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>Examples of passing on: pacific released to atlantic, which would pass on.</summary>
public sealed class OnwardPolicyTests
{
    [Theory]
    [InlineData("onward: none", "caribbean", "not onward: OnwardNotGranted")]
    [InlineData("onward: named, onward_to: [stranger], onward_hops: 3", "stranger", "onward by g (Named, 3 hops) for Any")]
    [InlineData("onward: named, onward_to: [stranger]", "caribbean", "not onward: OnwardNotNamed")]
    [InlineData("onward: same_tier", "caribbean", "onward by g (SameTier, 1 hops) for Any")]
    [InlineData("onward: same_tier", "fusion", "not onward: OnwardTier")]
    [InlineData("onward: same_tier", "stranger", "not onward: OnwardTier")]
    [InlineData("onward: public", "stranger", "onward by g (Public, 1 hops) for Any")]
    [InlineData("onward: public, originators: [caribbean]", "stranger", "not onward: NotGranted")]
    public void DecideOnward_EachAudience_IsHonoured(string duty, string next, string expected)
        => Assert.Equal(expected, Decide(With($"grants: [{{id: g, {duty}}}]"), Observation(), next).ToString());

    [Fact]
    public void DecideOnward_SeveralGrants_TheOneWithMostHopsWins()
    {
        var decision = Decide(With("grants: [{id: a, onward: public, onward_hops: 2, retention: 1d}, {id: b, onward: public, onward_hops: 5, retention: 30d, purposes: [research]}, {id: c}]"), Observation(), "stranger");
        Assert.Equal(("b", 5, TimeSpan.FromDays(30), Purposes.Research), (decision.Clause.ToString(), decision.HopsMax, decision.Retention, decision.Purposes));
    }

    [Theory]
    [InlineData("to: [caribbean]", false)]
    [InlineData("to: [caribbean], from: [atlantic]", false)]
    [InlineData("to: [caribbean], purposes: [research]", true)]
    [InlineData("to: [fusion]", true)]
    [InlineData("to: [caribbean], objects: [7734]", true)]
    public void DecideOnward_ProhibitionTowardsTheNextHolder_BindsTheRelay(string prohibition, bool allowed)
        => Assert.Equal(allowed, Decide(With($"grants: [{{id: g, onward: public}}]\nprohibitions: [{{id: p, {prohibition}}}]"), Observation(), "caribbean").IsAllowed);

    [Fact]
    public void DecideOnward_LabelAndGates_AreHonoured()
    {
        var agreement = With("grants: [{id: g, onward: public}]");
        Assert.Equal(WithholdReason.NotReleasableTo, Decide(agreement, Observation(releasableTo: ["atlantic"]), "caribbean").Reason);
        Assert.Equal(WithholdReason.RecipientNotParty, Decide(agreement, Observation(), "atlantic").Reason);
        Assert.Equal(WithholdReason.AgreementSuspended,
            ReleasePolicy.DecideOnward(Observation(), ReleaseForm.Full, agreement, AgreementState.Suspended, Pacific, Atlantic, Caribbean, Now).Reason);
    }

    [Fact]
    public void DecideOnwardAndDerived_GrantOfTheUseNotYetDue_WaitForIt()
    {
        var agreement = With("grants: [{id: now, purposes: [research]}, {id: later, purposes: [fusion], delay: 24h, onward: public, derived_products_for: [stranger]}]");
        OnwardDecision Onward(int hours) => ReleasePolicy.DecideOnward(Observation(), ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Atlantic, Stranger, Now, TimeSpan.FromHours(hours));
        ReleaseDecision Derived(int hours) => ReleasePolicy.DecideDerived(Observation(), ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Atlantic, Stranger, Now, TimeSpan.FromHours(hours));
        Assert.Equal((WithholdReason.NotYetDue, WithholdReason.None), (Onward(23).Reason, Onward(24).Reason));
        Assert.Equal((TimeSpan.FromDays(1), null), (Derived(23).DueAfter, Derived(24).DueAfter));
        Assert.True(Derived(24).IsReleased);
    }

    [Fact]
    public void DecideOnward_TagTakenOut_IsNotPassedToWhomAnObjectIsProhibited()
    {
        var agreement = With(
            "grants: [{id: g, degradation: coarse, onward: public, objects: [81900]}, {id: any, degradation: coarse, onward: public}]\nprohibitions: [{id: p, to: [caribbean], objects: [7734]}]",
            "degradation_profiles: [{id: coarse, range_sigma_km: 1, remove: [object_tag]}]\nsafety_of_flight_minimum: {range_sigma_km: 1}");
        var form = agreement.Forms[1];
        var facts = Observation(tag: null) with { Form = form, TagRemoved = true, DegradedUnder = agreement.Id };
        Assert.Equal("any", ReleasePolicy.DecideOnward(facts, form, agreement, AgreementState.Active, Pacific, Atlantic, Stranger, Now).Clause.ToString());
        Assert.Equal(WithholdReason.Prohibited, ReleasePolicy.DecideOnward(facts, form, agreement, AgreementState.Active, Pacific, Atlantic, Caribbean, Now).Reason);
    }

    private static Agreement With(string clauses, string extra = "")
        => Between(clauses, parties: "atlantic, pacific, caribbean, {partner: fusion, tier: partial}", extra: extra);

    private static OnwardDecision Decide(Agreement agreement, RecordFacts facts, string next)
        => ReleasePolicy.DecideOnward(facts, ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Atlantic, PartnerId.Parse(next), Now);
}
