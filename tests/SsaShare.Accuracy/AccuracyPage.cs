using System.Text.RegularExpressions;

namespace SsaShare.Accuracy;

/// <summary>Rewrites the tables of a page between <c>&lt;!-- measured: Orbits/Earth Orbits/Time --&gt;</c> and <c>&lt;!-- end --&gt;</c>; all else stays as it is.</summary>
/// <remarks>The words are the folders whose tests are meant; "others" are the folders that no marker names, "missed" is what falls short of its aim, "when" the day and the commit.</remarks>
internal static partial class AccuracyPage
{
    private const string Others = "others", Missed = "missed", When = "when";

    /// <exception cref="FormatException">There is no place for what stands in folders that no marker names.</exception>
    public static string Rewrite(string page, IReadOnlyList<Measurement> measured, string when)
    {
        HashSet<string> named = [.. Place().Matches(page).SelectMany(Words)];
        var unnamed = measured.Where(m => !named.Contains(m.Folder)).ToList();
        if (unnamed.Count > 0 && !named.Contains(Others)) throw new FormatException($"no marker names {unnamed[0].Folder}, and none is for others");
        return Place().Replace(page, match => $"{match.Groups["open"].Value}\n{Body([.. Words(match)])}{match.Groups["close"].Value}");

        string Body(string[] words) => words switch
        {
            [When] => when + "\n",
            [Missed] => AccuracyTable.Of([.. measured.Where(m => m.Line is { IsMissed: true })]),
            [Others] => AccuracyTable.Of(unnamed),
            _ => AccuracyTable.Of([.. words.SelectMany(folder => measured.Where(m => m.Folder == folder))]),
        };
    }

    private static IEnumerable<string> Words(Match match) => match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(?<open><!-- measured: (?<words>[^>]*?) -->)\n.*?(?<close><!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Place();
}
