using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>As much of the two-line format as these tests need: well-formed published sets.</summary>
internal static class ElementLines
{
    /// <summary>The sets of a file's lines, in their order.</summary>
    public static IEnumerable<ElementSet> Read(IEnumerable<string> lines) => Pairs(lines).Select(pair => Parse(pair.First, pair.Second));

    /// <summary>First and second lines that belong together; others, as names are, left out.</summary>
    public static IEnumerable<(string First, string Second)> Pairs(IEnumerable<string> lines)
    {
        string? first = null;
        foreach (string line in lines)
        {
            string trimmed = line.TrimStart('\ufeff');
            if (trimmed.StartsWith("1 ", StringComparison.Ordinal)) first = trimmed;
            else if (trimmed.StartsWith("2 ", StringComparison.Ordinal) && first is not null) yield return (first, trimmed);
        }
    }

    public static ElementSet Parse(string first, string second) => new(
        first[2..7].Trim(), EpochOf(first[18..32]),
        Number(second[52..63]), Number("0." + second[26..33]), Angle(second[8..16]), Angle(second[17..25]), Angle(second[34..42]), Angle(second[43..51]),
        Exponential(first[53..61]), Number(first[33..43]), Exponential(first[44..52]));

    /// <summary>Two digits of the year, then the day of the year with eight decimals: kept exactly.</summary>
    private static Epoch EpochOf(string text)
    {
        int year = int.Parse(text[..2], CultureInfo.InvariantCulture), dot = text.IndexOf('.', StringComparison.Ordinal);
        var day = new DateOnly(year + (year < 57 ? 2000 : 1900), 1, 1).AddDays(int.Parse(text[2..dot], CultureInfo.InvariantCulture) - 1);
        long fraction = long.Parse(text[(dot + 1)..].PadRight(8, '0'), CultureInfo.InvariantCulture);
        return Utc.TryCreate(day, 0, 0, 0, 0, out var midnight) ? new Epoch(midnight.NanosecondsSinceJ2000 + fraction * 864_000) : throw new FormatException(text);
    }

    private static double Angle(string text) => Number(text) * (Math.PI / 180);

    private static double Number(string text) => double.Parse(text.Trim().Replace(' ', '0'), CultureInfo.InvariantCulture);

    /// <summary>" 12345-3" is 0.12345e-3.</summary>
    private static double Exponential(string text)
        => Number($"{(text[0] == '-' ? "-" : "")}0.{text[1..6].Trim()}e{text[6..8].Trim()}");
}
