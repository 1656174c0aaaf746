namespace SsaShare.Formats;

/// <summary>One thing found in a file of orbit messages: a state, a set of elements, an issue or, where such are asked for, a refused part; never two of them.</summary>
/// <param name="State">From an OPM; null when this is something else.</param>
/// <param name="Elements">From an OMM; null when this is something else.</param>
/// <param name="Issue">What is wrong; null when something was taken.</param>
/// <param name="Line">First line of the message, or that of the issue.</param>
public readonly record struct OdmItem(OrbitState? State, ElementSet? Elements, ReadIssue? Issue, long Line)
{
    /// <summary>What was refused, after its issues; null when this is something else.</summary>
    public RefusedPart? Refused { get; init; }
}

/// <summary>What the reader of orbit messages must be told, and its limits.</summary>
public sealed record OdmReadOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>The present; an epoch more than <see cref="OdmLimits.AheadMax"/> later is refused.</summary>
    public required Epoch Now { get; init; }

    /// <summary>Whether items tell what was refused as it stood in the file, beside why.</summary>
    public bool KeepsRefused { get; init; }

    /// <summary>Longest line taken, bytes. The standard allows 254.</summary>
    public int MaxLineBytes { get; init; } = 1_024;

    /// <summary>After this many issues the rest of the file is not read.</summary>
    public int MaxIssues { get; init; } = 1_000;
}

/// <summary>What an orbit about the Earth can be; anything else is refused.</summary>
public static class OdmLimits
{
    /// <summary>Least and greatest distance from the Earth's centre, km: a little below the ground at the poles, and half again the Moon's distance.</summary>
    public const double MinDistanceKm = 6_300, MaxDistanceKm = 600_000;

    /// <summary>Fastest, km/s.</summary>
    public const double MaxSpeedKmPerS = 100;

    /// <summary>Fastest mean motion, rev/day.</summary>
    public const double MaxMeanMotionRevPerDay = 20;

    /// <summary>How far ahead an epoch may lie.</summary>
    public static TimeSpan AheadMax { get; } = TimeSpan.FromDays(30);

    /// <summary>Most lines of one message, comments not counted.</summary>
    public const int MessageLinesMax = 1_000;
}
