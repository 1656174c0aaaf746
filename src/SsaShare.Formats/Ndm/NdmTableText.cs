using System.Collections.Immutable;
using System.Globalization;

namespace SsaShare.Formats;

/// <summary>
/// Tables of messages as text, a line for each keyword: obligation (M, O, C), keyword, type, and as needed its unit, words:A|B (a ~ in them is a blank), since:3.0, until:1.0, default:UTC, min:0, max:1. A keyword NAME_n
/// stands for five. A * before the obligation: in KVN the block begins with it; a ^: the block around it does.
/// </summary>
internal static class NdmTableText
{
    public static NdmBlock Block(string name, NdmObligation obligation, params ReadOnlySpan<NdmPart> parts) => new(name, obligation, [.. Entries(parts)]);

    public static ImmutableArray<NdmKeyword> Keywords(string lines) => [.. Lines(lines)];

    private static List<NdmEntry> Entries(ReadOnlySpan<NdmPart> parts)
    {
        var entries = new List<NdmEntry>();
        foreach (var part in parts)
        {
            if (part.Block is { } block) entries.Add(block);
            else entries.AddRange(Lines(part.Lines));
        }
        return entries;
    }

    private static IEnumerable<NdmKeyword> Lines(string lines)
        => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(Line);

    private static IEnumerable<NdmKeyword> Line(string line)
    {
        string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string obligation = columns[0].TrimStart('*', '^'), name = columns[1];
        string unit = "", since = "", until = "", byDefault = "";
        double min = double.NegativeInfinity, max = double.PositiveInfinity;
        ImmutableArray<string> words = [];
        foreach (string column in columns.Skip(3))
        {
            if (column.StartsWith("since:", StringComparison.Ordinal)) since = column[6..];
            else if (column.StartsWith("until:", StringComparison.Ordinal)) until = column[6..];
            else if (column.StartsWith("default:", StringComparison.Ordinal)) byDefault = column[8..];
            else if (column.StartsWith("min:", StringComparison.Ordinal)) min = double.Parse(column[4..], CultureInfo.InvariantCulture);
            else if (column.StartsWith("max:", StringComparison.Ordinal)) max = double.Parse(column[4..], CultureInfo.InvariantCulture);
            else if (column.StartsWith("words:", StringComparison.Ordinal)) words = [.. column[6..].Replace('~', ' ').Split('|')];
            else unit = column;
        }
        var keyword = new NdmKeyword(name, TypeOf(columns[2]), unit, ObligationOf(obligation), words)
        {
            Since = since,
            Until = until,
            Default = byDefault,
            Min = min,
            Max = max,
            Begins = columns[0][0] switch { '*' => 1, '^' => 2, _ => 0 },
        };
        return name.EndsWith("_n", StringComparison.Ordinal) ? Enumerable.Range(1, 5).Select(n => keyword with { Name = $"{name[..^1]}{n}" }) : [keyword];
    }

    private static NdmObligation ObligationOf(string mark) => mark switch
    {
        "M" => NdmObligation.Mandatory,
        "O" => NdmObligation.Optional,
        "C" => NdmObligation.Conditional,
        _ => throw new ArgumentException($"'{mark}' is no obligation.", nameof(mark)),
    };

    private static NdmType TypeOf(string word) => word switch
    {
        "text" => NdmType.Text,
        "number" => NdmType.Number,
        "integer" => NdmType.WholeNumber,
        "epoch" => NdmType.Epoch,
        "time" => NdmType.Time,
        "word" => NdmType.Word,
        "numbers" => NdmType.Numbers,
        "frame" => NdmType.Frame,
        "system" => NdmType.TimeSystem,
        _ => throw new ArgumentException($"'{word}' is no type.", nameof(word)),
    };
}

/// <summary>Lines of keywords, or a block, in a table.</summary>
internal readonly record struct NdmPart(string Lines, NdmBlock? Block)
{
    public static implicit operator NdmPart(string lines) => new(lines, null);

    public static implicit operator NdmPart(NdmBlock block) => new("", block);
}
