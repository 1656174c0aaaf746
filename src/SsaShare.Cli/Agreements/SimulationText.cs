using System.Globalization;
using Google.Protobuf;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>What a simulation came to, for people: one table for each agreement, then the sums.</summary>
internal static class SimulationText
{
    private const int ExampleDigits = 16;
    private static readonly string[] Header = ["outcome", "clause", "reason", "class", "records", "for example"];

    public static IEnumerable<string> Lines(SimulateAgreementRequest request, SimulationResult result)
    {
        yield return $"{N(result.ConsideredCount)} records published since {DecisionWords.Time(request.Since)}, decided for {request.ReaderId} at {DecisionWords.Time(result.DecidedAt)}";
        foreach (var agreement in result.Agreements)
        {
            yield return "";
            yield return agreement.Draft
                ? $"draft {AgreementText.Plain(request.DraftFileName)}  {AgreementText.Plain(agreement.Title)}, signed by nobody, taken as in force"
                : $"agreement {DecisionWords.Short(agreement.AgreementId)}  {AgreementText.Plain(agreement.Title)}, {agreement.State}";
            string[][] rows = [.. agreement.Rows.Select(Cells)];
            foreach (string line in Columns.Lines("  ", rows.Length == 0 ? [] : Header, rows, rightAligned: 4)) yield return line;
            yield return $"  {Sums(agreement.FullCount, agreement.DegradedCount, agreement.WithheldCount)}";
            foreach (string note in agreement.Notes) yield return $"  note: {AgreementText.Plain(note)}";
        }
        yield return "";
        yield return $"in all: {Sums(result.FullCount, result.DegradedCount, result.WithheldCount)}";
        foreach (string note in result.Notes) yield return $"note: {AgreementText.Plain(note)}";
    }

    private static string[] Cells(SimulatedRow row) =>
    [
        DecisionWords.Outcome(row.Outcome, row.Profile), DecisionWords.OrDash(row.Clause), DecisionWords.OrDash(row.Reason), DecisionWords.Class(row.RecordClass), N(row.Count),
        string.Join(' ', row.ExampleIds.Select(Example)),
    ];

    private static string Sums(long full, long degraded, long withheld) => $"{N(full)} as published, {N(degraded)} degraded only, {N(withheld)} withheld";
    private static string Example(ByteString id) => Convert.ToHexStringLower(id.Span)[..ExampleDigits];
    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
