using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SsaShare.Exchange;

/// <summary>Ascending indices as text: "0-11,14,20-999".</summary>
public static class IndexRuns
{
    /// <param name="indices">Ascending, none twice.</param>
    public static string Write(IEnumerable<int> indices)
    {
        var text = new StringBuilder();
        (int First, int Last)? run = null;
        foreach (int index in indices)
        {
            if (run is { } open && index == open.Last + 1)
            {
                run = (open.First, index);
                continue;
            }
            Close(text, run);
            run = (index, index);
        }
        Close(text, run);
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> writes, and nothing else: one text for each set of indices. Total.</summary>
    /// <param name="text">May be anything.</param>
    /// <param name="end">Every index is below it.</param>
    /// <param name="indices">At least one.</param>
    public static bool TryRead(string text, int end, [NotNullWhen(true)] out List<int>? indices)
    {
        indices = [];
        int next = 0;
        foreach (var part in text.AsSpan().Split(','))
        {
            var run = text.AsSpan(part);
            int dash = run.IndexOf('-');
            // What follows the run before without a gap would have belonged to it.
            if (!TryReadNumber(dash < 0 ? run : run[..dash], out int first) || first < next) return Fail(out indices);
            int last = first;
            if (dash >= 0 && (!TryReadNumber(run[(dash + 1)..], out last) || last <= first)) return Fail(out indices);
            if (last >= end) return Fail(out indices);
            for (int i = first; i <= last; i++) indices.Add(i);
            next = last + 2;
        }
        return true;
    }

    private static bool Fail(out List<int>? indices)
    {
        indices = null;
        return false;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> digits, out int number)
        => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (digits.Length == 1 || digits[0] != '0');

    private static void Close(StringBuilder text, (int First, int Last)? run)
    {
        if (run is not { } closed) return;
        if (text.Length > 0) text.Append(',');
        text.Append(CultureInfo.InvariantCulture, $"{closed.First}");
        if (closed.Last > closed.First) text.Append(CultureInfo.InvariantCulture, $"-{closed.Last}");
    }
}
