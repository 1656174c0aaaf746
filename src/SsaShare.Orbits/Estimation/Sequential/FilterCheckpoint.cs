using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// What a sequential filter knows of an orbit at one instant: ten states and their square-root covariance, sensor biases averaged out. Immutable; about 0.7 kB, so that one can be kept for every object
/// and every step that may have to be taken back.
/// </summary>
/// <remarks>
/// States: position, velocity (km, km/s, GCRF); ballistic and radiation coefficient, constants (m²/kg); the present deviation of each. Biases stand behind the orbit in the factor, so that the leading
/// rows of a lower triangle are, without any arithmetic, the square root of the marginal covariance (Bierman, Factorization Methods for Discrete Sequential Estimation, 1977, chapter III).
/// </remarks>
public sealed class FilterCheckpoint
{
    private readonly double[] _x, _factor;

    private FilterCheckpoint(Epoch epoch, double[] x, double[] factor) => (Epoch, _x, _factor) = (epoch, x, factor);

    /// <summary>Of the states.</summary>
    public Epoch Epoch { get; }

    /// <summary>Position and velocity, GCRF.</summary>
    public CartesianState State => new(Epoch, Frame.Gcrf, new Vector3d(_x[0], _x[1], _x[2]), new Vector3d(_x[3], _x[4], _x[5]));

    /// <summary>Coefficients as they act now, m²/kg.</summary>
    public SurfaceCoefficients Surface => new(_x[FilterState.Ballistic] + _x[FilterState.BallisticDeviation], _x[FilterState.Radiation] + _x[FilterState.RadiationDeviation]);

    /// <summary>Covariance of position and velocity, GCRF.</summary>
    public Covariance6 Covariance
    {
        get
        {
            Span<double> lower = stackalloc double[21];
            FillCovariance(lower);
            return new Covariance6(lower);
        }
    }

    /// <summary>The lower triangle by rows of the covariance of position and velocity, GCRF.</summary>
    /// <param name="lower">21 entries: km², km²/s, km²/s².</param>
    public void FillCovariance(Span<double> lower)
    {
        int at = 0;
        for (int i = 0; i < 6; i++)
        for (int j = 0; j <= i; j++)
        {
            double sum = 0;
            for (int k = 0; k <= j; k++) sum += Factor(i, k) * Factor(j, k);
            lower[at++] = sum;
        }
    }

    /// <summary>The square root of the covariance of position and velocity, lower triangular, GCRF.</summary>
    /// <param name="lower">21 entries by rows: km, km/s.</param>
    public void FillFactor(Span<double> lower) => _factor.AsSpan(0, 21).CopyTo(lower);

    /// <summary>As a filter keeps it, with all else.</summary>
    public FilterEstimate ToEstimate() => ToState().ToEstimate();

    internal static FilterCheckpoint Of(FilterState state)
    {
        const int n = FilterState.Orbit;
        double[] factor = new double[n * (n + 1) / 2];
        for (int i = 0; i < n; i++) state.Factor.AsSpan(i * state.Count, i + 1).CopyTo(factor.AsSpan(i * (i + 1) / 2));
        return new FilterCheckpoint(state.Epoch, state.X[..n], factor);
    }

    internal FilterState ToState() => FilterState.Of(Epoch, _x, _factor, []);

    private double Factor(int row, int column) => _factor[row * (row + 1) / 2 + column];
}
