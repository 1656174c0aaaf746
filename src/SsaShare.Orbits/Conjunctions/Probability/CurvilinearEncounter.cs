using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// A pair on its two Kepler orbits, errors normal in equinoctial elements: at each time the states and covariances about the point where both distributions overlap most.
/// </summary>
/// <remarks>Hall 2021, JSR 58 (3), 715, "peak overlap position"; the elements are found directly, as the most likely ones that bring both objects to one place.</remarks>
internal sealed class CurvilinearEncounter
{
    /// <summary>After so many steps what still moves is rounding: sigmas of a metre in orbits of 42,000 km leave 8 digits.</summary>
    private const int FineSteps = 15;
    private const int MostSteps = 100;
    /// <summary>Largest change of the mean motion in one step, relative: beyond it a linear step is no guide.</summary>
    private const double MostMotionChange = 0.05, Tolerance = 1e-8, CoarseTolerance = 1e-5;

    private readonly EquinoctialOrbit _first, _second;
    private readonly double[] _q1 = new double[36], _q2 = new double[36], _s1 = new double[36], _s2 = new double[36];
    private readonly double[]? _g1, _g2;
    private readonly double _sharedVariance, _leastSigmaKm;

    private CurvilinearEncounter(ConjunctionPair pair, EquinoctialOrbit first, EquinoctialOrbit second)
    {
        (_first, _second, RadiusKm, _leastSigmaKm) = (first, second, pair.HardBodyRadiusKm, EncounterGeometry.LeastSigmaShare * pair.HardBodyRadiusKm);
        Span<double> full = stackalloc double[36];
        SmallMatrices.Full(pair.FirstCovariance, full);
        SmallMatrices.Congruence(first.FromState, full, _q1);
        SmallMatrices.Full(pair.SecondCovariance, full);
        SmallMatrices.Congruence(second.FromState, full, _q2);
        OverlapPull.SquareRoot(pair.FirstCovariance, full);
        SmallMatrices.Product(first.FromState, full, _s1);
        OverlapPull.SquareRoot(pair.SecondCovariance, full);
        SmallMatrices.Product(second.FromState, full, _s2);
        if (pair.Shared is not { } shared) return;
        _sharedVariance = shared.First.Sigma * shared.Second.Sigma;
        (_g1, _g2) = (InElements(shared.First, first), InElements(shared.Second, second));
    }

    public double RadiusKm { get; }
    public EquinoctialOrbit First => _first;
    public EquinoctialOrbit Second => _second;
    public double ShorterPeriodSeconds => Math.Min(_first.PeriodSeconds, _second.PeriodSeconds);

    /// <returns>False where one object is on no ellipse.</returns>
    public static bool TryOf(ConjunctionPair pair, out CurvilinearEncounter? encounter)
    {
        encounter = EquinoctialOrbit.TryOf(pair.First, out var first) && EquinoctialOrbit.TryOf(pair.Second, out var second) ? new CurvilinearEncounter(pair, first!, second!) : null;
        return encounter is not null;
    }

    /// <summary>Squared distance of the mean orbits, km².</summary>
    public double SquaredDistance(double seconds)
    {
        Span<double> unused = stackalloc double[36];
        return _first.TryState(_first.Elements, seconds, out var one, unused) && _second.TryState(_second.Elements, seconds, out var two, unused)
            ? (two.Position - one.Position).NormSquared
            : double.NaN;
    }

    /// <summary>The encounter some seconds from the epoch of the pair.</summary>
    /// <returns>False where the search for the overlap does not settle.</returns>
    public bool TryAt(double seconds, out LocalEncounter encounter)
    {
        Span<double> e1 = stackalloc double[6], e2 = stackalloc double[6], j1 = stackalloc double[36], j2 = stackalloc double[36];
        encounter = default;
        _first.Elements.CopyTo(e1);
        _second.Elements.CopyTo(e2);
        double before = double.NaN;
        for (int step = 0; step < MostSteps; step++)
        {
            if (!_first.TryState(e1, seconds, out var one, j1) || !_second.TryState(e2, seconds, out var two, j2)) return false;
            one = Mean(one, _first.Elements, e1, j1);
            two = Mean(two, _second.Elements, e2, j2);
            var apart = two.Position - one.Position;
            if (!OverlapPull.TrySolve(j1, _s1, j2, _s2, _leastSigmaKm, apart, out var pull)) return false;
            double squared = apart.Dot(pull);
            if (Math.Abs(squared - before) <= (step < FineSteps ? Tolerance : CoarseTolerance) * Math.Max(1, squared)) return TryEncounter(one, two, j1, j2, out encounter);
            before = squared;
            double damping = step < 30 ? 1 : 0.5;
            Pull(e1, _first.Elements, _q1, j1, pull, damping);
            Pull(e2, _second.Elements, _q2, j2, -pull, damping);
        }
        return false;
    }

    private bool TryEncounter(PositionVelocity one, PositionVelocity two, ReadOnlySpan<double> j1, ReadOnlySpan<double> j2, out LocalEncounter encounter)
    {
        Span<double> sum = stackalloc double[36], p1 = stackalloc double[36], p2 = stackalloc double[36];
        SmallMatrices.Congruence(j1, _q1, p1);
        SmallMatrices.Congruence(j2, _q2, p2);
        for (int i = 0; i < 36; i++) sum[i] = p1[i] + p2[i];
        if (_g1 is not null)
        {
            Span<double> g1 = stackalloc double[6], g2 = stackalloc double[6];
            SmallMatrices.Times(j1, _g1, g1);
            SmallMatrices.Times(j2, _g2, g2);
            for (int i = 0; i < 6; i++)
            for (int k = 0; k < 6; k++) sum[i * 6 + k] -= _sharedVariance * (g2[i] * g1[k] + g1[i] * g2[k]);
        }
        return LocalEncounter.TryOf(two.Position - one.Position, two.Velocity - one.Velocity, sum, _leastSigmaKm, out encounter);
    }

    private static PositionVelocity Mean(PositionVelocity state, ReadOnlySpan<double> mean, ReadOnlySpan<double> at, ReadOnlySpan<double> partials)
    {
        Span<double> difference = stackalloc double[6], change = stackalloc double[6];
        for (int i = 0; i < 6; i++) difference[i] = mean[i] - at[i];
        SmallMatrices.Times(partials, difference, change);
        return new PositionVelocity(state.Position + new Vector3d(change[0], change[1], change[2]), state.Velocity + new Vector3d(change[3], change[4], change[5]));
    }

    /// <summary>Elements = mean + Q·Jᵣᵀ·pull, the step shortened where it would change the orbit's energy too much.</summary>
    private static void Pull(Span<double> e, ReadOnlySpan<double> mean, ReadOnlySpan<double> q, ReadOnlySpan<double> j, Vector3d pull, double damping)
    {
        Span<double> force = stackalloc double[6], change = stackalloc double[6];
        for (int i = 0; i < 6; i++) force[i] = j[i] * pull.X + j[6 + i] * pull.Y + j[12 + i] * pull.Z;
        SmallMatrices.Times(q, force, change);
        for (int i = 0; i < 6; i++) change[i] += mean[i] - e[i];
        double relative = Math.Abs(change[0] / e[0]), share = relative * damping > MostMotionChange ? MostMotionChange / relative : damping;
        for (int i = 0; i < 6; i++) e[i] += share * change[i];
    }

    private static double[] InElements(DensityError error, EquinoctialOrbit orbit)
    {
        double[] result = new double[6];
        SmallMatrices.Times(orbit.FromState, [error[0], error[1], error[2], error[3], error[4], error[5]], result);
        return result;
    }
}
