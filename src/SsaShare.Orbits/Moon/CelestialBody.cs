namespace SsaShare.Orbits;

/// <summary>Bodies whose places an ephemeris gives.</summary>
public enum CelestialBody
{
    Mercury = 0, Venus = 1,
    /// <summary>The centre of mass of Earth and Moon.</summary>
    EarthMoonBarycenter = 2,
    /// <summary>The barycentre of the planet's system, as for all outer planets.</summary>
    Mars = 3, Jupiter = 4, Saturn = 5, Uranus = 6, Neptune = 7, Pluto = 8,
    Moon = 9, Sun = 10,
}
