namespace SsaShare.Formats;

/// <summary>One thing found in a file: a value, an issue or, where such are asked for, a refused part; never two of them.</summary>
/// <typeparam name="T">What the format's family is about: an element set, an observation, an event of a CCSDS message.</typeparam>
/// <param name="Value">Null when this is something else.</param>
/// <param name="Issue">Null when this is something else.</param>
/// <param name="Line">First line of the value, or that of the issue, from 1.</param>
public readonly record struct FormatItem<T>(T? Value, ReadIssue? Issue, long Line) where T : class
{
    /// <summary>What was refused, after its issues; null when this is something else.</summary>
    public RefusedPart? Refused { get; init; }
}

/// <summary>Makes items.</summary>
public static class FormatItem
{
    public static FormatItem<T> Of<T>(T value, long line) where T : class => new(value, null, line);

    public static FormatItem<T> Of<T>(ReadIssue issue) where T : class => new(null, issue, issue.Line);
}
