using System.Text;
using System.Text.Json;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>An audit for programs: one JSON document.</summary>
internal static class EvidenceJson
{
    public static string Write(EvidenceAudit audit)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("holds", audit.Succeeded);
            json.WriteStartArray("bundles");
            foreach (var report in audit.Bundles) Write(json, report);
            json.WriteEndArray();
            Write(json, "comparison", audit.Comparison);
            Write(json, "notes", audit.Notes);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, EvidenceReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name);
        json.WriteBoolean("holds", report.Succeeded);
        if (report.Until is { } until) json.WriteString("speaks_until", until.ToString());
        Write(json, "steps", report.Steps);
        Write(json, "notes", report.Notes);
        Write(json, "proven", report.Proven);
        Write(json, "open", report.Open);
        json.WriteStartObject("entries");
        foreach (var (kind, count) in report.EntryCounts.OrderBy(one => one.Key, StringComparer.Ordinal)) json.WriteNumber(kind, count);
        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind.Word());
            if (finding.Where.Entry is { } entry) json.WriteNumber("entry", entry);
            if (finding.Manifest is { } manifest) json.WriteString("manifest", manifest.ToString());
            json.WriteString("explanation", finding.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<VerificationStep> steps)
    {
        json.WriteStartArray(name);
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteBoolean("holds", step.Succeeded);
            json.WriteString("explanation", step.Explanation);
            if (step.Meaning is { } meaning) json.WriteString("meaning", meaning);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (string sentence in sentences) json.WriteStringValue(sentence);
        json.WriteEndArray();
    }
}
