namespace SsaShare.Formats;

/// <summary>The instant that a sensor's time tags belong to.</summary>
public enum SensorTimeTag
{
    /// <summary>Not told.</summary>
    Unspecified = 0,
    /// <summary>When the signal met the object.</summary>
    Reflection = 1,
    /// <summary>When the signal came to the sensor.</summary>
    Reception = 2,
    /// <summary>When the signal left the sensor.</summary>
    Transmission = 3,
}

/// <summary>What the air does to a sensor's measurements, as far as the sensor did not take it off.</summary>
public enum SensorRefraction
{
    /// <summary>Not told.</summary>
    Unspecified = 0,
    /// <summary>Nothing, or taken off.</summary>
    None = 1,
    /// <summary>Radio waves in the troposphere.</summary>
    Radio = 2,
    /// <summary>Light in the troposphere.</summary>
    Laser = 3,
}

/// <summary>Axes of a sensor's right ascension and declination.</summary>
public enum SensorAngleFrame
{
    /// <summary>Not told.</summary>
    Unspecified = 0,
    Gcrf = 1,
    /// <summary>Mean equator and equinox of J2000.0.</summary>
    Eme2000 = 2,
    /// <summary>True equator, mean equinox of date.</summary>
    Teme = 3,
    /// <summary>True equator and equinox of date.</summary>
    TrueOfDate = 4,
}

/// <summary>One figure for each kind of measurement: km, rad, rad, km/s, rad, rad; null where there is none.</summary>
public sealed record SensorFigures(
    double? RangeKm = null, double? AzimuthRad = null, double? ElevationRad = null, double? RangeRateKmPerS = null, double? RightAscensionRad = null, double? DeclinationRad = null)
{
    public static SensorFigures None { get; } = new();
}

/// <summary>Within what a sensor sees. Azimuth goes clockwise from the first to the second, across north where the first is larger.</summary>
public sealed record SensorLimits(double RangeFromKm, double RangeToKm, double AzimuthFromRad, double AzimuthToRad, double ElevationFromRad, double ElevationToRad);

/// <summary>A sensor as a file of several describes it: on the ground, or on a platform whose ephemeris is a file of its own.</summary>
public sealed record SensorDescription
{
    /// <summary>As observations name it: "932", "ANTIGUA". A number has no zeros before it.</summary>
    public required string Id { get; init; }

    /// <summary>For people; null where the file has none.</summary>
    public string? Name { get; init; }

    /// <summary>On the WGS 84 ellipsoid; null where the sensor moves.</summary>
    public Geodetic? Site { get; init; }

    /// <summary>ITRF; null where the file gives latitude, longitude and height.</summary>
    public Vector3d? PositionKm { get; init; }

    /// <summary>Of the ground, ITRF; null where not told.</summary>
    public Vector3d? VelocityKmPerYear { get; init; }

    /// <summary>Of which <see cref="PositionKm"/> is; null where not told.</summary>
    public Epoch? PositionEpoch { get; init; }

    /// <summary>File with the ephemeris of the platform, relative to the file that names it; null where the sensor stands on the ground.</summary>
    public string? PlatformEphemeris { get; init; }

    /// <summary>One-sigma noise; null where the sensor does not measure the kind, or no figure is given.</summary>
    public SensorFigures Sigma { get; init; } = SensorFigures.None;

    /// <summary>Measured less true.</summary>
    public SensorFigures Bias { get; init; } = SensorFigures.None;

    /// <summary>When it looks for objects; null where no limits are given.</summary>
    public SensorLimits? Search { get; init; }

    /// <summary>When it follows one; null where no limits are given.</summary>
    public SensorLimits? Track { get; init; }

    public SensorTimeTag TimeTag { get; init; }

    public SensorRefraction Refraction { get; init; }

    public SensorAngleFrame AngleFrame { get; init; }

    /// <summary>By how much ranges to what is ranged fall short of those to its centre of mass: 0.251 m for LAGEOS; null where not told.</summary>
    public double? CentreOfMassOffsetKm { get; init; }

    /// <summary>Line of the file at which it begins, from 1.</summary>
    public long Line { get; init; }
}
