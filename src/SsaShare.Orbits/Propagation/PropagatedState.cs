using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A propagated state and, where asked for, its derivatives by what it was propagated from.</summary>
/// <param name="Epoch">Of the state.</param>
/// <param name="PositionKm">GCRF.</param>
/// <param name="VelocityKmPerS">GCRF.</param>
/// <param name="Partials">
/// Six rows of <see cref="Columns"/>: derivatives of x y z vx vy vz by the six components of the starting state, by the ballistic and radiation
/// coefficients (m²/kg), then by the three components of each manoeuvre (km/s); null where they were not asked for.
/// </param>
public sealed record PropagatedState(Epoch Epoch, Vector3d PositionKm, Vector3d VelocityKmPerS, double[]? Partials)
{
    /// <summary>Columns of <see cref="Partials"/> where there are no manoeuvres.</summary>
    public const int ParameterCount = 8;

    /// <summary>Columns of <see cref="Partials"/>; 0 where there are none.</summary>
    public int Columns => Partials is null ? 0 : Partials.Length / 6;

    /// <summary>
    /// Triangular factor L of what process noise alone has brought since the start, L·Lᵀ being its covariance, GCRF: 36 entries by rows, the upper part zero;
    /// null where none was asked for.
    /// </summary>
    public double[]? NoiseFactor { get; init; }

    /// <summary>Covariance that process noise alone has brought since the start, GCRF; null where none was asked for.</summary>
    public Covariance6? NoiseCovariance => NoiseFactor is null ? null : CovarianceFactor.Product(NoiseFactor, 6);

    public CartesianState ToState() => new(Epoch, Frame.Gcrf, PositionKm, VelocityKmPerS);

    /// <summary>The covariance of the starting state carried to this state, process noise included; surface coefficients and manoeuvres taken as known.</summary>
    /// <inheritdoc cref="Carry(ReadOnlySpan{double})"/>
    public Covariance6 Carry(Covariance6 start)
    {
        Span<double> full = stackalloc double[36];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) full[i * 6 + j] = start[i, j];
        return Carry(full);
    }

    /// <summary>The same from a covariance over the state and the parameters that follow it, correlations included.</summary>
    /// <param name="startCovariance">Square, by rows, over the first columns of <see cref="Partials"/>: 6 (the state), 8 (with the surface coefficients) or more.</param>
    /// <returns>
    /// By way of its factor, so that no variance is lost but in the writing down: where one given the others is under some 1e-15 of what it is alone, the digits of 21 entries do
    /// not reach, and the matrix may no longer be positive definite. So it is with a transfer orbit two weeks after 1 km and 1 m/s, or three days after 1 km and 1 mm/s. Who goes on
    /// computing takes <see cref="CarryFactor"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The size is none of 6 to <see cref="Columns"/>.</exception>
    /// <exception cref="InvalidOperationException">There are no partials.</exception>
    /// <remarks>A start that is itself not positive semidefinite, as one of few digits may be, has no factor and is carried as Φ·P·Φᵀ.</remarks>
    public Covariance6 Carry(ReadOnlySpan<double> startCovariance)
    {
        int n = Size(startCovariance.Length, nameof(startCovariance));
        Span<double> start = n <= 16 ? stackalloc double[n * n] : new double[n * n], factor = stackalloc double[36];
        if (!CovarianceFactor.TryFactor(startCovariance, n, start)) return CarryPlainly(startCovariance, n);
        CarryFactor(start, factor);
        return CovarianceFactor.Product(factor, 6);
    }

    /// <summary>The factor of the covariance carried to this state, process noise included: triangular, and never less than positive semidefinite however stretched.</summary>
    /// <param name="startFactor">Of the start, S with S·Sᵀ its covariance: square, by rows, triangular or not, over the first columns of <see cref="Partials"/>.</param>
    /// <param name="factor">36 entries by rows, the upper part zero.</param>
    /// <exception cref="ArgumentException">The size is none of 6 to <see cref="Columns"/>, or the result's not 36.</exception>
    /// <exception cref="InvalidOperationException">There are no partials.</exception>
    /// <remarks>[Φ·S | L of the noise], triangularised: Bierman, Factorization Methods for Discrete Sequential Estimation (1977), chapter VII.</remarks>
    public void CarryFactor(ReadOnlySpan<double> startFactor, Span<double> factor)
    {
        int n = Size(startFactor.Length, nameof(startFactor)), width = NoiseFactor is null ? n : n + 6;
        if (factor.Length != 36) throw new ArgumentException($"Expected 36 entries, got {factor.Length}.", nameof(factor));
        Span<double> wide = width <= 32 ? stackalloc double[6 * width] : new double[6 * width];
        wide.Clear();
        for (int i = 0; i < 6; i++)
        {
            var row = wide.Slice(i * width, width);
            for (int k = 0; k < n; k++)
            {
                double by = Partials![i * Columns + k];
                for (int j = 0; j < n; j++) row[j] += by * startFactor[k * n + j];
            }
            NoiseFactor?.AsSpan(6 * i, 6).CopyTo(row[n..]);
        }
        CovarianceFactor.Triangularise(wide, 6, factor);
    }

    private int Size(int entries, string name)
    {
        if (Partials is null) throw new InvalidOperationException("The state was propagated without partials.");
        int n = (int)Math.Round(Math.Sqrt(entries));
        return n * n == entries && n >= 6 && n <= Columns ? n : throw new ArgumentException($"Expected a square over 6 to {Columns} parameters, got {entries} entries.", name);
    }

    private Covariance6 CarryPlainly(ReadOnlySpan<double> startCovariance, int n)
    {
        double[] partials = Partials!;
        int columns = Columns;
        Span<double> half = n <= 32 ? stackalloc double[6 * n] : new double[6 * n];
        Span<double> lower = stackalloc double[21];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += partials[i * columns + k] * startCovariance[k * n + j];
            half[i * n + j] = sum;
        }
        var noise = NoiseCovariance;
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += half[i * n + k] * partials[j * columns + k];
            lower[at] = sum + (noise?[i, j] ?? 0);
        }
        return new Covariance6(lower);
    }
}
