using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>Examples: forms, delays, tiers, lists, windows and duties, each once.</summary>
public sealed class FormPolicyTests
{
    private const string Profiles = "degradation_profiles: [{id: coarse, range_sigma_km: 1, position_sigma_km: 1, epoch_step_s: 1, remove: [object_tag]}]\nsafety_of_flight_minimum: {range_sigma_km: 1, position_sigma_km: 1, epoch_step_s: 1}";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Agreement Delayed = Between("grants: [{id: at-once, degradation: coarse, retention: 7d}, {id: after-a-day, delay: 24h}]", extra: Profiles);

    [Fact]
    public void FormsAndDelays_OfAnAgreement_AreFullFirstAndZeroFirst()
    {
        Assert.Equal("full coarse", string.Join(' ', Delayed.Forms));
        Assert.Equal([TimeSpan.Zero, Day], Delayed.Delays);
        Assert.Equal("full", string.Join(' ', Between("grants: [{id: g}]", extra: Profiles).Forms));
    }

    [Fact]
    public void Decide_DegradedAtOnceAndInFullLater_GivesEachInItsTime()
    {
        var coarse = Delayed.Forms[1];
        var now = Decide(Delayed, coarse, TimeSpan.Zero);
        Assert.Equal(("at-once", TimeSpan.FromDays(7)), (now.Clause.ToString(), now.Retention));
        Assert.Equal("withheld: NotYetDue, due 1.00:00:00 after publication", Decide(Delayed, ReleaseForm.Full, Day - TimeSpan.FromTicks(1)).ToString());
        Assert.True(Decide(Delayed, ReleaseForm.Full, Day).IsReleased);
        Assert.Equal(WithholdReason.GivenInFinerForm, Decide(Delayed, coarse, Day).Reason);
    }

    [Fact]
    public void Decide_ReceiverOfADegradedRecord_AcceptsItWhateverItsAge()
    {
        var coarse = Delayed.Forms[1];
        var facts = Observation(tag: null) with { Form = coarse, TagRemoved = true, DegradedUnder = Delayed.Id };
        Assert.True(ReleasePolicy.Decide(facts, coarse, Delayed, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.MaxValue).IsReleased);
        Assert.Equal(WithholdReason.AlreadyDegraded, ReleasePolicy.Decide(facts, ReleaseForm.Full, Delayed, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.MaxValue).Reason);
    }

    [Theory]
    [InlineData(RecordClass.Ephemeris)]
    [InlineData(RecordClass.Sensor)]
    public void Decide_ClassThatTheProfileCannotDegrade_IsWithheldInThatForm(RecordClass recordClass)
        => Assert.Equal(WithholdReason.NotGranted, ReleasePolicy.Decide(Observation(recordClass: recordClass), Delayed.Forms[1], Delayed, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.Zero).Reason);

    [Fact]
    public void Decide_FormOfNoGrant_IsWithheld()
    {
        Assert.True(ProfileId.TryParse("elsewhere", out var id));
        Assert.Equal(WithholdReason.NotGranted, Decide(Delayed, ReleaseForm.Degraded(id), TimeSpan.MaxValue).Reason);
    }

    [Theory]
    [InlineData("grants: [{id: a, retention: 1d}, {id: b, retention: 30d}]", 30)]
    [InlineData("grants: [{id: a, retention: 1d}, {id: b}]", 0)]
    [InlineData("grants: [{id: a, retention: 1d}, {id: b, delay: 1h, retention: 30d}]", 1)]
    public void Decide_Retention_IsTheLongestOfTheGrantsThatGive(string clauses, int days)
        => Assert.Equal(days == 0 ? null : TimeSpan.FromDays(days), Decide(Between(clauses), ReleaseForm.Full, TimeSpan.Zero).Retention);

