using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>Examples: each selector and each gate once, released and withheld.</summary>
public sealed class ReleasePolicyTests
{
    private static readonly Agreement Open = Between("grants: [{id: all}]");

    [Theory]
    [InlineData(AgreementState.Unspecified, WithholdReason.AgreementNotActive)]
    [InlineData(AgreementState.Draft, WithholdReason.AgreementNotActive)]
    [InlineData(AgreementState.Proposed, WithholdReason.AgreementNotActive)]
    [InlineData(AgreementState.Countersigned, WithholdReason.AgreementNotActive)]
    [InlineData(AgreementState.Active, WithholdReason.None)]
    [InlineData(AgreementState.Suspended, WithholdReason.AgreementSuspended)]
    [InlineData(AgreementState.Superseded, WithholdReason.AgreementSuperseded)]
    [InlineData(AgreementState.Revoked, WithholdReason.AgreementRevoked)]
    [InlineData(AgreementState.Expired, WithholdReason.AgreementExpired)]
    public void Decide_InEachState_OnlyActiveReleases(AgreementState state, WithholdReason reason)
    {
        var decision = ReleasePolicy.Decide(Observation(), ReleaseForm.Full, Open, state, Pacific, Atlantic, Now, TimeSpan.Zero);
        Assert.Equal((reason == WithholdReason.None, reason), (decision.IsReleased, decision.Reason));
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59.999999999Z", WithholdReason.AgreementNotYetValid)]
    [InlineData("2026-01-01T00:00:00Z", WithholdReason.None)]
    [InlineData("2035-12-31T23:59:59.999999999Z", WithholdReason.None)]
    [InlineData("2036-01-01T00:00:00Z", WithholdReason.AgreementExpired)]
    public void Decide_AtTheEdgesOfValidity_IncludesTheFirstInstantOnly(string now, WithholdReason reason)
        => Assert.Equal(reason, ReleasePolicy.Decide(Observation(), ReleaseForm.Full, Open, AgreementState.Active, Pacific, Atlantic, At(now), TimeSpan.Zero).Reason);

    [Fact]
    public void Decide_NotBetweenTwoParties_IsWithheld()
    {
        Assert.Equal(WithholdReason.ProviderNotParty, Reason(Open, Observation(), Stranger, Atlantic));
        Assert.Equal(WithholdReason.RecipientNotParty, Reason(Open, Observation(), Pacific, Stranger));
        Assert.Equal(WithholdReason.RecipientNotParty, Reason(Open, Observation(), Pacific, Pacific));
        Assert.Equal(WithholdReason.ProviderNotParty, Reason(Open, default, default(PartnerId), default(PartnerId)));
    }

    [Fact]
    public void Decide_IncompleteFacts_AreWithheld()
    {
        Assert.Equal(WithholdReason.LabelIncomplete, Reason(Open, default));
        Assert.Equal(WithholdReason.LabelIncomplete, Reason(Open, Observation(level: HandlingLevel.Unspecified)));
        Assert.Equal(WithholdReason.LabelIncomplete, Reason(Open, Observation(mode: DataMode.Unspecified)));
        Assert.Equal(WithholdReason.LabelIncomplete, Reason(Open, Observation(recordClass: RecordClass.Unspecified)));
    }

    [Fact]
    public void Decide_LabelOfTheOriginator_IsHonoured()
    {
        Assert.Equal(WithholdReason.DataModeNotCovered, Reason(Open, Observation(mode: DataMode.Exercise)));
        Assert.Equal(WithholdReason.NotReleasableTo, Reason(Open, Observation(releasableTo: ["caribbean"])));
        Assert.Equal(WithholdReason.None, Reason(Open, Observation(releasableTo: ["atlantic", "caribbean"])));
    }

    [Theory]
    [InlineData("record_classes: [observation]", "record_classes: [ephemeris]")]
    [InlineData("from: [pacific]", "from: [atlantic]")]
    [InlineData("to: [atlantic]", "to: [pacific]")]
    [InlineData("originators: [pacific]", "originators: [caribbean]")]
    [InlineData("sensors: [KAENA-POINT]", "sensors: [ANTIGUA]")]
    [InlineData("objects: [81900]", "objects: [81901]")]
    [InlineData("objects: [000081900]", "objects: [819000]")]
    [InlineData("regimes: [LEO]", "regimes: [GEO]")]
    [InlineData("data_modes: [REAL]", "data_modes: [TEST]")]
    [InlineData("max_level: partners_only", "max_level: public")]
    public void Decide_EachSelectorOfAGrant_PassesOrNot(string passing, string failing)
    {
        var facts = Observation(regime: OrbitalRegime.Leo);
        Assert.Equal(WithholdReason.None, Reason(Between($"grants: [{{id: g, {passing}}}]", modes: "REAL, TEST"), facts));
        Assert.Equal(WithholdReason.NotGranted, Reason(Between($"grants: [{{id: g, {failing}}}]", modes: "REAL, TEST"), facts));
    }

    [Theory]
    [InlineData("record_classes: [observation]", "record_classes: [ephemeris]")]
    [InlineData("from: [pacific]", "from: [atlantic]")]
    [InlineData("to: [atlantic]", "to: [pacific]")]
    [InlineData("originators: [pacific]", "originators: [caribbean]")]
    [InlineData("sensors: [KAENA-POINT]", "sensors: [ANTIGUA]")]
    [InlineData("objects: [81900]", "objects: [81901]")]
    [InlineData("regimes: [LEO]", "regimes: [GEO]")]
    [InlineData("data_modes: [REAL]", "data_modes: [TEST]")]
    [InlineData("above_level: public", "above_level: partners_only")]
    public void Decide_EachSelectorOfAProhibition_HoldsOrNot(string holding, string other)
    {
        var facts = Observation(regime: OrbitalRegime.Leo);
        var withheld = Decide(Between($"grants: [{{id: g}}]\nprohibitions: [{{id: p, {holding}}}]", modes: "REAL, TEST"), facts);
        Assert.Equal((WithholdReason.Prohibited, "p"), (withheld.Reason, withheld.Clause.ToString()));
        Assert.Equal(WithholdReason.None, Reason(Between($"grants: [{{id: g}}]\nprohibitions: [{{id: p, {other}}}]", modes: "REAL, TEST"), facts));
    }

    [Theory]
    [InlineData("sensors: [ANTIGUA]")]
    [InlineData("objects: [7734]")]
    [InlineData("regimes: [GEO]")]
    public void Decide_ValueNotKnown_HelpsNoGrantAndEveryProhibition(string selector)
    {
        var unknown = Observation(sensor: null, tag: null, regime: OrbitalRegime.Unspecified);
        Assert.Equal(WithholdReason.NotGranted, Reason(Between($"grants: [{{id: g, {selector}}}]"), unknown));
        var decision = Decide(Between($"grants: [{{id: g}}]\nprohibitions: [{{id: p, {selector}}}]"), unknown);
        Assert.Equal((WithholdReason.PossiblyProhibited, "p"), (decision.Reason, decision.Clause.ToString()));
    }

    [Fact]
    public void Decide_RecordOfAnother_NeedsAGrantThatNamesItsOriginator()
    {
        var passedOn = Observation(originator: Caribbean);
        Assert.Equal(WithholdReason.NotGranted, Reason(Open, passedOn));
        var naming = Between("grants: [{id: g, originators: [caribbean]}]");
        Assert.Equal(WithholdReason.None, Reason(naming, passedOn));
        var controlled = Observation(originator: Caribbean, originatorControlled: true);
        Assert.Equal(WithholdReason.OriginatorControlled, Reason(naming, controlled));
        Assert.Equal(WithholdReason.None, Reason(Between("grants: [{id: g, originators: [caribbean]}]", parties: "atlantic, pacific, caribbean"), controlled));
    }

    [Fact]
    public void Decide_UsesGranted_AreReducedByThoseProhibited()
    {
        var agreement = Between("grants: [{id: b, purposes: [research]}, {id: a, purposes: [fusion, enforcement]}]\nprohibitions: [{id: p, purposes: [fusion]}]");
        Assert.Equal(ReleaseDecision.Released(agreement.Terms.Grants[1].Id, Purposes.Research | Purposes.Enforcement), Decide(agreement, Observation()));
        var onlyFusion = Between("grants: [{id: a, purposes: [fusion]}]\nprohibitions: [{id: p, purposes: [fusion, research]}]");
        Assert.Equal("withheld: Prohibited (p)", Decide(onlyFusion, Observation()).ToString());
        var perhaps = Between("grants: [{id: a, purposes: [fusion]}]\nprohibitions: [{id: p, purposes: [fusion], regimes: [GEO]}]");
        Assert.Equal("withheld: PossiblyProhibited (p)", Decide(perhaps, Observation()).ToString());
    }

    private static ReleaseDecision Decide(Agreement agreement, RecordFacts facts, PartnerId? provider = null, PartnerId? reader = null)
        => ReleasePolicy.Decide(facts, ReleaseForm.Full, agreement, AgreementState.Active, provider ?? Pacific, reader ?? Atlantic, Now, TimeSpan.MaxValue);

    private static WithholdReason Reason(Agreement agreement, RecordFacts facts, PartnerId? provider = null, PartnerId? reader = null)
        => Decide(agreement, facts, provider, reader).Reason;
}
