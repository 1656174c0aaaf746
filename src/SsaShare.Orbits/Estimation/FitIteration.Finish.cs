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
        var (squares, freedom) = ChiSquare(at);
        double reduced = squares / Math.Max(1, freedom), scale = freedom >= OrbitFit.LeastDegreesOfFreedom ? Math.Max(1, reduced) : 1;
        var posterior = Arrays.OfOrbit();
        double[] formal = Covariance(posterior, 1), scaled = Covariance(posterior, scale);
        double sigmaOf(int i) => Math.Sqrt(scaled[i * P + i]);
        var (biases, clocks, sensorCovariances) = OwnParameters(at, scale);
        var used = problem.Observations.Where((_, i) => !at.IsRejected(i)).Select(o => o.Epoch).ToList();
        return new OrbitFitOutcome.Fitted(new OrbitFit(
            StateOf(at.Parameters), Lower(formal), Lower(scaled),
            new SurfaceCoefficients(at.Parameters[6], at.Parameters[7]), new SurfaceCoefficients(sigmaOf(6), sigmaOf(7)),
            biases, [.. Residuals(at)], [.. Statistics(at)],
            [.. problem.Sensors.Select((sensor, s) => new SensorInformation(sensor.Key, Arrays.Information(s)))],
            reduced, used.Count, problem.Observations.Count - used.Count, iterations)
        {
            ParameterCovariance = scaled,
            FormalParameterCovariance = formal,
            DegreesOfFreedom = freedom,
            SensorCovariances = sensorCovariances,
            Span = (used.Min(), used.Max()),
            Clocks = clocks,
            Edited = [.. Edited(at)],
            ConditionNumber = Arrays.ConditionNumber,
            Realism = new RealismOfFit(problem, Arrays, at, options.CorrelationSeconds).Compute(),
        });
    }

    /// <summary>Squares of what counts and of the a priori figures, and how many more of both there are than estimated parameters.</summary>
    private (double Squares, double DegreesOfFreedom) ChiSquare(FitEvaluation at)
    {
        double sum = Arrays.PriorCost(at.Parameters), count = Arrays.PriorCount - Arrays.EstimatedCount;
        for (int i = 0; i < at.Normalised.Length; i++)
        {
            if (at.IsRejected(problem.Measurements[i].Observation)) continue;
            double weight = at.Noise.Share[i];
            sum += weight * at.Normalised[i] * at.Normalised[i];
            count += weight;
        }
        return (sum, count);
    }

    /// <summary>Of the eight parameters of the orbit: that of the noise times a scale, what was known beforehand, and what is considered.</summary>
    private double[] Covariance(FitArrays.Posterior posterior, double scale)
    {
        double[] covariance = new double[P * P];
        for (int i = 0; i < P; i++)
        for (int j = 0; j < P; j++) covariance[i * P + j] = posterior.Scaled(i * P + j, scale) + Arrays.Considered(posterior.Sensitivity, i, j);
        return covariance;
    }

    private static Covariance6 Lower(double[] matrix)
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = matrix[i * P + j];
        return new Covariance6(lower);
    }

    private (SensorBias[] Biases, ClockBias[] Clocks, SensorCovariance[] Covariances) OwnParameters(FitEvaluation at, double scale)
    {
        var biases = new List<SensorBias>();
        var clocks = new List<ClockBias>();
        var covariances = new SensorCovariance[problem.Sensors.Length];
        for (int s = 0; s < problem.Sensors.Length; s++)
        {
            var sensor = problem.Sensors[s];
            covariances[s] = new SensorCovariance(sensor.Key, CovarianceOf(s, scale));
            double sigma(int own) => Math.Sqrt(covariances[s].Matrix[own * (SensorCovariance.Size + 1)]);
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
                if (sensor.Measures[k]) biases.Add(new SensorBias(sensor.Key, (MeasurementKind)k, at.Parameters[Own(s, k)], sigma(k)));
            if (_withTime) clocks.Add(new ClockBias(sensor.Key, at.Parameters[Own(s, FitSensor.TimeBias)], sigma(SensorCovariance.Clock)));
        }
        return ([.. biases], [.. clocks], covariances);
    }

    private double[] CovarianceOf(int sensor, double scale)
    {
        const int size = SensorCovariance.Size;
        var posterior = Arrays.OfSensor(sensor);
        var all = Arrays.Places(sensor);
        // Biases and clock come first in both orders; the platform's errors are left out.
        (int, int)[] places = [.. all[..SensorCovariance.FirstOfOrbit], .. all[FitSensor.OwnParameters..]];
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) matrix[i * size + j] = Arrays.Covariance(posterior, places[i], places[j], scale);
        return matrix;
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
