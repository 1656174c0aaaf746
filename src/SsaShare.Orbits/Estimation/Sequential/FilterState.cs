using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sequential filter knows at one instant: mean and square root of the covariance. Owned by one filter, on one thread.</summary>
/// <remarks>
/// Order: position, velocity (km, km/s, GCRF); ballistic and radiation coefficient of the object, constants; the present deviation of each from its constant; then what is
/// estimated beside the orbit (<see cref="FilterParameter"/>), in the order of first need.
/// </remarks>
internal sealed class FilterState
{
    /// <summary>States that move the orbit; parameters follow.</summary>
    public const int Orbit = 10;
    public const int Ballistic = 6, Radiation = 7, BallisticDeviation = 8, RadiationDeviation = 9;

    public FilterState(Epoch epoch) => (Epoch, X, Factor) = (epoch, new double[Orbit], new double[Orbit * Orbit]);

    public Epoch Epoch { get; set; }
    public int Count { get; private set; } = Orbit;

    /// <summary>Mean.</summary>
    public double[] X { get; private set; }

    /// <summary>Lower triangular L with P = L·Lᵀ, by rows of <see cref="Count"/>.</summary>
    public double[] Factor { get; private set; }

    public List<FilterParameter> Parameters { get; } = [];

    public CartesianState Cartesian => new(Epoch, Frame.Gcrf, new Vector3d(X[0], X[1], X[2]), new Vector3d(X[3], X[4], X[5]));

    /// <summary>Coefficients as they act now.</summary>
    public SurfaceCoefficients Surface => new(X[Ballistic] + X[BallisticDeviation], X[Radiation] + X[RadiationDeviation]);

    public double Variance(int i) => SquareRoots.Product(Factor, Count, Math.Min(Count, i + 1), i, i);

    public double Covariance(int i, int j) => SquareRoots.Product(Factor, Count, Math.Min(i, j) + 1, i, j);

    /// <summary>Appends a parameter that is independent of everything so far.</summary>
    public void Add(FilterParameter parameter)
    {
        int n = Count + 1;
        double[] x = new double[n], factor = new double[n * n];
        X.CopyTo(x, 0);
        for (int i = 0; i < Count; i++) Factor.AsSpan(i * Count, Count).CopyTo(factor.AsSpan(i * n));
        x[^1] = parameter.Mean;
        factor[^1] = parameter.Process.Sigma;
        (X, Factor, Count) = (x, factor, n);
        Parameters.Add(parameter);
    }

    /// <summary>Adds an impulse that is known with an uncertainty of its own, and forgets which part of the velocity is owed to it.</summary>
    /// <param name="impulseKmPerS">GCRF.</param>
    /// <param name="factor">3×3 by rows, any square root of its covariance.</param>
    /// <param name="instantSigmaS">Of the instant: the object is off by what the impulse makes of it.</param>
    public void Kick(Vector3d impulseKmPerS, ReadOnlySpan<double> factor, double instantSigmaS)
    {
        int n = Count, width = n + 4;
        double[] wide = new double[n * width];
        for (int i = 0; i < n; i++) Factor.AsSpan(i * n, n).CopyTo(wide.AsSpan(i * width));
        for (int i = 0; i < 3; i++) factor.Slice(3 * i, 3).CopyTo(wide.AsSpan((3 + i) * width + n));
        var off = instantSigmaS * impulseKmPerS;
        (wide[n + 3], wide[width + n + 3], wide[2 * width + n + 3]) = (off.X, off.Y, off.Z);
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
        var constant = new GaussMarkov(sigmaKmPerS, double.PositiveInfinity);
        Add(new FilterParameter(ParameterRole.Impulse, default, 0, impulseKmPerS.X, constant));
        Add(new FilterParameter(ParameterRole.Impulse, default, 1, impulseKmPerS.Y, constant));
        Add(new FilterParameter(ParameterRole.Impulse, default, 2, impulseKmPerS.Z, constant));
        for (int i = 0; i < 3; i++)
        {
            X[3 + i] += X[first + i];
            Factor[(3 + i) * Count + first + i] = sigmaKmPerS;
        }
        SquareRoots.Triangularise(Factor, Count, Count);
        return first;
    }

    /// <summary>Becomes like another.</summary>
    public void CopyFrom(FilterState other)
    {
        if (Count != other.Count)
        {
            Parameters.Clear();
            Parameters.AddRange(other.Parameters);
            (X, Factor, Count) = (new double[other.Count], new double[other.Count * other.Count], other.Count);
        }
        Epoch = other.Epoch;
        other.X.CopyTo(X, 0);
        other.Factor.CopyTo(Factor, 0);
    }

    public FilterState Copy() => Of(Epoch, X, FilterStep.Pack(Factor, Count), Parameters);

    /// <summary>From what a step keeps. Parameters that were unknown then are appended as they are before any observation.</summary>
    /// <param name="epoch">Of the state.</param>
    /// <param name="x">Mean.</param>
    /// <param name="packed">Lower triangle of the factor by rows.</param>
    /// <param name="parameters">All of the run.</param>
    public static FilterState Of(Epoch epoch, double[] x, double[] packed, IReadOnlyList<FilterParameter> parameters)
    {
        var state = new FilterState(epoch);
        foreach (var parameter in parameters) state.Add(parameter);
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
        var biases = new List<SensorBias>(Parameters.Count);
        for (int i = Orbit; i < Count; i++)
            if (Parameters[i - Orbit] is { Role: ParameterRole.Bias } bias) biases.Add(new SensorBias(bias.Sensor, bias.Kind, X[i], Math.Sqrt(Variance(i))));
        return new FilterEstimate(Cartesian, new Covariance6(lower), Surface,
            new SurfaceCoefficients(Math.Sqrt(totalVariance(Ballistic, BallisticDeviation)), Math.Sqrt(totalVariance(Radiation, RadiationDeviation))), biases);
    }
}
