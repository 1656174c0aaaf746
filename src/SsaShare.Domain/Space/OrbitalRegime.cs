namespace SsaShare.Domain;

/// <summary>Where an object flies, by perigee and apogee height.</summary>
public enum OrbitalRegime
{
    Unspecified = 0,
    /// <summary>Apogee below 2,000 km.</summary>
    Leo = 1,
    /// <summary>Between LEO and GEO.</summary>
    Meo = 2,
    /// <summary>Within 200 km of 35,786 km.</summary>
    Geo = 3,
    /// <summary>Perigee below 2,000 km, apogee above 31,000 km.</summary>
    Heo = 4,
    /// <summary>Beyond 100,000 km.</summary>
    Cislunar = 5,
}
