namespace SsaShare.Orbits;

/// <summary>Gravity and the effective radius of the Earth at a latitude, as NRLMSISE-00 takes them, and heights counted by the work against gravity.</summary>
internal readonly struct LatitudeGravity
{
    /// <summary>Of the model: gas constant in units that go with cm/s² and km.</summary>
    public const double GasConstant = 831.4;

    private readonly double _surfaceCmPerS2;

    public LatitudeGravity(double latitudeDegrees)
    {
        double cos = Math.Cos(2 * HorizontalBasis.RadPerDegree * latitudeDegrees);
        _surfaceCmPerS2 = 980.616 * (1 - 0.0026373 * cos);
        RadiusKm = 2e-5 * _surfaceCmPerS2 / (3.085462e-6 + 2.27e-9 * cos);
    }

    public double RadiusKm { get; }

    public double AtCmPerS2(double heightKm)
    {
        double ratio = RadiusKm / (RadiusKm + heightKm);
        return _surfaceCmPerS2 * ratio * ratio;
    }

    /// <summary>Geopotential height above a base, km of gravity as it is at the base.</summary>
    public double GeopotentialKm(double heightKm, double baseKm) => (heightKm - baseKm) * (RadiusKm + baseKm) / (RadiusKm + heightKm);

    /// <summary>Square of the ratio of distances from the Earth's centre: what a gradient changes by between two bases.</summary>
    public double GradientRatio(double upperKm, double lowerKm)
    {
        double ratio = (RadiusKm + upperKm) / (RadiusKm + lowerKm);
        return ratio * ratio;
    }
}
