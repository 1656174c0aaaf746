namespace SsaShare.Formats;

/// <summary>What the reader of a tracking data message must be told, and its limits.</summary>
public sealed record TdmReadOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>The present; an observation more than one day later is refused.</summary>
    public required Epoch Now { get; init; }

    /// <summary>Whether the publisher has such a sensor; null takes every sensor.</summary>
    public Func<SensorId, bool>? IsKnownSensor { get; init; }

    /// <summary>Whether items tell what was refused as it stood in the file, beside why.</summary>
    public bool KeepsRefused { get; init; }

    /// <summary>Longest line taken, bytes. The standard allows 254.</summary>
    public int MaxLineBytes { get; init; } = 1_024;

    /// <summary>After this many issues the rest of the file is not read.</summary>
    public int MaxIssues { get; init; } = 1_000;
}
