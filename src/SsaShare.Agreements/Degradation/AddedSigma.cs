namespace SsaShare.Agreements;

/// <summary>
/// One-sigma error that degrading added to each quantity, independent of the record's own error; null where nothing was added. Computed only from
/// the profile and from degraded values: a figure computed from a true value would tell it.
/// </summary>
public sealed record AddedSigma
{
    /// <summary>Of an observation's range, km.</summary>
    public double? RangeKm { get; init; }

    /// <summary>Of an observation's azimuth, rad: the profile's angle divided by the cosine of the degraded elevation.</summary>
    public double? AzimuthRad { get; init; }

    /// <summary>Of an observation's elevation, rad.</summary>
    public double? ElevationRad { get; init; }

    /// <summary>Of an observation's range rate, km/s.</summary>
    public double? RangeRateKmPerS { get; init; }

    /// <summary>Of each axis of a state's position, km.</summary>
    public double? PositionKm { get; init; }

    /// <summary>Of each axis of a state's velocity, km/s.</summary>
    public double? VelocityKmPerS { get; init; }

    /// <summary>Of the epoch, s.</summary>
    public double? EpochS { get; init; }

    /// <summary>Of each angle of an element set, rad.</summary>
    public double? ElementAngleRad { get; init; }

    /// <summary>Of an element set's eccentricity.</summary>
    public double? Eccentricity { get; init; }

    /// <summary>Of an element set's mean motion, rev/day.</summary>
    public double? MeanMotionRevPerDay { get; init; }
}
