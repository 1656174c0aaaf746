namespace SsaShare.Formats;

/// <summary>Where an object is at a time, as the file says: in the frame, the coordinates and the time system of its segment.</summary>
/// <remarks>Formats in metres or decimetres are read by moving the decimal point of the text, so nothing is rounded twice and what is written back is the same number.</remarks>
public sealed record EphemerisPoint : EphemerisItem
{
    public required EphemerisTime Time { get; init; }

    /// <summary>Which of the segment's objects; null where it has one.</summary>
    public string? ObjectTag { get; init; }

    /// <summary>Null where the file says that it is not known, or where it gives a <see cref="Place"/>.</summary>
    public Vector3d? PositionKm { get; init; }

    public Vector3d? VelocityKmPerS { get; init; }

    public Vector3d? AccelerationKmPerS2 { get; init; }

    /// <summary>Of a segment in other than cartesian coordinates.</summary>
    public EphemerisPlace? Place { get; init; }

    /// <summary>Of the object's own clock against the time system.</summary>
    public double? ClockUs { get; init; }

    /// <summary>Rate of <see cref="ClockUs"/>, microseconds per second.</summary>
    public double? ClockRateUsPerS { get; init; }

    public EphemerisFields Extras { get; init; } = EphemerisFields.None;
}

/// <summary>A place in latitude, longitude and height or radius, with its rates where the file gives them.</summary>
public sealed record EphemerisPlace(double LatitudeDeg, double LongitudeDeg, double HeightOrRadiusKm)
{
    public double? LatitudeRateDegPerS { get; init; }

    public double? LongitudeRateDegPerS { get; init; }

    public double? HeightOrRadiusRateKmPerS { get; init; }
}

/// <summary>How sure a position, or a position and velocity, are: a symmetric matrix of km², km²/s and km²/s² in the order x y z vx vy vz.</summary>
public sealed record EphemerisCovariance : EphemerisItem
{
    public required EphemerisTime Time { get; init; }

    /// <summary>Which of the segment's objects; null where it has one.</summary>
    public string? ObjectTag { get; init; }

    public EphemerisFrame Frame { get; init; }

    /// <summary>As the file says.</summary>
    public required string FrameName { get; init; }

    /// <summary>6 entries (position) or 21 (position and velocity) of the lower triangle, row by row.</summary>
    public required IReadOnlyList<double> LowerKmAndS { get; init; }

    public bool Equals(EphemerisCovariance? other)
        => other is not null && (Time, ObjectTag, Frame, FrameName) == (other.Time, other.ObjectTag, other.Frame, other.FrameName) && LowerKmAndS.SequenceEqual(other.LowerKmAndS);

    public override int GetHashCode() => HashCode.Combine(Time, ObjectTag, Frame, LowerKmAndS.Count, LowerKmAndS.Count == 0 ? 0 : LowerKmAndS[0]);
}
