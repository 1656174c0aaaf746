namespace SsaShare.Orbits;

/// <summary>Where figures of the Earth's orientation come from.</summary>
public enum OrientationQuality
{
    /// <summary>Measured by the IERS.</summary>
    Measured = 0,
    /// <summary>Forecast by the IERS, in the table.</summary>
    Predicted = 1,
    /// <summary>Up to two years off the table: carried on at its last year's pace.</summary>
    Extrapolated = 2,
    /// <summary>Farther off: UT1 is taken for UTC and the pole for its mean.</summary>
    Assumed = 3,
}

/// <summary>What positions relative to the rotating Earth lose by the orientation that is used.</summary>
/// <param name="Quality">Where the figures come from.</param>
/// <param name="GroundMetres">Error at the Earth's surface that 95 % of all instants stay below, m; it grows in proportion to the distance from the Earth's centre.</param>
public readonly record struct OrientationLoss(OrientationQuality Quality, double GroundMetres)
{
    /// <summary>The same at geostationary distance.</summary>
    public double GeostationaryMetres => GroundMetres * (42_164.0 / 6_378.137);
}
