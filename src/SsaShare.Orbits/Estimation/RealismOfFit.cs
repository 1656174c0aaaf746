using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The computing behind <see cref="FitRealism"/>, at the solution of a fit.</summary>
internal sealed class RealismOfFit(FitProblem problem, FitArrays arrays, FitEvaluation at, double correlationSeconds)
{
    private const double PassGapSeconds = 300;
    private const int PassesForEachParameter = 3;
    private const double FollowedEntirely = 1e-9;

    private readonly double[] _studentised = new double[at.Values.Length];
    private readonly bool[] _independent = new bool[at.Values.Length];
    private readonly List<(double SquaredDistance, int DegreesOfFreedom)> _distances = [];

    public FitRealism Compute()
    {
        var bySensor = new List<int>[problem.Sensors.Length];
        for (int i = 0; i < at.Values.Length; i++)
        {
            int observation = problem.Measurements[i].Observation;
            if (!at.IsRejected(observation)) (bySensor[problem.SensorOf[observation]] ??= []).Add(i);
        }
        var residuals = new List<ResidualRealism>();
        double scores = 0;
        int passes = 0;
        for (int s = 0; s < bySensor.Length; s++)
        {
            if (bySensor[s] is not { } list) continue;
            int[] inTime = [.. list.OrderBy(EpochOf)];
            Studentise(s, inTime);
            foreach (var (first, end) in PassesOf(inTime))
            {
                scores += arrays.ScoreSquares(at, s, inTime.AsSpan(first, end - first));
                passes++;
            }
            residuals.AddRange(inTime.GroupBy(i => problem.Measurements[i].Kind).OrderBy(g => g.Key).Select(g => Of(problem.Sensors[s].Key, g.Key, [.. g])));
        }
        int unknowns = arrays.OrbitEstimatedCount;
        double? passScale = passes < PassesForEachParameter * unknowns ? null : scores / unknowns * passes / (passes - unknowns);
        return new FitRealism(residuals, MahalanobisTest.Of(_distances), passScale, passes);
    }

    private Epoch EpochOf(int measurement) => problem.EpochOf(measurement);

    private IEnumerable<(int First, int End)> PassesOf(int[] inTime)
    {
        for (int first = 0; first < inTime.Length;)
        {
            int end = first + 1;
            while (end < inTime.Length && EpochOf(inTime[end]).SecondsSince(EpochOf(inTime[end - 1])) <= PassGapSeconds) end++;
            yield return (first, end);
            first = end;
        }
    }

    /// <summary>Residuals over their own standard deviations; distances of the observations that count as independent.</summary>
    private void Studentise(int sensor, int[] inTime)
    {
        var posterior = arrays.OfSensor(sensor);
        Span<double> covariance = stackalloc double[36], solved = stackalloc double[6];
        Epoch? last = null;
        for (int first = 0; first < inTime.Length;)
        {
            int observation = problem.Measurements[inTime[first]].Observation, k = 1;
            while (first + k < inTime.Length && problem.Measurements[inTime[first + k]].Observation == observation) k++;
            // Measurements of one observation stand together, so they are numbered on.
            arrays.ResidualCovariance(at.Design, sensor, posterior, inTime[first], at.Noise, covariance, k);
            var values = at.Values.AsSpan(inTime[first], k);
            for (int a = 0; a < k; a++)
            {
                double sigma = at.Noise.Sigma[inTime[first] + a], variance = covariance[a * k + a];
                // A residual that the fit follows entirely says nothing; rounding must not make it loud.
                _studentised[inTime[first] + a] = variance > FollowedEntirely * sigma * sigma ? values[a] / Math.Sqrt(variance) : 0;
            }
            var epoch = EpochOf(inTime[first]);
            if ((last is not { } before || epoch.SecondsSince(before) >= correlationSeconds) && SymmetricSolver.TrySolve(covariance[..(k * k)], values, solved[..k]))
            {
                last = epoch;
                double squared = 0;
                for (int a = 0; a < k; a++)
                {
                    squared += solved[a] * values[a];
                    _independent[inTime[first] + a] = true;
                }
                _distances.Add((squared, k));
            }
            first += k;
        }
    }

    private ResidualRealism Of(SensorKey sensor, MeasurementKind kind, int[] inTime)
    {
        double squares = 0, chiSquare = 0, differences = 0, products = 0, neighbours = 0, spacing = 0;
        int independent = 0, pairs = 0;
        for (int i = 0; i < inTime.Length; i++)
        {
            double value = _studentised[inTime[i]];
            squares += value * value;
            if (_independent[inTime[i]])
            {
                chiSquare += value * value;
                independent++;
            }
            if (i == 0) continue;
            double gap = EpochOf(inTime[i]).SecondsSince(EpochOf(inTime[i - 1])), before = _studentised[inTime[i - 1]];
            if (gap > PassGapSeconds) continue;
            pairs++;
            spacing += gap;
            differences += (value - before) * (value - before);
            products += value * before;
            neighbours += (value * value + before * before) / 2;
        }
        double correlation = pairs == 0 || neighbours == 0 ? double.NaN : products / neighbours;
        // A correlation that could be chance counts as none.
        double seconds = double.IsNaN(correlation) ? double.NaN : correlation <= 2 / Math.Sqrt(pairs) ? 0 : -2 * spacing / pairs / Math.Log(Math.Min(correlation, 0.999));
        return new ResidualRealism(sensor, kind, inTime.Length, squares / inTime.Length, independent, chiSquare,
            independent == 0 ? double.NaN : Orbits.ChiSquare.Above(chiSquare, independent),
            pairs == 0 || neighbours == 0 ? double.NaN : differences / neighbours, correlation, seconds);
    }
}
