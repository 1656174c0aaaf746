namespace SsaShare.Agreements;

/// <summary>The known word that an author most likely meant.</summary>
internal static class NearestWord
{
    /// <summary>" Did you mean 'x'?" for the nearest word by Damerau-Levenshtein distance, or nothing when none is near.</summary>
    public static string Suggest(string text, IEnumerable<string> known)
    {
        if (text.Length > 64) return "";
        var (best, distance) = ("", int.MaxValue);
        foreach (string word in known)
        {
            int d = Distance(text.ToUpperInvariant(), word.ToUpperInvariant());
            if (d < distance) (best, distance) = (word, d);
        }
        return distance <= Math.Max(1, best.Length / 3) ? $" Did you mean '{best}'?" : "";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[] twoBack = new int[b.Length + 1], back = new int[b.Length + 1], row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) back[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], back[j]) + 1, back[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
            }
            (twoBack, back, row) = (back, row, twoBack);
        }
        return back[b.Length];
    }
}
