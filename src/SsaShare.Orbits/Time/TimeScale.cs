namespace SsaShare.Orbits;

/// <summary>The clocks of space flight.</summary>
public enum TimeScale
{
    /// <summary>International Atomic Time.</summary>
    Tai = 1,
    /// <summary>Terrestrial Time: TAI + 32.184 s.</summary>
    Tt = 2,
    /// <summary>Coordinated Universal Time: TAI less the leap seconds; from 1972 on.</summary>
    Utc = 3,
    /// <summary>GPS time: TAI - 19 s.</summary>
    Gps = 4,
    /// <summary>Barycentric Dynamical Time, the argument of planetary ephemerides: TT ± 1.7 ms.</summary>
    Tdb = 5,
    /// <summary>Universal Time: the turn of the Earth, measured.</summary>
    Ut1 = 6,
}
