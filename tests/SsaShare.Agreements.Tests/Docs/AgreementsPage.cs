using System.Text.RegularExpressions;

namespace SsaShare.Agreements.Tests;

/// <summary>An example of docs/agreements.md: part of a document, and the rows of the table after it or the words of its refusal.</summary>
/// <param name="Line">Of the page, for messages.</param>
public sealed record PageExample(int Line, string Yaml, bool IsRefused, IReadOnlyList<PageRow> Rows, string? Refusal)
{
    public override string ToString() => $"line {Line}";
}

/// <summary>What one row asks and answers.</summary>
public sealed record PageRow(int Line, string From, string To, string Record, string Then);

/// <summary>Reads the examples of docs/agreements.md.</summary>
internal static partial class AgreementsPage
{
    public static IReadOnlyList<PageExample> Read()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Federation.SeedFolder, "..", "..", "docs", "agreements.md"));
        var examples = new List<PageExample>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```yaml", StringComparison.Ordinal)) continue;
            int begin = i;
            while (lines[++i] != "```")
            {
            }
            string yaml = string.Join('\n', lines[(begin + 1)..i]);
            var after = lines[(i + 1)..].SkipWhile(string.IsNullOrEmpty).TakeWhile(line => line.StartsWith('|') || line.StartsWith('>')).ToList();
            int first = Array.FindIndex(lines, i + 1, line => line.Length > 0);
            var rows = after.Where(line => line.StartsWith('|')).Select((line, n) => (Cells: Cells().Split(line.Trim('|')), Line: first + n + 1)).Skip(2)
                .Select(row => new PageRow(row.Line, row.Cells[0].Trim(), row.Cells[1].Trim(), row.Cells[2].Trim(), row.Cells[3].Trim())).ToList();
            examples.Add(new PageExample(begin + 1, yaml, lines[begin].EndsWith("refused", StringComparison.Ordinal), rows, after.FirstOrDefault(line => line.StartsWith('>'))?.TrimStart('>', ' ')));
        }
        return examples;
    }

    [GeneratedRegex(@"\|")]
    private static partial Regex Cells();
}
