namespace SsaShare.Formats;

/// <summary>A partner as it presents itself.</summary>
/// <param name="Id">Unique in the federation.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">What kind of party: "space-agency", "defence", "commercial", "fusion-service".</param>
/// <param name="Operates">What it operates, for people.</param>
/// <param name="Sensors">Ids of its sensors; none for a party that only receives.</param>
public sealed record PartnerProfile(PartnerId Id, string Name, string Kind, string Operates, IReadOnlyList<SensorId> Sensors);

/// <summary>A partner's description: one JSON object with format ("ssashare-partner/1"), id, name, kind, operates and sensors.</summary>
public static class PartnerFile
{
    public const string Format = "ssashare-partner/1";
    private static readonly string[] Kinds = ["space-agency", "defence", "commercial", "fusion-service"];

    /// <summary>Reads one description; total.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="fileName">The name that issues carry.</param>
    /// <param name="issues">Receives every fault found.</param>
    /// <returns>The partner, or null when there was any fault.</returns>
    public static PartnerProfile? Read(ReadOnlySpan<byte> json, string fileName, List<ReadIssue> issues)
    {
        int before = issues.Count;
        if (FlatJson.Read(json, fileName, issues) is not { } fields) return null;
        if (fields.Text("format", $"\"{Format}\"") is { } format && format != Format) fields.Refuse("format", $"expected \"{Format}\"", "convert the file");
        var id = fields.PartnerId("id");
        string? name = fields.Text("name", "a name for people"), kind = fields.Text("kind", "the kind of party"), operates = fields.Text("operates", "what it operates");
        if (kind is not null && !Kinds.Contains(kind)) fields.Refuse("kind", "not a kind of party", $"use one of {string.Join(", ", Kinds)}");
        var sensors = new List<SensorId>();
        foreach (string text in fields.Texts("sensors", "ids of its sensors") ?? [])
        {
            if (SensorId.TryParse(text, out var sensor) && !sensors.Contains(sensor)) sensors.Add(sensor);
            else fields.Refuse("sensors", "not a list of different sensor ids", "use up to 64 of A-Z, a-z, 0-9, '-', '_' and '.'");
        }
        fields.RefuseOthers();
        return issues.Count > before ? null : new PartnerProfile(id!.Value, name!, kind!, operates!, sensors);
    }
}
