using SsaShare.Agreements;

namespace SsaShare.Exchange.Tests;

/// <summary>The agreements of these tests: full, coarse, delayed and onward.</summary>
internal static class Terms
{
    public const long DelayS = 600;

    public static ClauseId Grant { get; } = Clause("all-observations");
    public static ClauseId CoarseGrant { get; } = Clause("coarsely");
    public static ClauseId DelayedGrant { get; } = Clause("later");
    public static ClauseId OnwardGrant { get; } = Clause("passed-on");
    public static ClauseId Prohibition { get; } = Clause("not-that-one");
    public static ProfileId Profile { get; } = ProfileId.TryParse("coarse", out var profile) ? profile : throw new InvalidOperationException();

    public static FeedLane Delayed { get; } = new(FeedSource.Own, TimeSpan.FromSeconds(DelayS));
    public static FeedLane Relayed { get; } = new(FeedSource.Relayed, TimeSpan.Zero);

    /// <param name="title">Agreements with different titles are different.</param>
    /// <param name="originators">Of whom records are passed on; none: nothing is.</param>
    public static Agreement Fix(string title, TestPartner[] parties, params TestPartner[] originators)
    {
        string onward = originators.Length == 0 ? "" : $"\n  - {{id: passed-on, originators: [{string.Join(", ", originators.Select(one => one.Node.Partner))}]}}";
        var draft = AgreementDraft.ReadYaml(Sample.Utf8($$"""
            kind: ssashare/agreement/v1
            title: {{title}}
            parties: [{{string.Join(", ", parties.Select(party => party.Node.Partner))}}]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            degradation_profiles:
              - {id: coarse, range_sigma_km: 1, angle_sigma_deg: 0.1}
            grants:
              - {id: all-observations, record_classes: [observation], objects: [5398], onward: public, onward_hops: 4}
              - {id: coarsely, record_classes: [observation], degradation: coarse, purposes: [fusion, research]}
              - {id: later, record_classes: [observation], delay: {{DelayS}}s}{{onward}}
            prohibitions:
              - {id: not-that-one, objects: ["7734"]}
            """));
        return Agreement.Fix(draft.TryGetValue(out var terms) ? terms : throw new InvalidOperationException(string.Join("; ", draft.Issues)),
            partner => parties.Single(party => party.Node.Partner == partner).Node.Card);
    }

    private static ClauseId Clause(string id) => ClauseId.TryParse(id, out var clause) ? clause : throw new InvalidOperationException(id);
}
