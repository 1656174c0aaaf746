namespace SsaShare.Orbits;

/// <summary>What a sensor measures.</summary>
public enum MeasurementKind
{
    /// <summary>km.</summary>
    Range = 0,
    /// <summary>rad; residuals and noise are taken across the line of sight, that is, times the cosine of elevation.</summary>
    Azimuth = 1,
    /// <summary>rad.</summary>
    Elevation = 2,
    /// <summary>km/s.</summary>
    RangeRate = 3,
    /// <summary>rad; residuals and noise are taken across the line of sight, that is, times the cosine of declination.</summary>
    RightAscension = 4,
    /// <summary>rad.</summary>
    Declination = 5,
}
