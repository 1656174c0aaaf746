using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>What there is to say about files, for people and for programs.</summary>
internal static class FormatText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>file:line: keyword: what was found: reason; what was expected.</summary>
    public static string Line(ReadIssue issue)
        => $"{issue.File}:{issue.Line}: {issue.Field}: {(issue.Severity == IssueSeverity.Notice ? "notice: " : "")}{(issue.Value.Length == 0 ? "" : $"{issue.Value}: ")}{issue.Reason}; {issue.Remedy}{(issue.Column > 0 ? $" (column {issue.Column})" : "")}";

    public static IEnumerable<string> Table(IReadOnlyCollection<ValidatedFile> files)
        => Columns.Lines("", ["FILE", "FORMAT", "RECORDS", "REFUSED", "NOTICES", "RESULT"], [.. files.Select(file => (string[])[
            file.Name, file.Format ?? "?", Number(file.Counts.Read), Number(file.Counts.Refused), Number(file.Counts.Notices), file.IsRefused ? "refused" : "valid"])], 2, 3, 4);

    public static string Json(IEnumerable<ValidatedFile> files) => JsonSerializer.Serialize(files.Select(file => new
    {
        file = file.Name,
        file.Format,
        valid = !file.IsRefused,
        records = file.Counts.Read,
        refused = file.Counts.Refused,
        notices = file.Counts.Notices,
        issues = file.Issues.Select(issue => new
        {
            severity = issue.Severity == IssueSeverity.Refused ? "refused" : "notice",
            issue.Line,
            column = issue.Column > 0 ? issue.Column : (int?)null,
            keyword = issue.Field,
            found = issue.Value,
            issue.Reason,
            expected = issue.Remedy,
        }),
    }), Options);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
