namespace SsaShare.Formats;

/// <summary>Mean elements as a file says them, as elements for SGP4: for who wants both. <see cref="ElementSetReader"/> gives the latter alone.</summary>
public static class ElementSets
{
    /// <summary>The elements for SGP4, or why there are none: the limits are those of <see cref="ElementSetReader"/>.</summary>
    /// <param name="from">As read.</param>
    /// <param name="options">With which they were read.</param>
    /// <param name="line">At which they begin, for the issues.</param>
    /// <param name="issues">Gets what is refused, and notices.</param>
    /// <returns>Null when they are refused.</returns>
    public static ElementSet? Interpret(MeanElements from, FormatReadOptions options, long line, ICollection<ReadIssue> issues)
    {
        var output = new ElementOutput<ElementSet>(options with { KeepsRefused = false }, ElementSetInterpreter.Interpret) { Locator = new FirstLineOfRecord(line) };
        output.End(from, line, [], []);
        ElementSet? set = null;
        foreach (var item in output.Items)
        {
            if (item.Issue is { } issue) issues.Add(issue);
            set ??= item.Value;
        }
        return set;
    }

    private sealed class FirstLineOfRecord(long line) : IFieldLocator
    {
        public (long Line, int Column) Locate(string field) => (line, 0);
    }
}
