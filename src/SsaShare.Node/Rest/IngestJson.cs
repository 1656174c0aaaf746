using System.Globalization;
using System.Text;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>Outcomes and refused parts as JSON, for REST and beside files of the watched folder.</summary>
internal static class IngestJson
{
    private const int IssuesShown = 1_000;

    /// <summary>Members of an object that has been begun.</summary>
    public static void Write(Utf8JsonWriter json, string file, IngestOutcome outcome)
    {
        json.WriteString("file", file);
        json.WriteString("format", outcome.Format);
        json.WriteNumber("bytes", outcome.Bytes);
        json.WriteNumber("accepted", outcome.Accepted);
        json.WriteNumber("duplicates", outcome.Duplicates);
        json.WriteNumber("refused", outcome.Refused);
        json.WriteNumber("quarantined", outcome.Quarantined);
        json.WriteBoolean("read_to_end", outcome.IsReadToEnd);
        if (!outcome.IsReadToEnd) json.WriteString("advice", IngestOutcome.NotReadToEnd);
        Write(json, outcome.Issues);
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ReadIssue> issues)
    {
        json.WriteStartArray("issues");
        foreach (var issue in issues.Take(IssuesShown))
        {
            json.WriteStartObject();
            json.WriteNumber("line", issue.Line);
            json.WriteString("field", issue.Field);
            json.WriteString("value", issue.Value);
            json.WriteString("reason", issue.Reason);
            json.WriteString("remedy", issue.Remedy);
            json.WriteBoolean("refused", issue.Severity == IssueSeverity.Refused);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, QuarantineEntry entry)
    {
        json.WriteString("id", entry.Id.ToString());
        json.WriteString("state", Word(entry.State));
        json.WriteString("remark", entry.Remark);
        json.WriteString("source", Word(entry.Place.Source));
        json.WriteString("file", entry.Place.File);
        json.WriteNumber("line", entry.Place.Line);
        json.WriteString("field", entry.Place.Field);
        json.WriteString("reasons", entry.Place.Reasons);
        json.WriteBoolean("may_pass", entry.Place.MayPass);
        json.WriteString("format", entry.Content.Format);
        json.WriteString("time", Time(entry.Time));
        json.WriteString("last_time", Time(entry.LastTime));
        json.WriteNumber("times", entry.Times);
        json.WriteNumber("text_bytes", entry.Content.Text.Length);
        json.WriteBoolean("cut", entry.Content.IsCut);
    }

    /// <summary>What stood in the file.</summary>
    public static void WriteContent(Utf8JsonWriter json, QuarantineContent content)
    {
        json.WriteString("before", Encoding.UTF8.GetString(content.Before.Span));
        json.WriteString("text", Encoding.UTF8.GetString(content.Text.Span));
        json.WriteString("after", Encoding.UTF8.GetString(content.After.Span));
    }

    public static string Time(Epoch epoch) => Utc.ToDateTime(epoch).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Word<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();
}
