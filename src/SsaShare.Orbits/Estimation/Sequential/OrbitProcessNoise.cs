using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a force model does not know, as a sequential filter takes it: white acceleration, and surface coefficients that vary.</summary>
/// <param name="RadialKm2PerS3">Power spectral density of white acceleration along the position, km²/s³.</param>
/// <param name="TransverseKm2PerS3">In the orbital plane, forward, km²/s³.</param>
/// <param name="NormalKm2PerS3">Along the angular momentum, km²/s³.</param>
/// <param name="Drag">Variation of the ballistic coefficient (which stands for the density) as a share of itself.</param>
/// <param name="Radiation">Variation of the radiation coefficient as a share of itself.</param>
/// <remarks>
/// An acceleration error of σ that keeps its direction in the RTN axes for about τ acts over longer times like white noise of density 2σ²τ (Maybeck, Stochastic Models,
/// Estimation and Control, vol. 1, 1979, section 4.11). A density q forward moves a circular orbit along its track by √(3·q·t³) after many revolutions.
/// </remarks>
public sealed record OrbitProcessNoise(double RadialKm2PerS3, double TransverseKm2PerS3, double NormalKm2PerS3, GaussMarkov Drag, GaussMarkov Radiation)
{
    private const double HourS = 3_600;

    /// <summary>The forces are taken as exact and the coefficients as constant: the filter then answers as a batch fit does.</summary>
    public static OrbitProcessNoise None { get; } = new(0, 0, 0, GaussMarkov.None, GaussMarkov.None);

    /// <summary>White acceleration that stands for an error of a given size.</summary>
    /// <param name="sigmaMPerS2">Size of the error in each direction, m/s².</param>
    /// <param name="correlationS">How long it keeps its direction, s.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative or not finite.</exception>
    public static OrbitProcessNoise OfAcceleration(double sigmaMPerS2, double correlationS)
    {
        if (!(sigmaMPerS2 >= 0) || !double.IsFinite(sigmaMPerS2)) throw new ArgumentOutOfRangeException(nameof(sigmaMPerS2));
        if (!(correlationS >= 0) || !double.IsFinite(correlationS)) throw new ArgumentOutOfRangeException(nameof(correlationS));
        double density = 2 * sigmaMPerS2 * sigmaMPerS2 * 1e-6 * correlationS;
        return new OrbitProcessNoise(density, density, density, GaussMarkov.None, GaussMarkov.None);
    }

    /// <summary>Defaults for a regime, for a force model with gravity to degree 24 or more, Sun, Moon, drag and radiation.</summary>
    /// <remarks>
    /// Magnitudes are engineering values, not derived and not taken from a publication; who knows the forces of an object better states them.
    /// Low orbit: 1e-8 m/s² for a minute, for what the force model leaves out; density off by 30 %, forgotten in three hours, beside a constant of the object.
    /// Medium, eccentric and geostationary: radiation that a sphere does not describe, 1e-9 m/s² for the six hours in which the Sun turns against the orbit; beyond 100,000 km 3e-10 m/s².
    /// Unspecified is treated as low orbit.
    /// </remarks>
    public static OrbitProcessNoise For(OrbitalRegime regime) => regime switch
    {
        OrbitalRegime.Meo or OrbitalRegime.Geo => OfAcceleration(1e-9, 6 * HourS) with { Radiation = new GaussMarkov(0.05, 48 * HourS) },
        OrbitalRegime.Heo => OfAcceleration(1e-9, 6 * HourS) with { Drag = new GaussMarkov(0.5, 3 * HourS), Radiation = new GaussMarkov(0.05, 48 * HourS) },
        OrbitalRegime.Cislunar => OfAcceleration(3e-10, 24 * HourS) with { Radiation = new GaussMarkov(0.05, 48 * HourS) },
        _ => OfAcceleration(1e-8, 60) with { Drag = new GaussMarkov(0.3, 3 * HourS), Radiation = new GaussMarkov(0.05, 12 * HourS) },
    };
}
