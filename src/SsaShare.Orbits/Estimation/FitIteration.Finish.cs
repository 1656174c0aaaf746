using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From the last evaluation to the published result.</summary>
internal sealed partial class FitIteration
{
    private const int P = FitProblem.OrbitParameters;

    public OrbitFitOutcome Finish(FitEvaluation at, int iterations)
    {
        Arrays.Fill(at);
        _filled = at;
        if (!Arrays.TryPrepare(out string open)) return new OrbitFitOutcome.Failed(OrbitFitFailure.IllConditioned, open);
        double reduced = ReducedChiSquare(at), scale = Math.Max(1, reduced);
        var posterior = Arrays.OfOrbit();
        double[] formal = Covariance(posterior, 1), scaled = Covariance(posterior, scale);
        double sigmaOf(int i) => Math.Sqrt(scaled[i * P + i]);
        var (biases, clocks) = OwnParameters(at, scale);
        var used = problem.Observations.Where((_, i) => !at.IsRejected(i)).Select(o => o.Epoch).ToList();
        return new OrbitFitOutcome.Fitted(new OrbitFit(
            StateOf(at.Parameters), Lower(formal), Lower(scaled),
            new SurfaceCoefficients(at.Parameters[6], at.Parameters[7]), new SurfaceCoefficients(sigmaOf(6), sigmaOf(7)),
            biases, [.. Residuals(at)], [.. Statistics(at)],
            [.. problem.Sensors.Select((sensor, s) => new SensorInformation(sensor.Key, Arrays.Information(s)))],
            reduced, used.Count, problem.Observations.Count - used.Count, iterations)
        {
            ParameterCovariance = scaled,
            Span = (used.Min(), used.Max()),
            Clocks = clocks,
            Edited = [.. Edited(at)],
            ConditionNumber = Arrays.ConditionNumber,
            Realism = new RealismOfFit(problem, Arrays, at, options.CorrelationSeconds).Compute(),
        });
    }

    private double ReducedChiSquare(FitEvaluation at)
    {
        double sum = 0, count = 0;
        for (int i = 0; i < at.Normalised.Length; i++)
        {
            if (at.IsRejected(problem.Measurements[i].Observation)) continue;
            double weight = at.Noise.Share[i];
            sum += weight * at.Normalised[i] * at.Normalised[i];
            count += weight;
        }
        return sum / Math.Max(1, count - Arrays.EstimatedCount);
    }

    /// <summary>Of the eight parameters of the orbit: that of the noise times a scale, and what is considered.</summary>
    private double[] Covariance(FitArrays.Posterior posterior, double scale)
    {
        double[] covariance = new double[P * P];
        for (int i = 0; i < P; i++)
        for (int j = 0; j < P; j++) covariance[i * P + j] = scale * posterior.Noise[i * P + j] + Arrays.Considered(posterior.Sensitivity, i, j);
        return covariance;
    }

    private static Covariance6 Lower(double[] matrix)
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = matrix[i * P + j];
        return new Covariance6(lower);
    }

    private (SensorBias[] Biases, ClockBias[] Clocks) OwnParameters(FitEvaluation at, double scale)
    {
        var biases = new List<SensorBias>();
        var clocks = new List<ClockBias>();
        for (int s = 0; s < problem.Sensors.Length; s++)
        {
            var sensor = problem.Sensors[s];
            var posterior = Arrays.OfSensor(s);
            var estimated = Arrays.EstimatedOwn(s);
            int n = estimated.Length + Arrays.OrbitEstimatedCount;
            double sigma(int own)
            {
                int i = estimated.AsSpan().IndexOf(own);
                return i >= 0 ? Math.Sqrt(scale * posterior.Noise[i * n + i] + Arrays.Considered(posterior.Sensitivity, i, i)) : sensor.Considered.Contains(own) ? sensor.OwnSigma[own] : 0;
            }
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
                if (sensor.Measures[k]) biases.Add(new SensorBias(sensor.Key, (MeasurementKind)k, at.Parameters[Own(s, k)], sigma(k)));
            if (_withTime) clocks.Add(new ClockBias(sensor.Key, at.Parameters[Own(s, FitSensor.TimeBias)], sigma(FitSensor.TimeBias)));
        }
        return ([.. biases], [.. clocks]);
    }

    private IEnumerable<Residual> Residuals(FitEvaluation at)
        => problem.Measurements.Select((m, i) => new Residual(m.Observation, m.Kind, at.Values[i], at.Normalised[i], at.IsRejected(m.Observation)));

    private IEnumerable<ResidualStatistics> Statistics(FitEvaluation at)
    {
        var groups = Enumerable.Range(0, at.Values.Length).GroupBy(i => (Sensor: problem.SensorOf[problem.Measurements[i].Observation], problem.Measurements[i].Kind));
        foreach (var group in groups.OrderBy(g => g.Key))
        {
            double[] used = [.. group.Where(i => !at.IsRejected(problem.Measurements[i].Observation)).Select(i => at.Values[i])];
            var sensor = problem.Sensors[group.Key.Sensor];
            double[] sizes = [.. used.Select(Math.Abs).Order()];
            yield return new ResidualStatistics(sensor.Key, group.Key.Kind, used.Length, group.Count() - used.Length,
                used.Length == 0 ? 0 : used.Average(), used.Length == 0 ? 0 : Math.Sqrt(used.Average(value => value * value)),
                used.Length == 0 ? 0 : sizes[sizes.Length / 2], sensor.Sigma[(int)group.Key.Kind]);
        }
    }
}
