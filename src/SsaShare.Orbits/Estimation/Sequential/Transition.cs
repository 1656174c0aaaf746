using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How errors of the orbit's states go from one update to the next: transition matrix and square root of what noise adds. Reused; allocates nothing.</summary>
/// <remarks>
/// Built up from short steps, in each of which the noise enters along the axes RTN of the reference orbit as an integrated white acceleration
/// (Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001, section 6.2.2) and is carried on by the transition matrix of the following.
/// </remarks>
internal sealed class Transition(OrbitProcessNoise noise)
{
    private const int N = FilterState.Orbit, Columns = PropagatedState.ParameterCount;
    private const int NoiseColumns = 8;

    private readonly double[] _step = new double[N * N], _product = new double[N * N], _wide = new double[N * (N + NoiseColumns)];
    private readonly double[] _inverse = new double[36], _work = new double[36];

    /// <summary>10×10 by rows.</summary>
    public double[] Phi { get; } = new double[N * N];

    /// <summary>10×10, lower triangular: L·Lᵀ is the covariance that noise adds.</summary>
    public double[] NoiseFactor { get; } = new double[N * N];

    public double Seconds { get; private set; }

    public void Reset()
    {
        Array.Clear(Phi);
        Array.Clear(NoiseFactor);
        for (int i = 0; i < N; i++) Phi[i * N + i] = 1;
        Seconds = 0;
    }

    /// <summary>Adds a step between two states of one propagation.</summary>
    /// <param name="from">With partials.</param>
    /// <param name="to">Later, with partials by the same parameters.</param>
    /// <param name="surface">Coefficients by whose share they vary.</param>
    /// <returns>False where the partials have lost the orbit.</returns>
    public bool TryAdd(PropagatedState from, PropagatedState to, SurfaceCoefficients surface)
    {
        double seconds = to.Epoch.SecondsSince(from.Epoch);
        if (!TryFillStep(from.Partials!, to.Partials!, seconds)) return false;
        Multiply(_step, Phi, _product, N, N);
        _product.CopyTo(Phi, 0);
        Multiply(_step, NoiseFactor, _product, N, N);
        int width = N + NoiseColumns;
        for (int i = 0; i < N; i++)
        {
            _product.AsSpan(i * N, N).CopyTo(_wide.AsSpan(i * width));
            _wide.AsSpan(i * width + N, NoiseColumns).Clear();
        }
        AddAcceleration(from, to, seconds, width);
        _wide[FilterState.BallisticDeviation * width + N + 6] = Math.Abs(surface.BallisticM2PerKg) * noise.Drag.NewSigma(seconds);
        _wide[FilterState.RadiationDeviation * width + N + 7] = Math.Abs(surface.RadiationM2PerKg) * noise.Radiation.NewSigma(seconds);
        SquareRoots.Triangularise(_wide, N, width);
        for (int i = 0; i < N; i++) _wide.AsSpan(i * width, N).CopyTo(NoiseFactor.AsSpan(i * N));
        Seconds += seconds;
        return true;
    }

    /// <summary>The latest step's own matrix, 10×10 by rows.</summary>
    public ReadOnlySpan<double> Step => _step;

    private void AddAcceleration(PropagatedState from, PropagatedState to, double seconds, int width)
    {
        var r = from.PositionKm + to.PositionKm;
        var radial = r.Unit();
        var normal = r.Cross(from.VelocityKmPerS + to.VelocityKmPerS).Unit();
        var transverse = normal.Cross(radial);
        int column = N;
        add(radial, noise.RadialKm2PerS3);
        add(transverse, noise.TransverseKm2PerS3);
        add(normal, noise.NormalKm2PerS3);

        void add(Vector3d axis, double density)
        {
            // Cholesky factor of q·[t³/3, t²/2; t²/2, t].
            double root = Math.Sqrt(density * seconds), along = root * seconds / Math.Sqrt(3), rate = root * Math.Sqrt(3) / 2, rest = root / 2;
            for (int i = 0; i < 3; i++)
            {
                double part = i == 0 ? axis.X : i == 1 ? axis.Y : axis.Z;
                _wide[i * width + column] = part * along;
                _wide[(3 + i) * width + column] = part * rate;
                _wide[(3 + i) * width + column + 1] = part * rest;
            }
            column += 2;
        }
    }

    /// <summary>Step = partials at the end times the inverse of those at the start, with the deviations of the coefficients beside them.</summary>
    private bool TryFillStep(double[] start, double[] end, double seconds)
    {
        if (!TryInvert(start)) return false;
        Array.Clear(_step);
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                double sum = 0;
                for (int k = 0; k < 6; k++) sum += end[i * Columns + k] * _inverse[k * 6 + j];
                _step[i * N + j] = sum;
            }
            for (int c = 0; c < 2; c++)
            {
                double sum = end[i * Columns + 6 + c];
                for (int k = 0; k < 6; k++) sum -= _step[i * N + k] * start[k * Columns + 6 + c];
                _step[i * N + FilterState.Ballistic + c] = sum;
                _step[i * N + FilterState.BallisticDeviation + c] = sum * (c == 0 ? noise.Drag : noise.Radiation).MeanDecay(seconds);
            }
        }
        _step[FilterState.Ballistic * N + FilterState.Ballistic] = _step[FilterState.Radiation * N + FilterState.Radiation] = 1;
        _step[FilterState.BallisticDeviation * N + FilterState.BallisticDeviation] = noise.Drag.Decay(seconds);
        _step[FilterState.RadiationDeviation * N + FilterState.RadiationDeviation] = noise.Radiation.Decay(seconds);
        return true;
    }

    /// <summary>Gauss-Jordan with pivots by rows, of the left 6×6 of the partials.</summary>
    private bool TryInvert(double[] partials)
    {
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            _work[i * 6 + j] = partials[i * Columns + j];
            _inverse[i * 6 + j] = i == j ? 1 : 0;
        }
        for (int k = 0; k < 6; k++)
        {
            int best = k;
            for (int i = k + 1; i < 6; i++) if (Math.Abs(_work[i * 6 + k]) > Math.Abs(_work[best * 6 + k])) best = i;
            double pivot = _work[best * 6 + k];
            if (!(Math.Abs(pivot) > 0) || !double.IsFinite(pivot)) return false;
            for (int j = 0; j < 6; j++)
            {
                (_work[k * 6 + j], _work[best * 6 + j]) = (_work[best * 6 + j], _work[k * 6 + j]);
                (_inverse[k * 6 + j], _inverse[best * 6 + j]) = (_inverse[best * 6 + j], _inverse[k * 6 + j]);
            }
            for (int j = 0; j < 6; j++)
            {
                _work[k * 6 + j] /= pivot;
                _inverse[k * 6 + j] /= pivot;
            }
            for (int i = 0; i < 6; i++)
            {
                double factor = _work[i * 6 + k];
                if (i == k || factor == 0) continue;
                for (int j = 0; j < 6; j++)
                {
                    _work[i * 6 + j] -= factor * _work[k * 6 + j];
                    _inverse[i * 6 + j] -= factor * _inverse[k * 6 + j];
                }
            }
        }
        return true;
    }

    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product, int n, int columns)
    {
        for (int i = 0; i < n; i++)
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += a[i * n + k] * b[k * columns + j];
            product[i * columns + j] = sum;
        }
    }
}
