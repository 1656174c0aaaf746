using SsaShare.Exchange;
using SsaShare.Transparency;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>An audit for people: lines of markup, one for each step; where a step failed, what that means.</summary>
internal static class EvidenceText
{
    public static IEnumerable<string> Lines(EvidenceAudit audit)
    {
        foreach (var report in audit.Bundles)
        {
            yield return $" [bold]{report.Name.EscapeMarkup()}[/]";
            foreach (string line in Lines(report.Steps, report.Notes)) yield return line;
            foreach (string proven in report.Proven) yield return $"  [blue]proves[/]  {proven.EscapeMarkup()}";
            foreach (string open in report.Open) yield return $"  [grey]leaves open[/]  {open.EscapeMarkup()}";
            if (report.EntryCounts.Count > 0)
                yield return $"          entries: {string.Join(", ", report.EntryCounts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}")).EscapeMarkup()}";
        }
        if (audit.Comparison.Count == 0) yield break;
        yield return " [bold]compared with each other[/]";
        foreach (string line in Lines(audit.Comparison, audit.Notes)) yield return line;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<VerificationStep> steps, IReadOnlyList<string> notes)
    {
        foreach (var step in steps)
        {
            yield return $"  {(step.Succeeded ? "[green]ok[/]    " : "[red]FAILED[/]")}  {step.Name.EscapeMarkup()}: {step.Explanation.EscapeMarkup()}";
            if (!step.Succeeded && step.Meaning is { } meaning) yield return $"          what that means: {meaning.EscapeMarkup()}";
        }
        foreach (string note in notes) yield return $"  [yellow]note[/]    {note.EscapeMarkup()}";
    }
}
