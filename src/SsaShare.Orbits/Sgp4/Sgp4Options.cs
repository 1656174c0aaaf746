namespace SsaShare.Orbits;

/// <summary>How sidereal time and the node at low inclination are reckoned.</summary>
public enum Sgp4Mode
{
    /// <summary>Sidereal time of 1982 and nodes that run freely. The default.</summary>
    Improved = 0,
    /// <summary>As the Air Force's own program is thought to do: sidereal time reckoned from 1970, nodes kept positive. Up to 1 km from the other below 12° of inclination.</summary>
    Afspc = 1,
}

/// <param name="Gravity">WGS-72 where null.</param>
public sealed record Sgp4Options(Sgp4Gravity? Gravity = null, Sgp4Mode Mode = Sgp4Mode.Improved)
{
    public static Sgp4Options Default { get; } = new();

    internal Sgp4Gravity Earth => Gravity ?? Sgp4Gravity.Wgs72;
}
