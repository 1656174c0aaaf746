using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a propagation does beside moving the state.</summary>
public sealed record PropagationOptions
{
    /// <summary>Whether the states come with <see cref="PropagatedState.Partials"/>.</summary>
    public bool WithPartials { get; init; }

    /// <summary>Manoeuvres to fly, in any order; they may overlap, and impulses at one instant are flown in the order given. Their components are columns 8, 9, 10 of the partials, then 11, 12, 13, and so on.</summary>
    public IReadOnlyList<OrbitManeuver> Maneuvers { get; init; } = [];

    /// <summary>Random accelerations that widen the covariance; needs no <see cref="WithPartials"/>. None where null.</summary>
    public ProcessNoise? Noise { get; init; }

    /// <summary>
    /// Error allowed in one step in the transition matrix of that step, relative to entries of size one once time counts in radians of the orbit; 0 leaves
    /// the partials to the steps that the state needs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative or infinite figure, or to none.</exception>
    public double PartialsTolerance
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A tolerance is finite and not negative.");
    }
}

/// <summary>White random acceleration in the radial, transverse and normal direction: state noise compensation.</summary>
/// <param name="SpectralDensityKm2PerS3">
/// Power spectral density along each axis, km²/s³: after a short time t the variance of the velocity is density · t, that of the position density · t³/3.
/// </param>
/// <remarks>Tapley, Schutz and Born, Statistical Orbit Determination (2004), section 4.9. The mean of the orbit is not moved.</remarks>
public sealed record ProcessNoise(Vector3d SpectralDensityKm2PerS3)
{
    /// <summary>Power spectral density along radial, transverse and normal axis.</summary>
    public Vector3d SpectralDensityKm2PerS3 { get; } = SpectralDensityKm2PerS3 is { X: >= 0, Y: >= 0, Z: >= 0, IsFinite: true }
        ? SpectralDensityKm2PerS3
        : throw new ArgumentException($"A spectral density is not negative: {SpectralDensityKm2PerS3}.", nameof(SpectralDensityKm2PerS3));

    /// <summary>An acceleration that forgets slowly, beside the white one; none where null.</summary>
    public GaussMarkovAcceleration? Correlated { get; init; }
}

/// <summary>Unknown acceleration in the radial, transverse and normal direction, a first-order Gauss-Markov process: dynamic model compensation, its mean zero.</summary>
/// <param name="SigmaKmPerS2">Standard deviation along each axis, at the start and in the long run, km/s².</param>
/// <param name="TimeConstantS">After which the correlation has fallen to 1/e, s.</param>
/// <remarks>Tapley, Schutz and Born, Statistical Orbit Determination (2004), section 4.9 and appendix F.</remarks>
public sealed record GaussMarkovAcceleration(Vector3d SigmaKmPerS2, double TimeConstantS)
{
    /// <summary>Standard deviation along radial, transverse and normal axis.</summary>
    public Vector3d SigmaKmPerS2 { get; } = SigmaKmPerS2 is { X: >= 0, Y: >= 0, Z: >= 0, IsFinite: true }
        ? SigmaKmPerS2
        : throw new ArgumentException($"A standard deviation is not negative: {SigmaKmPerS2}.", nameof(SigmaKmPerS2));

    /// <summary>Time of correlation.</summary>
    public double TimeConstantS { get; } = TimeConstantS > 0 ? TimeConstantS : throw new ArgumentException($"A time constant is positive, not {TimeConstantS}.", nameof(TimeConstantS));
}
