namespace SsaShare.Orbits;

/// <summary>The Earth that a set of mean elements was fitted with. Elements of one gravity give wrong positions with another.</summary>
/// <remarks>Published element sets are fitted with WGS-72. Figures: Vallado et al. 2006, AIAA 2006-6753, table 1.</remarks>
public sealed record Sgp4Gravity
{
    private Sgp4Gravity(string name, double muKm3PerS2, double earthRadiusKm, double j2, double j3, double j4, double? xke = null)
    {
        (Name, EarthRadiusKm, J2, J3, J4) = (name, earthRadiusKm, j2, j3, j4);
        Xke = xke ?? 60 / Math.Sqrt(earthRadiusKm * earthRadiusKm * earthRadiusKm / muKm3PerS2);
    }

    /// <summary>The standard's default.</summary>
    public static Sgp4Gravity Wgs72 { get; } = new("WGS-72", 398_600.8, 6_378.135, 0.001082616, -0.00000253881, -0.00000165597);

    /// <summary>WGS-72 with the rounded constant of Spacetrack Report 3.</summary>
    public static Sgp4Gravity Wgs72Old { get; } = new("WGS-72 (1980)", 398_600.79964, 6_378.135, 0.001082616, -0.00000253881, -0.00000165597, 0.0743669161);

    public static Sgp4Gravity Wgs84 { get; } = new("WGS-84", 398_600.5, 6_378.137, 0.00108262998905, -0.00000253215306, -0.00000161098761);

    public string Name { get; }

    /// <summary>Equatorial, km.</summary>
    public double EarthRadiusKm { get; }

    /// <summary>Square root of the gravitational constant, Earth radii^1.5 per minute.</summary>
    public double Xke { get; }

    public double J2 { get; }
    public double J3 { get; }
    public double J4 { get; }

    internal double J3OverJ2 => J3 / J2;

    /// <summary>Earth radii per minute in km/s.</summary>
    internal double KmPerSecond => EarthRadiusKm * Xke / 60;
}
