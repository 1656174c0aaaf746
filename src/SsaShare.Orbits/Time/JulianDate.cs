namespace SsaShare.Orbits;

/// <summary>A Julian date in two parts, so that nothing of the instant is lost; the time scale stands in the name of whatever holds it.</summary>
/// <param name="Day">Ends in .5: the midnight that begins the day.</param>
/// <param name="Fraction">Of the day since that midnight, 0 to 1. A second resolves to 1e-11 of itself.</param>
public readonly record struct JulianDate(double Day, double Fraction)
{
    /// <summary>Modified Julian date of the midnight, days.</summary>
    public int ModifiedDay => (int)(Day - 2_400_000.5);

    /// <summary>Both parts in one number: good to 40 µs.</summary>
    public double Total => Day + Fraction;
}
