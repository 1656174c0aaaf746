namespace SsaShare.Scenario.Tests;

/// <summary>Agreements as their authors write them.</summary>
internal static class Yaml
{
    /// <summary>Every record of both, REAL data only.</summary>
    public static string Everything(string one, string other, string title = "Everything") => Of(one, other, $"""
        grants:
          - id: all
            record_classes: [observation, sensor]
            max_level: partners_only
            purposes: [fusion, research, safety_of_flight]
            derived_products_for: [{one}, {other}]
        """, title);

    public static string Of(string one, string other, string clauses, string title = "Test", string until = "2036-01-01T00:00:00Z") => $"""
        kind: ssashare/agreement/v1
        title: {title}
        parties: [{one}, {other}]
        valid_from: 2026-01-01T00:00:00Z
        valid_until: {until}
        data_modes: [REAL]

        {clauses}
        """;
}
