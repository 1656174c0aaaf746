namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>The agreements that are played, as their authors write them.</summary>
internal static class LifeYaml
{
    /// <summary>The four with what each is able to do.</summary>
    private const string Four = "[atlantic, pacific, {partner: caribbean, tier: partial}, {partner: arctic, tier: receive_only}]";

    /// <summary>All four are parties; atlantic and pacific give, by clauses of every kind.</summary>
    public static readonly string Accord = Of("Accord of the four", Four, "[REAL, TEST]", """
        object_lists:
          - {id: tracked, objects: [5398, 07734]}
        grants:
          - id: sensors
            from_tiers: [full, partial]
            to_tiers: [full, partial, receive_only]
            record_classes: [sensor]
            max_level: partners_only
            purposes: [research]
          - id: by-object
            from: [atlantic]
            to: [pacific, caribbean]
            record_classes: [observation]
            object_lists: [tracked]
            data_modes: [REAL]
            max_level: partners_only
            purposes: [research, safety_of_flight]
          - id: by-sensor
            from: [atlantic]
            to: [arctic]
            record_classes: [observation]
            sensors: [FENCE]
            data_modes: [REAL]
            max_level: public
            purposes: [research]
          - id: trials
            from: [atlantic]
            to: [caribbean]
            record_classes: [observation]
            data_modes: [TEST]
            max_level: partners_only
            purposes: [research]
          - id: restricted-object
            from: [atlantic]
            to: [pacific]
            record_classes: [observation]
            objects: [25544]
            data_modes: [REAL]
            max_level: restricted
            purposes: [safety_of_flight]
          - id: pacific-gives
            from: [pacific]
            to: [atlantic]
            record_classes: [observation]
            sensors: [RADAR]
            data_modes: [REAL]
            max_level: partners_only
            purposes: [research]
        prohibitions:
          - id: not-of-the-fence
            to: [pacific]
            record_classes: [observation]
            sensors: [FENCE]
            objects: [7734]
        """);

    /// <summary>A coarse form for both at once, the original for one of them later.</summary>
    public static string Precise(string profile, int delayS) => Of("Coarse now, precise later", "[atlantic, pacific, caribbean]", "[REAL]", $$"""
        degradation_profiles:
          - {id: {{profile}}, range_sigma_km: 1, angle_sigma_deg: 0.1}
        grants:
          - id: coarse-at-once
            from: [atlantic]
            record_classes: [observation]
            objects: [40001]
            max_level: partners_only
            purposes: [research]
            degradation: {{profile}}
          - id: precise-later
            from: [atlantic]
            to: [pacific]
            record_classes: [observation]
            objects: [40001]
            max_level: partners_only
            purposes: [research]
            delay: {{delayS}}s
        """);

    /// <summary>What Pacific may pass on, and to whom.</summary>
    public static readonly string Lend = Of("To be lent on", "[atlantic, pacific]", "[REAL]", """
        grants:
          - {id: to-caribbean, from: [atlantic], record_classes: [observation], objects: [50001], max_level: partners_only, purposes: [research], onward: named, onward_to: [caribbean]}
          - {id: to-nobody, from: [atlantic], record_classes: [observation], objects: [50002], max_level: partners_only, purposes: [research]}
          - {id: one-hop, from: [atlantic], record_classes: [observation], objects: [50003], max_level: partners_only, purposes: [research], onward: named, onward_to: [arctic, caribbean], onward_hops: 1}
          - {id: two-hops, from: [atlantic], record_classes: [observation], objects: [50004], max_level: partners_only, purposes: [research], onward: named, onward_to: [arctic, caribbean], onward_hops: 2}
        """);

    /// <summary>Pacific and Caribbean give on whatever of Atlantic's they may, onward again as far as Atlantic allows.</summary>
    public static readonly string PassOn = Of("Passed on", "[pacific, caribbean, arctic]", "[REAL]", """
        grants:
          - {id: of-atlantic, from: [pacific, caribbean], to: [caribbean, arctic], originators: [atlantic], record_classes: [observation], objects: [50001, 50002, 50003, 50004], max_level: partners_only, purposes: [research], onward: named, onward_to: [arctic, caribbean], onward_hops: 8}
        """);

    /// <summary>What is left of the accord.</summary>
    public static string Narrower(string accord) => Of("Accord, narrower", Four, "[REAL]", """
        grants:
          - id: sensors
            from: [atlantic]
            to: [pacific, arctic]
            record_classes: [sensor]
            max_level: partners_only
            purposes: [research]
          - id: one-object
            from: [atlantic]
            to: [pacific]
            record_classes: [observation]
            objects: [5398]
            max_level: partners_only
            purposes: [research]
        """, $"supersedes: {accord}");

    /// <summary>Caribbean gives Atlantic what these originators measured with a sensor that is called RADAR.</summary>
    public static string Claims(string title, string originators) => Of(title, "[caribbean, atlantic]", "[REAL]", $$"""
        grants:
          - {id: claims, from: [caribbean], record_classes: [observation], originators: [{{originators}}], sensors: [RADAR], max_level: partners_only, purposes: [research]}
        """);

    public static string Of(string title, string parties, string modes, string clauses, string extra = "") => $"""
        kind: ssashare/agreement/v1
        title: {title}
        parties: {parties}
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: {modes}
        {extra}

        {clauses}
        """;
}
