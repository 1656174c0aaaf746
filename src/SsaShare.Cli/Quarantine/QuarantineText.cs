using System.Text;
using Google.Protobuf;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>Refused parts as lines of text.</summary>
internal static class QuarantineText
{
    private const int DigitsShown = 16;

    public static IEnumerable<string> Summary(QuarantineEntry entry)
    {
        yield return $"{Convert.ToHexStringLower(entry.EntryId.Span)[..DigitsShown]}  {Time(entry)}  {Word(entry.State)}  {entry.FileName}:{entry.Line}{(entry.Times > 1 ? $"  came {entry.Times} times" : "")}{(entry.MayPass && entry.State == QuarantineState.Open ? "  may pass: ssa quarantine replay" : "")}";
        string[] reasons = entry.Reasons.Split('\n');
        yield return $"    {Shown(reasons[0])}{(reasons.Length > 1 ? $" (and {reasons.Length - 1} more)" : "")}";
        if (entry.Remark.Length > 0) yield return $"    {Shown(entry.Remark)}";
    }

    public static string Totals(ListQuarantineResponse page)
        => $"{page.OpenCount:N0} open, {page.MendedCount:N0} mended, {page.DismissedCount:N0} dismissed; {page.ByteCount / 1e6:N1} MB{(page.DroppedCount > 0 ? $"; {page.DroppedCount:N0} were dropped unseen to make room" : "")}";

    public static IEnumerable<string> Whole(GetQuarantineEntryResponse answer)
    {
        var entry = answer.Entry;
        yield return $"entry    {Convert.ToHexStringLower(entry.EntryId.Span)}";
        yield return $"state    {Word(entry.State)}{(entry.Remark.Length > 0 ? $": {Shown(entry.Remark)}" : "")}";
        yield return $"file     {entry.FileName}, line {entry.Line}, by {Word(entry.Source)} as {entry.Format}";
        yield return $"time     {Time(entry)}{(entry.Times > 1 ? $", came {entry.Times} times, last {entry.LastTime.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}" : "")}";
        yield return $"label    {entry.Label.HandlingLevel}, {entry.Label.DataMode}{(entry.Label.ReleasableToListedOnly ? $", releasable to {string.Join(", ", entry.Label.ReleasableTo)}" : "")}{(entry.Label.OriginatorControlled ? ", originator controlled" : "")}";
        foreach (string reason in entry.Reasons.Split('\n')) yield return $"refused  {Shown(reason)}";
        foreach (string line in Lines(answer.Before)) yield return $"       | {line}";
        foreach (string line in Lines(answer.Text)) yield return $"    >  | {line}";
        foreach (string line in Lines(answer.After)) yield return $"       | {line}";
        if (entry.TextBytes == 0) yield return "There is no text to mend; send the whole file again when it is corrected.";
        else if (entry.Cut) yield return "There was more than is kept; send the whole file again when it is corrected.";
    }

    private static IEnumerable<string> Lines(ByteString bytes)
        => bytes.IsEmpty ? [] : Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n').Split('\n').Select(Shown);

    /// <summary>What stood in a file is shown without what would move a terminal's cursor.</summary>
    private static string Shown(string text) => new([.. text.Select(c => char.IsControl(c) && c != '\t' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c)]);

    private static string Time(QuarantineEntry entry) => $"{entry.Time.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}";

    private static string Word<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();
}
