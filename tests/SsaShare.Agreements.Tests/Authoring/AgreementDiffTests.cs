using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class AgreementDiffTests
{
    [Fact]
    public void Compare_ClauseChangedAddedAndRemoved_NamesEachField()
    {
        var before = Between("grants: [{id: a, to: [atlantic], purposes: [fusion]}, {id: b}]").ToDraft();
        var after = Between("grants: [{id: c, delay: 24h}, {id: a, to: [atlantic], purposes: [fusion, research], retention: 30d}]\nprohibitions: [{id: p}]", extra: "receipts: required").ToDraft();
        Assert.Equal(
        [
            "agreement: receipts: (left out) -> required",
            "grant c: added",
            "grant c: delay: (left out) -> 1d",
            "grant a: purposes: fusion -> fusion, research",
            "grant a: retention: (left out) -> 30d",
            "prohibition p: added",
            "grant b: removed",
        ], AgreementDiff.Compare(before, after).Select(change => change.ToString()));
    }

    [Fact]
    public void Compare_ListsProfilesAndTiers_NamesEachField()
    {
        const string Extra = "object_lists: [{id: own, objects: [1, 2]}]\ndegradation_profiles: [{id: coarse, range_sigma_km: 1}]\nsafety_of_flight_minimum: {range_sigma_km: 2}\nlimits: [{id: pace, records_per_day: 10}]";
        var before = Between("grants: [{id: a}]", extra: Extra).ToDraft();
        var after = Between("grants: [{id: a}]", parties: "atlantic, {partner: pacific, tier: partial}",
            extra: Extra.Replace("[1, 2]", "[2, 3, 1]", StringComparison.Ordinal).Replace("km: 1", "km: 0.5", StringComparison.Ordinal).Replace("km: 2", "km: 5", StringComparison.Ordinal).Replace("day: 10", "day: 20", StringComparison.Ordinal)).ToDraft();
        Assert.Equal(
        [
            "party pacific: tier: (left out) -> partial",
            "object list own: objects: 1, 2 -> 1, 2, 3",
            "degradation profile coarse: range_sigma_km: 1 -> 0.5",
            "safety_of_flight_minimum: range_sigma_km: 2 -> 5",
            "limit pace: records_per_day: 10 -> 20",
        ], AgreementDiff.Compare(before, after).Select(change => change.ToString()));
    }

    [Fact]
    public void Compare_SameTermsInAnotherOrder_IsNoChange()
        => Assert.Empty(AgreementDiff.Compare(
            Between("grants: [{id: a, purposes: [fusion, research]}, {id: b, objects: [2, 1]}]"), Between("grants: [{id: b, objects: [1, 2]}, {id: a, purposes: [research, fusion]}]")));

    [Fact]
    public void Compare_FixedAgreements_ShowsANewKey()
    {
        var before = Between("grants: [{id: a}]");
        using var key = Signing.SigningKey.Generate(Signing.SignatureAlgorithm.Ed25519);
        var after = Agreement.Fix(before.ToDraft(), partner => partner == Pacific ? MakeCard("pacific", key) : Card(partner));
        Assert.Equal(["signing_key", "node_card"], AgreementDiff.Compare(before, after).Select(change => change.Field));
    }
}
