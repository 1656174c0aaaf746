using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Static exponential atmosphere for a mean Sun.</summary>
/// <remarks>
/// Base densities and scale heights of Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., table 8-4 (US Standard
/// Atmosphere 1976 and CIRA-72). The true density differs by a factor of ten either way with the Sun; orbits are fitted with the
/// ballistic coefficient as a free parameter, which takes up that factor.
/// </remarks>
public sealed class ExponentialAtmosphere : IAtmosphere
{
    private ExponentialAtmosphere() { }

    public static ExponentialAtmosphere Instance { get; } = new();

    private static readonly (double BaseKm, double DensityKgPerM3, double ScaleKm)[] Layers =
    [
        (100, 5.297e-7, 5.877), (110, 9.661e-8, 7.263), (120, 2.438e-8, 9.473), (130, 8.484e-9, 12.636), (140, 3.845e-9, 16.149),
        (150, 2.070e-9, 22.523), (180, 5.464e-10, 29.740), (200, 2.789e-10, 37.105), (250, 7.248e-11, 45.546), (300, 2.418e-11, 53.628),
        (350, 9.518e-12, 53.298), (400, 3.725e-12, 58.515), (450, 1.585e-12, 60.828), (500, 6.967e-13, 63.822), (600, 1.454e-13, 71.835),
        (700, 3.614e-14, 88.667), (800, 1.170e-14, 124.64), (900, 5.245e-15, 181.05), (1_000, 3.019e-15, 268.00),
    ];

    public bool Covers(Epoch epoch) => true;

    /// <summary>That it does not follow the Sun, and what that costs.</summary>
    public string? Warning(Epoch from, Epoch to)
        => "Drag meets a static exponential atmosphere, whose density is wrong by up to a factor of ten either way. " + SpaceWeather.WarningWithoutFile(Utc.TrySplit(from, out var day, out _) ? day : DateOnly.MinValue);

    public double DensityKgPerM3(Epoch epoch, Geodetic place) => DensityKgPerM3(place.HeightKm);

    /// <summary>kg/m³ at a height above the ellipsoid; zero above 2,500 km.</summary>
    internal static double DensityKgPerM3(double heightKm)
    {
        if (!(heightKm < 2_500)) return 0;
        int i = Layers.Length - 1;
        while (i > 0 && Layers[i].BaseKm > heightKm) i--;
        return Layers[i].DensityKgPerM3 * Math.Exp(-(heightKm - Layers[i].BaseKm) / Layers[i].ScaleKm);
    }
}
