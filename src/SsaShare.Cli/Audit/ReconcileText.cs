using System.Globalization;
using System.Text;
using System.Text.Json;
using SsaShare.Exchange;

namespace SsaShare.Cli;

/// <summary>What two or more bundles say of each other, for people and for programs.</summary>
internal static class ReconcileText
{
    private static readonly string[] Header = ["", "given", "received", "agreed", "open"];

    public static IEnumerable<string> Lines(EvidenceAudit audit)
    {
        foreach (var report in audit.Bundles)
            yield return $"{report.Name}: {(report.Succeeded ? "holds by itself" : "does not hold by itself; ssa audit verify explains each step")}{(report.Until is { } until ? $"; speaks until {until} (its own word)" : "")}";
        foreach (var direction in audit.Pairs.SelectMany(pair => pair.Directions))
        {
            yield return "";
            yield return $"{direction.Provider} to {direction.Receiver}";
            string[][] rows =
            [
                ["manifests", Number(direction.ManifestsGiven), Number(direction.ManifestsReceived), Number(direction.ManifestsAgreed), ""],
                ["records", Number(direction.RecordsGiven), Number(direction.RecordsReceived), Number(direction.RecordsAgreed), Number(direction.RecordsOpen)],
            ];
            foreach (string line in Columns.Lines("  ", Header, rows, 1, 2, 3, 4)) yield return line;
        }
        foreach (var kind in audit.Findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key))
        {
            yield return "";
            yield return $"{kind.Key.Word()}: {kind.Count()}";
            foreach (var finding in kind)
            {
                yield return $"  {finding.Where}{(finding.Record is { } record ? $", record {record}" : "")}";
                yield return $"    {finding.Explanation}";
            }
            yield return $"  What that means: {kind.Key.Meaning()}";
        }
        var notes = audit.Bundles.SelectMany(report => report.Notes.Select(note => $"{report.Name}: {note}")).Concat(audit.Notes).ToList();
        if (notes.Count > 0) yield return "";
        foreach (string note in notes) yield return $"note: {note}";
        yield return "";
        yield return !audit.Succeeded ? $"{audit.Findings.Count()} findings."
            : audit.Pairs.All(pair => pair.AreComparable) ? "No findings."
            : "No findings in what could be compared; see the notes for what could not.";
    }

    public static IEnumerable<string> Json(EvidenceAudit audit)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("agree", audit.Succeeded);
            json.WriteBoolean("compared", audit.Pairs.All(pair => pair.AreComparable));
            json.WriteStartArray("bundles");
            foreach (var report in audit.Bundles) Write(json, report);
            json.WriteEndArray();
            json.WriteStartArray("directions");
            foreach (var direction in audit.Pairs.SelectMany(pair => pair.Directions)) Write(json, direction);
            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (var finding in audit.Findings) Write(json, finding);
            json.WriteEndArray();
            Write(json, audit.Notes);
            json.WriteEndObject();
        }
        yield return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, EvidenceReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name);
        json.WriteBoolean("holds", report.Succeeded);
        if (report.Until is { } until) json.WriteString("speaks_until", until.ToString());
        Write(json, report.Notes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DirectionSummary direction)
    {
        json.WriteStartObject();
        json.WriteString("provider", direction.Provider.Value);
        json.WriteString("receiver", direction.Receiver.Value);
        json.WriteNumber("manifests_given", direction.ManifestsGiven);
        json.WriteNumber("manifests_received", direction.ManifestsReceived);
        json.WriteNumber("manifests_agreed", direction.ManifestsAgreed);
        json.WriteNumber("records_given", direction.RecordsGiven);
        json.WriteNumber("records_received", direction.RecordsReceived);
        json.WriteNumber("records_agreed", direction.RecordsAgreed);
        json.WriteNumber("records_open", direction.RecordsOpen);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("kind", finding.Kind.Word());
        json.WriteString("bundle", finding.Where.Bundle);
        if (finding.Where.Entry is { } entry) json.WriteNumber("entry", entry);
        if (finding.Record is { } record)
        {
            json.WriteString("publication", record.Publication.ToString());
            json.WriteNumber("index", record.Index);
        }
        if (finding.Manifest is { } manifest) json.WriteString("manifest", manifest.ToString());
        json.WriteString("explanation", finding.Explanation);
        json.WriteString("meaning", finding.Meaning);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> notes)
    {
        json.WriteStartArray("notes");
        foreach (string note in notes) json.WriteStringValue(note);
        json.WriteEndArray();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
