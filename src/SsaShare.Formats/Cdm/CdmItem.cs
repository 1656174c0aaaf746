namespace SsaShare.Formats;

/// <summary>One thing found in a file of conjunction data messages: a message, an issue or, where such are asked for, a refused part; never two of them.</summary>
/// <param name="Message">Null when this is something else.</param>
/// <param name="Issue">Null when this is something else.</param>
/// <param name="Line">First line of the message, or that of the issue.</param>
public readonly record struct CdmItem(ConjunctionMessage? Message, ReadIssue? Issue, long Line)
{
    /// <summary>What was refused, after its issues; null when this is something else.</summary>
    public RefusedPart? Refused { get; init; }
}

/// <summary>What the reader of conjunction data messages must be told, and its limits.</summary>
public sealed record CdmReadOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>The present; an approach more than <see cref="CdmLimits.AheadMax"/> later is refused.</summary>
    public required Epoch Now { get; init; }

    /// <summary>Lenient: what a message may do without and cannot be read (figures that its states give too, the observations used, the body) counts as not stated, with a notice, instead of refusing the message.</summary>
    public ReadMode Mode { get; init; }

    /// <summary>Whether items tell what was refused as it stood in the file, beside why.</summary>
    public bool KeepsRefused { get; init; }

    /// <summary>Longest line taken, bytes. The standard allows 254.</summary>
    public int MaxLineBytes { get; init; } = 1_024;

    /// <summary>After this many issues the rest of the file is not read.</summary>
    public int MaxIssues { get; init; } = 1_000;
}

/// <summary>What a conjunction data message can hold; anything else is refused.</summary>
public static class CdmLimits
{
    /// <summary>How far ahead an approach may lie.</summary>
    public static TimeSpan AheadMax { get; } = TimeSpan.FromDays(366);

    /// <summary>Most lines of one message, comments not counted, and most comments of each part.</summary>
    public const int MessageLinesMax = 1_000, CommentsMax = 200;

    /// <summary>Longest text of a keyword or comment, characters.</summary>
    public const int TextMax = 254;
}
