namespace SsaShare.Formats;

/// <summary>Axes that formats of ephemerides name.</summary>
public enum EphemerisFrame
{
    /// <summary>Some other, or not told; <see cref="EphemerisSegment.FrameName"/> is what the file says.</summary>
    Other = 0,
    /// <summary>Earth-fixed: ITRF, one of its realisations, or IGS's.</summary>
    Itrf = 1,
    /// <summary>ICRF axes; about the Earth the GCRF.</summary>
    Icrf = 2,
    /// <summary>Mean equator and equinox of J2000.0.</summary>
    Eme2000 = 3,
    /// <summary>True equator, mean equinox of date.</summary>
    Teme = 4,
    /// <summary>True equator and equinox of date.</summary>
    TrueOfDate = 5,
    /// <summary>Mean equator and equinox of date.</summary>
    MeanOfDate = 6,
    /// <summary>Mean equator and equinox of B1950.0.</summary>
    B1950 = 7,
    /// <summary>Radial, along-track (in the sense of the velocity, square to the radius), cross-track (along the angular momentum): RTN, RSW, UVW. Only of covariances.</summary>
    Rtn = 8,
    /// <summary>Along the velocity, in plane, cross-track: TNW. Only of covariances.</summary>
    Tnw = 9,
}

/// <summary>How the points of a segment say where something is.</summary>
public enum EphemerisCoordinates
{
    Cartesian = 0,
    /// <summary>Geodetic latitude, longitude and height above the reference ellipsoid.</summary>
    GeodeticHeight = 1,
    /// <summary>Geocentric latitude, longitude and distance from the centre.</summary>
    GeocentricRadius = 2,
    /// <summary>Geocentric latitude, longitude and height above the reference ellipsoid.</summary>
    GeocentricHeight = 3,
    /// <summary>Geodetic latitude, longitude and distance from the centre.</summary>
    GeodeticRadius = 4,
    /// <summary>Geodetic latitude, longitude and height above mean sea level.</summary>
    SeaLevelHeight = 5,
    /// <summary>Geodetic latitude, longitude and height above the ground.</summary>
    TerrainHeight = 6,
}

/// <summary>What the points that follow have in common.</summary>
public sealed record EphemerisSegment : EphemerisItem
{
    public string? ObjectName { get; init; }

    /// <summary>International designator: 1976-039A.</summary>
    public string? CosparId { get; init; }

    /// <summary>Catalogue number.</summary>
    public long? NoradId { get; init; }

    /// <summary>The objects of a file in which the points of several alternate, blank between them; empty where there is one object.</summary>
    public string Objects { get; init; } = "";

    /// <summary>In capitals: EARTH.</summary>
    public string Center { get; init; } = "EARTH";

    public EphemerisFrame Frame { get; init; }

    /// <summary>As the file says.</summary>
    public required string FrameName { get; init; }

    /// <summary>Of a frame that has one, in the segment's time system.</summary>
    public EphemerisTime? FrameEpoch { get; init; }

    public EphemerisTimeSystem TimeSystem { get; init; }

    /// <summary>From which a format counts that gives times in seconds.</summary>
    public EphemerisTime? ReferenceTime { get; init; }

    /// <summary>As the file says before the points; null where it does not.</summary>
    public EphemerisTime? Start { get; init; }

    /// <summary>As the file says before the points; null where it does not.</summary>
    public EphemerisTime? Stop { get; init; }

    /// <summary>Between points, as the file says.</summary>
    public decimal? StepSeconds { get; init; }

    /// <summary>Epochs that follow, as the file says.</summary>
    public long? EpochCount { get; init; }

    /// <summary>LAGRANGE, HERMITE, LINEAR, in capitals; null where the file leaves it open.</summary>
    public string? Interpolation { get; init; }

    public int? InterpolationDegree { get; init; }

    public EphemerisCoordinates Coordinates { get; init; }

    public EphemerisFields Extras { get; init; } = EphemerisFields.None;
}