    [Theory]
    [InlineData("epoch_from: 1996-12-16T00:00:00Z", "epoch_from: 1996-12-16T00:00:00.001Z")]
    [InlineData("epoch_until: 1996-12-16T00:00:00.001Z", "epoch_until: 1996-12-16T00:00:00Z")]
    [InlineData("valid_from: 2026-07-01T00:00:00Z", "valid_from: 2026-07-01T00:00:01Z")]
    [InlineData("valid_until: 2026-07-01T00:00:01Z", "valid_until: 2026-07-01T00:00:00Z")]
    [InlineData("object_lists: [mine]", "object_lists: [others]")]
    [InlineData("owner_nations: [JP]", "owner_nations: [US]")]
    [InlineData("protected_assets_of: [pacific]", "protected_assets_of: [atlantic]")]
    [InlineData("objects: [1], object_lists: [mine]", "objects: [1], object_lists: [others]")]
    [InlineData("from_tiers: [partial]", "from_tiers: [full]")]
    [InlineData("to_tiers: [full]", "to_tiers: [partial]")]
    public void Decide_EachSelector_PassesOrNotInGrantsAndProhibitions(string passing, string failing)
    {
        const string Lists = "object_lists:\n  - {id: mine, objects: [81900], owner_nation: JP, protected_by: pacific}\n  - {id: others, objects: [7734], owner_nation: US, protected_by: atlantic}";
        WithholdReason Reason(string clauses) => Decide(Between(clauses, parties: "atlantic, {partner: pacific, tier: partial}", extra: Lists), ReleaseForm.Full, TimeSpan.Zero).Reason;
        Assert.Equal(WithholdReason.None, Reason($"grants: [{{id: g, {passing}}}]"));
        Assert.Equal(WithholdReason.NotGranted, Reason($"grants: [{{id: g, {failing}}}]"));
        Assert.Equal(WithholdReason.Prohibited, Reason($"grants: [{{id: g}}]\nprohibitions: [{{id: p, {passing}}}]"));
        Assert.Equal(WithholdReason.None, Reason($"grants: [{{id: g}}]\nprohibitions: [{{id: p, {failing}}}]"));
    }

    [Fact]
    public void Decide_ProviderThatOnlyReceivesOrQuorumOfWitnesses_IsWithheldAltogether()
    {
        Assert.Equal(WithholdReason.TierReceiveOnly, Decide(Between("grants: [{id: g}]", parties: "atlantic, {partner: pacific, tier: receive_only}"), ReleaseForm.Full, TimeSpan.Zero).Reason);
        var witnessed = Between("grants: [{id: g}]", extra: "witness_quorum: 1");
        Assert.True(Decide(witnessed, ReleaseForm.Full, TimeSpan.Zero).IsReleased);
        Assert.Equal(WithholdReason.WitnessQuorumMissing, ReleasePolicy.WhyClosed(witnessed, AgreementState.Unwitnessed, Pacific, Atlantic, Now));
        Assert.Equal(WithholdReason.AgreementExpired, ReleasePolicy.WhyClosed(witnessed, AgreementState.Unwitnessed, Pacific, Atlantic, witnessed.Terms.ValidUntil));
    }

    [Fact]
    public void LimitsBetween_TwoParties_AreThoseThatNameThemOrNobody()
    {
        var agreement = Between("grants: [{id: g}]", extra: "limits: [{id: b, from: [atlantic], records_per_day: 1}, {id: c, to: [atlantic], bytes_per_day: 5}, {id: a, records_per_minute: 7}]");
        Assert.Equal("a c", string.Join(' ', agreement.LimitsBetween(Pacific, Atlantic).Select(limit => limit.Id)));
        Assert.Equal("a b", string.Join(' ', agreement.LimitsBetween(Atlantic, Pacific).Select(limit => limit.Id)));
    }

    [Fact]
    public void Decide_EpochMovedByTheProfile_IsNotRefusedByTheReceiverNorTrustedForDerivedProducts()
    {
        var agreement = Between("grants: [{id: g, degradation: coarse, epoch_until: 1996-12-16T00:00:00Z, derived_products_for: [atlantic]}]", extra: Profiles);
        var coarse = agreement.Forms[1];
        RecordFacts At(string epoch) => Observation(tag: null) with { Form = coarse, TagRemoved = true, DegradedUnder = agreement.Id, Epoch = Federation.At(epoch) };
        bool Accepts(string epoch) => ReleasePolicy.Decide(At(epoch), coarse, agreement, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.MaxValue).IsReleased;
        bool Derives(string epoch) => ReleasePolicy.DecideDerived(At(epoch), coarse, agreement, AgreementState.Active, Pacific, Atlantic, Atlantic, Now).IsReleased;
        Assert.Equal((true, true, false), (Accepts("1996-12-15T23:59:00Z"), Accepts("1996-12-16T00:00:02Z"), Accepts("1996-12-16T00:01:00Z")));
        Assert.Equal((true, false, false), (Derives("1996-12-15T23:59:00Z"), Derives("1996-12-15T23:59:59Z"), Derives("1996-12-16T00:00:02Z")));
    }

    private static ReleaseDecision Decide(Agreement agreement, ReleaseForm form, TimeSpan age)
        => ReleasePolicy.Decide(Observation(), form, agreement, AgreementState.Active, Pacific, Atlantic, Now, age);
}
