namespace SsaShare.Orbits;

/// <summary>A priori knowledge, the editing of outliers and the cost that damping compares.</summary>
internal sealed partial class FitIteration
{
    // Stiffness that stands for "known": small against any sigma in use, large enough to keep the matrix in range.
    private const double KnownSurfaceSigma = 1e-9;
    private const double KnownBiasShare = 1e-6;

    // Beyond this times the scatter the cost grows linearly (Huber), so that wild observations neither pull the orbit far nor steer the damping.
    private const double HuberSigmas = 3;

    private static double HuberWeight(double normalised, double limit) => Math.Min(1, limit / Math.Abs(normalised));

    private static double HuberLimit(double[] normalised)
    {
        double[] sizes = [.. normalised.Select(Math.Abs).Order()];
        return HuberSigmas * Math.Max(1, 1.4826 * sizes[sizes.Length / 2]);
    }

    private void AddPrior(double[] parameters, double[] normal, double[] right)
    {
        foreach (var (index, mean, sigma) in Priors())
        {
            double weight = 1 / (sigma * sigma);
            normal[index * _n + index] += weight;
            right[index] += weight * (mean - parameters[index]);
        }
    }

    private IEnumerable<(int Index, double Mean, double Sigma)> Priors()
    {
        bool surface = _nuisancesAreFree && EstimatesSurface, biases = _nuisancesAreFree && options.EstimateBiases;
        yield return (6, options.Surface.BallisticM2PerKg, surface ? options.SurfaceSigma.BallisticM2PerKg : KnownSurfaceSigma);
        yield return (7, options.Surface.RadiationM2PerKg, surface ? options.SurfaceSigma.RadiationM2PerKg : KnownSurfaceSigma);
        foreach (var sensor in problem.Sensors)
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
                if (sensor.BiasParameter[k] >= 0)
                    yield return (sensor.BiasParameter[k], sensor.PublishedBias[k], sensor.BiasSigma[k] * (biases ? 1 : KnownBiasShare));
    }

    /// <summary>Largest normalised residual that counts, for each sensor and kind.</summary>
    private double[] RejectionLimits(double[] normalised)
    {
        const int kinds = MeasurementFigureAccess.KindCount;
        var sizes = new List<double>[problem.Sensors.Length * kinds];
        for (int i = 0; i < normalised.Length; i++)
        {
            var m = problem.Measurements[i];
            (sizes[problem.SensorOf[m.Observation] * kinds + (int)m.Kind] ??= []).Add(Math.Abs(normalised[i]));
        }
        double[] limits = new double[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] is not { } list) continue;
            list.Sort();
            // 1.4826 times the median of absolute values is one sigma of a normal distribution.
            limits[i] = options.RejectBeyondSigmas * Math.Max(1, 1.4826 * list[list.Count / 2]);
        }
        return limits;
    }

    /// <summary>Which observations have a residual beyond the limit of their sensor.</summary>
    public bool[] Edit(FitEvaluation at)
    {
        double[] limits = RejectionLimits(at.Normalised);
        bool[] rejected = new bool[problem.Observations.Count];
        Array.Fill(rejected, true);
        foreach (var m in problem.Measurements) rejected[m.Observation] = false;
        for (int i = 0; i < at.Normalised.Length; i++)
        {
            var m = problem.Measurements[i];
            int limit = problem.SensorOf[m.Observation] * MeasurementFigureAccess.KindCount + (int)m.Kind;
            if (!(Math.Abs(at.Normalised[i]) <= limits[limit])) rejected[m.Observation] = true;
        }
        return rejected;
    }

    /// <summary>What the corrections minimise: squares of the observations that count, or Huber's cost of all, and the a priori figures.</summary>
    private double Cost(double[] parameters, double[] normalised, double[] share, bool[]? rejected, double huberLimit)
    {
        double cost = 0;
        for (int i = 0; i < normalised.Length; i++)
        {
            int observation = problem.Measurements[i].Observation;
            if (rejected is not null && rejected[observation]) continue;
            double size = Math.Abs(normalised[i]);
            cost += share[i] * (rejected is not null || size <= huberLimit ? size * size : huberLimit * (2 * size - huberLimit));
        }
        foreach (var (index, mean, sigma) in Priors())
        {
            double size = (parameters[index] - mean) / sigma;
            cost += size * size;
        }
        return cost;
    }
}
