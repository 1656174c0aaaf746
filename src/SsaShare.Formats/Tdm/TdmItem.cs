namespace SsaShare.Formats;

/// <summary>One thing found in a tracking data message: an observation, an issue or, where such are asked for, a refused part; never two of them.</summary>
/// <param name="Observation">Taken over; null when this is something else.</param>
/// <param name="Issue">What is wrong; null when this is something else.</param>
/// <param name="Segment">The metadata the observation stands under; null outside segments.</param>
/// <param name="FirstLine">First line of the observation or the line of the issue.</param>
/// <param name="LastLine">Last line of the observation, which may have one line per measured quantity.</param>
public readonly record struct TdmItem(Observation? Observation, ReadIssue? Issue, TdmSegment? Segment, long FirstLine, long LastLine)
{
    /// <summary>What was refused, after its issues; null when this is something else.</summary>
    public RefusedPart? Refused { get; init; }
}

/// <summary>What was read so far. Owned by the reader; grows while it reads.</summary>
public sealed class TdmSummary
{
    public long Lines { get; internal set; }
    public int Segments { get; internal set; }
    public int SegmentsRefused { get; internal set; }
    public long Observations { get; internal set; }

    /// <summary>Observations begun and refused, one for each epoch.</summary>
    public long ObservationsRefused { get; internal set; }

    /// <summary>Data lines passed over because their segment or their quantity was refused, or is not kept.</summary>
    public long LinesNotKept { get; internal set; }

    /// <summary>Issues of both severities.</summary>
    public int Issues { get; internal set; }

    /// <summary>False when reading stopped early: not a tracking data message, or too many issues.</summary>
    public bool ReadToEnd { get; internal set; }
}
