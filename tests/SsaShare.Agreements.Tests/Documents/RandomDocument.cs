using FsCheck;
using FsCheck.Fluent;

namespace SsaShare.Agreements.Tests;

/// <summary>YAML put together from the vocabulary and from what is near it.</summary>
internal static class RandomDocument
{
    private static readonly string[] Head =
        ["kind: ssashare/agreement/v1", "title: A test", "parties: [atlantic, pacific]", "valid_from: 2026-01-01T00:00:00Z", "valid_until: 2036-01-01T00:00:00Z", "data_modes: [REAL]"];

    private static readonly string[] DocumentWords =
    [
        "object_lists: [{id: own, objects: [1, 2], owner_nation: JP, protected_by: pacific}]", "degradation_profiles: [{id: coarse, range_sigma_km: 1}, {id: fine, range_sigma_km: 0.1, angle_sigma_deg: 0.01}]",
        "safety_of_flight_minimum: {range_sigma_km: 1, angle_sigma_deg: 0.01}", "limits: [{id: pace, records_per_day: 5}]", "receipts: required", "after_end: delete", "witness_quorum: 2",
        "parties: [atlantic, {partner: pacific, tier: partial}]", "title: [nested]", "prohibitions: [{id: p, owner_nations: [JP]}]", "unknown: word",
    ];

    private static readonly string[] GrantWords =
    [
        "from: [pacific]", "to: [atlantic]", "to: [pacific, atlantic]", "from_tiers: [partial]", "record_classes: [observation]", "record_classes: [ephemeris, orbit_state]", "objects: [7734]",
        "object_lists: [own]", "owner_nations: [JP]", "protected_assets_of: [pacific]", "regimes: [LEO]", "epoch_from: 2020-01-01T00:00:00Z", "epoch_until: 2019-01-01T00:00:00Z",
        "valid_from: 2027-01-01T00:00:00Z", "purposes: [fusion]", "purposes: [safety_of_flight]", "delay: 24h", "delay: 1s", "degradation: coarse", "degradation: fine", "retention: 30d",
        "onward: public", "onward: named", "onward_to: [stranger]", "onward_hops: 3", "max_level: public", "delay: 0s", "degradation: [coarse]", "nonsense: 1",
    ];

    public static Gen<string> Gen() =>
        from more in FsCheck.Fluent.Gen.SubListOf(DocumentWords)
        from grants in FsCheck.Fluent.Gen.ListOf(FsCheck.Fluent.Gen.SubListOf(GrantWords))
        select string.Join('\n', [.. Head, .. more, "grants:", .. grants.Select((words, i) => $"  - {{{string.Join(", ", words.Prepend($"id: grant-{i}"))}}}"), "  - {id: last}"]) + "\n";
}
