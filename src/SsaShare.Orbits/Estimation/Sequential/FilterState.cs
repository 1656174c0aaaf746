using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sequential filter knows at one instant: mean and square root of the covariance. Owned by one filter, on one thread.</summary>
/// <remarks>
/// Order: position, velocity (km, km/s, GCRF); ballistic and radiation coefficient of the object, constants; the present deviation of each from its constant; then one bias for each
/// sensor and kind, in the order of their first measurement.
/// </remarks>
internal sealed class FilterState
{
    /// <summary>States that move the orbit; biases follow.</summary>
    public const int Orbit = 10;
    public const int Ballistic = 6, Radiation = 7, BallisticDeviation = 8, RadiationDeviation = 9;

    public FilterState(Epoch epoch) => (Epoch, X, Factor) = (epoch, new double[Orbit], new double[Orbit * Orbit]);

    public Epoch Epoch { get; set; }
    public int Count { get; private set; } = Orbit;

    /// <summary>Mean.</summary>
    public double[] X { get; private set; }

    /// <summary>Lower triangular L with P = L·Lᵀ, by rows of <see cref="Count"/>.</summary>
    public double[] Factor { get; private set; }

    public List<FilterBias> Biases { get; } = [];

    public CartesianState Cartesian => new(Epoch, Frame.Gcrf, new Vector3d(X[0], X[1], X[2]), new Vector3d(X[3], X[4], X[5]));

    /// <summary>Coefficients as they act now.</summary>
    public SurfaceCoefficients Surface => new(X[Ballistic] + X[BallisticDeviation], X[Radiation] + X[RadiationDeviation]);

    public double Variance(int i) => SquareRoots.Product(Factor, Count, Math.Min(Count, i + 1), i, i);

    public double Covariance(int i, int j) => SquareRoots.Product(Factor, Count, Math.Min(i, j) + 1, i, j);

    /// <summary>Appends a bias that is independent of everything so far.</summary>
    public void Add(FilterBias bias)
    {
        int n = Count + 1;
        double[] x = new double[n], factor = new double[n * n];
        X.CopyTo(x, 0);
        for (int i = 0; i < Count; i++) Factor.AsSpan(i * Count, Count).CopyTo(factor.AsSpan(i * n));
        x[^1] = bias.Mean;
        factor[^1] = bias.Process.Sigma;
        (X, Factor, Count) = (x, factor, n);
        Biases.Add(bias);
    }

    /// <summary>Adds an impulse that is known with an uncertainty of its own, and forgets which part of the velocity is owed to it.</summary>
    /// <param name="impulseKmPerS">GCRF.</param>
    /// <param name="factor">3×3 by rows, any square root of its covariance.</param>
    public void Kick(Vector3d impulseKmPerS, ReadOnlySpan<double> factor)
    {
        int n = Count, width = n + 3;
        double[] wide = new double[n * width];
        for (int i = 0; i < n; i++) Factor.AsSpan(i * n, n).CopyTo(wide.AsSpan(i * width));
        for (int i = 0; i < 3; i++) factor.Slice(3 * i, 3).CopyTo(wide.AsSpan((3 + i) * width + n));
        SquareRoots.Triangularise(wide, n, width);
        for (int i = 0; i < n; i++) wide.AsSpan(i * width, n).CopyTo(Factor.AsSpan(i * n));
        (X[3], X[4], X[5]) = (X[3] + impulseKmPerS.X, X[4] + impulseKmPerS.Y, X[5] + impulseKmPerS.Z);
    }

    /// <summary>Adds an impulse as three states of their own, to be estimated with the rest.</summary>
    /// <param name="impulseKmPerS">Mean, GCRF.</param>
    /// <param name="sigmaKmPerS">Of each component.</param>
    /// <returns>Index of the first of the three.</returns>
    public int AddImpulse(Vector3d impulseKmPerS, double sigmaKmPerS)
    {
        int first = Count;
        // Constants without a sensor: nothing measures them but through the orbit.
        Add(new FilterBias(default, default, impulseKmPerS.X, new GaussMarkov(sigmaKmPerS, double.PositiveInfinity)));
        Add(new FilterBias(default, default, impulseKmPerS.Y, new GaussMarkov(sigmaKmPerS, double.PositiveInfinity)));
        Add(new FilterBias(default, default, impulseKmPerS.Z, new GaussMarkov(sigmaKmPerS, double.PositiveInfinity)));
        for (int i = 0; i < 3; i++)
        {
            X[3 + i] += X[first + i];
            Factor[(3 + i) * Count + first + i] = sigmaKmPerS;
        }
        SquareRoots.Triangularise(Factor, Count, Count);
        return first;
    }

    /// <summary>Takes over instant, mean and factor of another with the same biases.</summary>
    public void CopyFrom(FilterState other)
    {
        while (Count < other.Count) Add(other.Biases[Biases.Count]);
        Epoch = other.Epoch;
        other.X.CopyTo(X, 0);
        other.Factor.CopyTo(Factor, 0);
    }

    public FilterState Copy() => Of(Epoch, X, FilterStep.Pack(Factor, Count), Biases);

    /// <summary>From what a step keeps. Biases that were unknown then are appended as they are before any observation.</summary>
    /// <param name="epoch">Of the state.</param>
    /// <param name="x">Mean.</param>
    /// <param name="packed">Lower triangle of the factor by rows.</param>
    /// <param name="biases">All of the run.</param>
    public static FilterState Of(Epoch epoch, double[] x, double[] packed, IReadOnlyList<FilterBias> biases)
    {
        var state = new FilterState(epoch);
        foreach (var bias in biases) state.Add(bias);
        x.CopyTo(state.X, 0);
        for (int i = 0; i < x.Length; i++) packed.AsSpan(i * (i + 1) / 2, i + 1).CopyTo(state.Factor.AsSpan(i * state.Count));
        return state;
    }

    public FilterEstimate ToEstimate()
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = Covariance(i, j);
        double totalVariance(int constant, int deviation) => Variance(constant) + Variance(deviation) + 2 * Covariance(constant, deviation);
        var biases = new SensorBias[Biases.Count];
        for (int b = 0; b < biases.Length; b++) biases[b] = new SensorBias(Biases[b].Sensor, Biases[b].Kind, X[Orbit + b], Math.Sqrt(Variance(Orbit + b)));
        return new FilterEstimate(Cartesian, new Covariance6(lower), Surface,
            new SurfaceCoefficients(Math.Sqrt(totalVariance(Ballistic, BallisticDeviation)), Math.Sqrt(totalVariance(Radiation, RadiationDeviation))), biases);
    }
}

/// <summary>A bias in the state of a filter.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Kind">Of which measurement; an azimuth's is of the azimuth itself.</param>
/// <param name="Mean">What it returns to: the published figure.</param>
/// <param name="Process">How far it is from there, and for how long.</param>
internal readonly record struct FilterBias(SensorKey Sensor, MeasurementKind Kind, double Mean, GaussMarkov Process);
