using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sequential filter or its smoother says at one instant.</summary>
/// <param name="State">GCRF.</param>
/// <param name="Covariance">Of position and velocity, GCRF.</param>
/// <param name="Surface">Coefficients as they act at the instant, m²/kg.</param>
/// <param name="SurfaceSigma">One sigma of them, m²/kg.</param>
/// <param name="Biases">Measured minus true, of every sensor and kind seen so far: km, rad, km/s.</param>
public sealed record FilterEstimate(CartesianState State, Covariance6 Covariance, SurfaceCoefficients Surface, SurfaceCoefficients SurfaceSigma, IReadOnlyList<SensorBias> Biases);

/// <summary>Where a sequential filter begins.</summary>
/// <param name="State">GCRF.</param>
/// <param name="Covariance">Of <paramref name="State"/>, GCRF; positive semidefinite.</param>
/// <param name="Surface">Coefficients of the object, m²/kg.</param>
/// <param name="SurfaceSigma">One sigma of them, m²/kg; 0 for known ones.</param>
public sealed record FilterStart(CartesianState State, Covariance6 Covariance, SurfaceCoefficients Surface, SurfaceCoefficients SurfaceSigma)
{
    /// <summary>An independent sigma for each component of position and velocity.</summary>
    public static FilterStart Diagonal(CartesianState state, double positionSigmaKm, double velocitySigmaKmPerS, SurfaceCoefficients surface, SurfaceCoefficients surfaceSigma)
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0; i < 6; i++)
        {
            double sigma = i < 3 ? positionSigmaKm : velocitySigmaKmPerS;
            lower[i * (i + 1) / 2 + i] = sigma * sigma;
        }
        return new FilterStart(state, new Covariance6(lower), surface, surfaceSigma);
    }

    /// <summary>From a batch fit: its state, covariance and coefficients. What it knew of biases and how they hang together is left behind.</summary>
    public static FilterStart From(OrbitFit fit) => new(fit.State, fit.Covariance, fit.Surface, fit.SurfaceSigma);
}
