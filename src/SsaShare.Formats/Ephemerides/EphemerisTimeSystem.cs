namespace SsaShare.Formats;

/// <summary>Clocks by which formats of ephemerides tell time.</summary>
public enum EphemerisTimeSystem
{
    Unspecified = 0,
    Utc = 1,
    Tai = 2,
    Tt = 3,
    /// <summary>TAI less 19 s.</summary>
    Gps = 4,
    /// <summary>Galileo system time: TAI less 19 s.</summary>
    Galileo = 5,
    /// <summary>Quasi-zenith satellite system: TAI less 19 s.</summary>
    Qzss = 6,
    /// <summary>Indian regional system: TAI less 19 s.</summary>
    Navic = 7,
    /// <summary>BeiDou: TAI less 33 s.</summary>
    BeiDou = 8,
    /// <summary>GLONASS as formats of orbits give it: UTC, leap seconds included, without Moscow's three hours.</summary>
    Glonass = 9,
    Tdb = 10,
    Ut1 = 11,
    Tcb = 12,
    Tcg = 13,
}
