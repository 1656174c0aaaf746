namespace SsaShare.Formats;

/// <summary>What two angles are measured from.</summary>
public enum AngleKind
{
    /// <summary>Azimuth clockwise from north and elevation above the horizon.</summary>
    AzimuthElevation = 1,
    /// <summary>Topocentric right ascension and declination.</summary>
    RightAscensionDeclination = 2,
}

/// <summary>Equator and equinox to which right ascension and declination refer.</summary>
public enum Equinox
{
    NotGiven = 0,
    /// <summary>Another date, told elsewhere.</summary>
    Other = 1,
    /// <summary>The instant of the observation.</summary>
    OfDate = 2,
    /// <summary>The beginning of the year of the observation.</summary>
    OfYear = 3,
    B1855 = 1855,
    B1875 = 1875,
    B1900 = 1900,
    B1950 = 1950,
    J2000 = 2000,
    J2050 = 2050,
}

/// <summary>How angles are written: first and second, in hours (H) or degrees (D), minutes (m) and seconds (s).</summary>
public enum AngleForm
{
    /// <summary>Plain degrees with decimals, as the cards give azimuth and elevation.</summary>
    Plain = 0,
    HmsDms = 1,
    HmDm = 2,
    HmD = 3,
    DmsDms = 4,
    DmDm = 5,
    DD = 6,
    HmsD = 7,
}

/// <summary>A direction.</summary>
/// <param name="Kind">What the angles are.</param>
/// <param name="Angle1Deg">Azimuth or right ascension, degrees, 0 to 360.</param>
/// <param name="Angle2Deg">Elevation or declination, degrees, -90 to 90.</param>
public sealed record AnglePair(AngleKind Kind, double Angle1Deg, double Angle2Deg)
{
    /// <summary>A direction all around, degrees, as one from 0 to below 360.</summary>
    internal static double Turned(double degrees)
    {
        double turned = degrees % 360;
        if (turned < 0) turned += 360;
        // What is next to nothing below 0 rounds to a whole turn.
        return turned is >= 360 or 0 ? 0 : turned;
    }

    /// <summary>Of right ascension and declination.</summary>
    public Equinox Equinox { get; init; }

    public AngleForm Form { get; init; }

    /// <summary>How many digits of each angle were given in that form; 0 for all that it has.</summary>
    public int Digits1 { get; init; }

    /// <inheritdoc cref="Digits1"/>
    public int Digits2 { get; init; }

    /// <summary>The observer's own estimate of the uncertainty, degrees.</summary>
    public double? SigmaDeg { get; init; }

    /// <summary>Whether refraction was taken out of the elevation; null when not said.</summary>
    public bool? IsRefractionCorrected { get; init; }
}

/// <summary>Brightness and its variation, as an observer saw them.</summary>
/// <param name="Behaviour">One letter as written: S steady, R regular, I irregular, F flashing, E in eclipse and others.</param>
public sealed record Appearance(string? Behaviour)
{
    /// <summary>Apparent visual magnitude, at its brightest where both ends are given.</summary>
    public double? Magnitude { get; init; }

    /// <summary>At its faintest.</summary>
    public double? MagnitudeFaintest { get; init; }

    /// <summary>It became invisible at its faintest.</summary>
    public bool IsInvisibleAtFaintest { get; init; }

    /// <summary>Uncertainty of the magnitude.</summary>
    public double? MagnitudeSigma { get; init; }

    /// <summary>Period of flashes or of the variation, s.</summary>
    public double? PeriodS { get; init; }
}
