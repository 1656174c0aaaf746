namespace SsaShare.Cli;

/// <summary>Rows of text set in columns, each as wide as its widest cell: plain lines, the same for a terminal and for a file.</summary>
internal static class Columns
{
    /// <param name="indent">What every line begins with.</param>
    /// <param name="header">One text for each column.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="rightAligned">Columns of numbers, from 0.</param>
    public static IEnumerable<string> Lines(string indent, string[] header, IReadOnlyCollection<string[]> rows, params int[] rightAligned)
    {
        var all = header.Length == 0 ? rows : [header, .. rows];
        if (all.Count == 0) yield break;
        int[] widths = [.. Enumerable.Range(0, all.First().Length).Select(column => all.Max(row => row[column].Length))];
        foreach (string[] row in all)
            yield return $"{indent}{string.Join("  ", row.Select((cell, column) => rightAligned.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))}".TrimEnd();
    }
}
