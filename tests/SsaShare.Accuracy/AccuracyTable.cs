using System.Globalization;
using System.Text;
using SsaShare.Tests;

namespace SsaShare.Accuracy;

/// <summary>Measurements as a table: a row for each case, its statistics side by side; below it, lines that are not of six parts as they were printed.</summary>
internal static class AccuracyTable
{
    public static string Of(IReadOnlyList<Measurement> measured)
    {
        if (measured.Count == 0) return "nothing\n";
        var text = new StringBuilder();
        var rows = measured.Where(m => m.Line is not null).GroupBy(m => (m.Line!.What, m.Line.Against, m.Line.Unit, m.Test)).ToList();
        if (rows.Count > 0) text.Append("| what | measured against | result | aim | test |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var lines = row.Select(m => m.Line!).Distinct().ToList();
            string result = string.Join(", ", lines.Select(l => Named(l, Number(l.Value)))), aims = string.Join(", ", lines.Where(l => l.Aim is not null).Select(l => Reached(l, lines.Count)));
            text.Append(CultureInfo.InvariantCulture, $"| {row.Key.What} | {row.Key.Against} | {(result + " " + row.Key.Unit).TrimEnd()} | {aims} | {row.Key.Test} |\n");
        }
        var plain = measured.Where(m => m.Line is null).ToList();
        if (plain.Count > 0 && rows.Count > 0) text.Append('\n');
        foreach (var m in plain) text.Append(CultureInfo.InvariantCulture, $"- {m.Text} ({m.Test})\n");
        return text.ToString();
    }

    /// <summary>At least three digits, thousands whole, very small ones as powers of ten.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        string form = size >= 1_000 || (size == Math.Truncate(size) && size < 1_000) ? "N0" : size >= 100 ? "F1" : size >= 1 ? "F2" : size >= 0.01 ? "F3" : "0.0e-0";
        return value.ToString(form, CultureInfo.InvariantCulture);
    }

    private static string Reached(MeasuredLine line, int beside)
    {
        string aim = $"{(line.Aim!.Value.IsUpper ? "≤" : "≥")} {Number(line.Aim.Value.Limit)}";
        return $"{(beside > 1 ? Named(line, aim) : aim)}{(line.IsMissed ? " **missed**" : " met")}";
    }

    private static string Named(MeasuredLine line, string text) => $"{line.Statistic} {text}".TrimStart();
}
