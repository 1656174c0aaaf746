namespace SsaShare.Agreements.Tests;

/// <summary>A document that uses every word of the vocabulary.</summary>
internal static class Whole
{
    public const string Yaml = """
        kind: ssashare/agreement/v1
        title: Every word once
        parties:
          - atlantic
          - {partner: pacific, tier: partial}
          - {partner: caribbean, tier: receive_only}
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: [REAL, TEST, SIMULATED, EXERCISE]
        supersedes: 00000000000000000000000000000000000000000000000000000000000000ab
        object_lists:
          - {id: own-assets, objects: [5398, MYSAT], owner_nation: JP, protected_by: pacific}
          - {id: debris, objects: ["07734"]}
        degradation_profiles:
          - {id: fine, range_sigma_km: 0.1, range_rate_sigma_km_per_s: 0.0001, angle_sigma_deg: 0.005}
          - id: coarse
            position_sigma_km: 1
            range_sigma_km: 0.5
            angle_sigma_deg: 0.01
            range_rate_sigma_km_per_s: 0.001
            velocity_sigma_km_per_s: 0.001
            epoch_step_s: 1
            element_angle_step_deg: 0.01
            eccentricity_step: 0.0001
            mean_motion_step_rev_per_day: 0.001
            remove: [object_tag, range_rate]
        safety_of_flight_minimum: {range_sigma_km: 1, range_rate_sigma_km_per_s: 0.0001, angle_sigma_deg: 0.01}
        limits:
          - {id: pace, from: [atlantic], to: [pacific], records_per_minute: 600, records_per_day: 100000, bytes_per_day: 1000000}
        receipts: required
        witness_quorum: 0
        after_end: delete
        grants:
          - id: at-once
            from: [pacific]
            to: [atlantic]
            from_tiers: [partial]
            to_tiers: [full, receive_only]
            originators: [pacific, stranger]
            record_classes: [observation, orbit_state, element_set]
            sensors: [KAENA-POINT]
            objects: ["07734", my sat]
            object_lists: [own-assets]
            owner_nations: [JP]
            protected_assets_of: [pacific]
            regimes: [LEO, MEO, GEO, HEO, CISLUNAR]
            data_modes: [REAL]
            epoch_from: 1990-01-01T00:00:00Z
            epoch_until: 2030-01-01T00:00:00.5Z
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            max_level: partners_only
            purposes: [fusion, research, enforcement]
            derived_products_for: [caribbean]
            degradation: coarse
            retention: 30d
            onward: named
            onward_to: [stranger]
            onward_hops: 2
          - {id: for-safety, degradation: fine, record_classes: [observation], purposes: [safety_of_flight], delay: 90s, onward: same_tier}
          - {id: later, record_classes: [observation, ephemeris, conjunction_message, maneuver_notice, event_notice, sensor], delay: 24h, onward: public}
        prohibitions:
          - {id: no-debris, to_tiers: [receive_only], object_lists: [debris], epoch_from: 2000-01-01T00:00:00Z, above_level: public, purposes: [fusion]}
          - {id: not-derived, derived_products_for: [stranger], valid_until: 2030-01-01T00:00:00Z}
        """;
}
