using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From the last evaluation to the published result.</summary>
internal sealed partial class FitIteration
{
    public OrbitFitOutcome Finish(FitEvaluation at, int iterations)
    {
        double[] normal = new double[_n * _n], right = new double[_n], covariance = new double[_n * _n];
        Accumulate(at, sensor: -1, normal, right);
        AddPrior(at.Parameters, normal, right);
        if (!SymmetricSolver.TryInvert(normal, _n, covariance))
            return new OrbitFitOutcome.Failed(OrbitFitFailure.IllConditioned, "The normal matrix is singular.");
        double reduced = ReducedChiSquare(at), scale = Math.Max(1, reduced);
        const int p = FitProblem.OrbitParameters;
        double[] scaled = new double[p * p];
        for (int i = 0; i < p; i++)
        for (int j = 0; j < p; j++) scaled[i * p + j] = scale * covariance[i * _n + j];
        double sigmaOf(int i) => Math.Sqrt(scaled[i * p + i]);
        var used = problem.Observations.Where((_, i) => !at.IsRejected(i)).Select(o => o.Epoch).ToList();
        return new OrbitFitOutcome.Fitted(new OrbitFit(
            StateOf(at.Parameters), Lower(covariance, _n, 1), Lower(covariance, _n, scale),
            new SurfaceCoefficients(at.Parameters[6], at.Parameters[7]),
            EstimatesSurface ? new SurfaceCoefficients(sigmaOf(6), sigmaOf(7)) : default,
            [.. Biases(at, covariance, scale)], [.. Residuals(at)], [.. Statistics(at)], [.. Information(at)],
            reduced, used.Count, problem.Observations.Count - used.Count, iterations)
        {
            ParameterCovariance = scaled,
            Span = (used.Min(), used.Max()),
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
        int unknowns = 6 + (EstimatesSurface ? 2 : 0) + (options.EstimateBiases ? problem.BiasCount : 0);
        return sum / Math.Max(1, count - unknowns);
    }

    private static Covariance6 Lower(double[] matrix, int n, double scale)
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = scale * matrix[i * n + j];
        return new Covariance6(lower);
    }

    private IEnumerable<SensorBias> Biases(FitEvaluation at, double[] covariance, double scale)
    {
        foreach (var sensor in problem.Sensors)
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
                if (sensor.BiasParameter[k] is >= 0 and var index)
                    yield return new SensorBias(sensor.Key, (MeasurementKind)k, at.Parameters[index],
                        options.EstimateBiases ? Math.Sqrt(scale * covariance[index * _n + index]) : 0);
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

    /// <summary>Each sensor's normal matrix with its own biases (and what is known of them beforehand) eliminated by Schur's complement.</summary>
    private IEnumerable<SensorInformation> Information(FitEvaluation at)
    {
        const int p = FitProblem.OrbitParameters;
        var priors = Priors().ToDictionary(prior => prior.Index, prior => 1 / (prior.Sigma * prior.Sigma));
        for (int s = 0; s < problem.Sensors.Length; s++)
        {
            double[] normal = new double[_n * _n];
            Accumulate(at, s, normal, new double[_n]);
            int[] biases = [.. problem.Sensors[s].BiasParameter.Where(index => index >= 0)];
            double[] block = new double[biases.Length * biases.Length], inverse = new double[block.Length], matrix = new double[p * p];
            for (int i = 0; i < biases.Length; i++)
            for (int j = 0; j < biases.Length; j++)
                block[i * biases.Length + j] = normal[biases[i] * _n + biases[j]] + (i == j ? priors[biases[i]] : 0);
            // The priors make the block positive definite.
            if (biases.Length > 0 && !SymmetricSolver.TryInvert(block, biases.Length, inverse)) throw new InvalidOperationException("Bias block is singular.");
            for (int i = 0; i < p; i++)
            for (int j = 0; j < p; j++)
            {
                double value = normal[i * _n + j];
                for (int a = 0; a < biases.Length; a++)
                for (int b = 0; b < biases.Length; b++)
                    value -= normal[i * _n + biases[a]] * inverse[a * biases.Length + b] * normal[biases[b] * _n + j];
                matrix[i * p + j] = value;
            }
            yield return new SensorInformation(problem.Sensors[s].Key, matrix);
        }
    }
}
