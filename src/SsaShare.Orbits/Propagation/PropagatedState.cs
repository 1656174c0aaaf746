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

    /// <summary>Covariance that process noise alone has brought since the start, GCRF; null where none was asked for.</summary>
    public Covariance6? NoiseCovariance { get; init; }

    public CartesianState ToState() => new(Epoch, Frame.Gcrf, PositionKm, VelocityKmPerS);

    /// <summary>The covariance of the starting state carried to this state, process noise included; surface coefficients and manoeuvres taken as known.</summary>
    /// <exception cref="InvalidOperationException">There are no partials.</exception>
    public Covariance6 Carry(Covariance6 start)
    {
        Span<double> full = stackalloc double[36];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) full[i * 6 + j] = start[i, j];
        return Carry(full, 6);
    }

    /// <summary>The same from a covariance over the state and the parameters that follow it, correlations included.</summary>
    /// <param name="startCovariance">Square, by rows, over the first columns of <see cref="Partials"/>: 6 (the state), 8 (with the surface coefficients) or more.</param>
    /// <exception cref="ArgumentException">The size is none of 6 to <see cref="Columns"/>.</exception>
    /// <exception cref="InvalidOperationException">There are no partials.</exception>
    public Covariance6 Carry(ReadOnlySpan<double> startCovariance)
    {
        int n = (int)Math.Round(Math.Sqrt(startCovariance.Length));
        if (n * n != startCovariance.Length || n < 6 || (Partials is not null && n > Columns))
            throw new ArgumentException($"Expected a square over 6 to {Columns} parameters, got {startCovariance.Length} entries.", nameof(startCovariance));
        return Carry(startCovariance, n);
    }

    private Covariance6 Carry(ReadOnlySpan<double> startCovariance, int n)
    {
        double[] partials = Partials ?? throw new InvalidOperationException("The state was propagated without partials.");
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
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += half[i * n + k] * partials[j * columns + k];
            lower[at] = sum + (NoiseCovariance?[i, j] ?? 0);
        }
        return new Covariance6(lower);
    }
}
