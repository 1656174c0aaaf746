namespace SsaShare.Formats;

/// <summary>What moment of a signal's way its time tag is of.</summary>
public enum TimeTagEvent
{
    /// <summary>The format does not tell: the moment of the observation at the sensor.</summary>
    Observation = 0,
    /// <summary>The signal's return to the station.</summary>
    Reception = 1,
    /// <summary>The signal's start from the station.</summary>
    Transmission = 2,
    /// <summary>The signal at the object.</summary>
    Bounce = 3,
}

/// <summary>An instant as an observer gave it.</summary>
/// <param name="Epoch">The instant; digits that were not given count as zero.</param>
/// <param name="PrecisionS">What the last digit counts, s: 0.001 for milliseconds, 86,400 when only the day was given.</param>
public readonly record struct ObservationTime(Epoch Epoch, double PrecisionS)
{
    /// <summary>The time scale it was given in.</summary>
    public TdmTimeSystem System { get; init; } = TdmTimeSystem.Utc;

    /// <summary>The observer's own estimate of its uncertainty, s.</summary>
    public double? SigmaS { get; init; }

    /// <summary>Code of the standard that the clock was set by, as written (UK and RDE: 1 radio, 2 telephone, 3 broadcast pips; laser ranging: the station's time scale).</summary>
    public string? Standard { get; init; }

    public TimeTagEvent Event { get; init; }
}
