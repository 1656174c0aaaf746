namespace SsaShare.Orbits;

/// <summary>The editing of outliers and the cost that damping compares.</summary>
internal sealed partial class FitIteration
{
    // Beyond this times the scatter the cost grows linearly (Huber), so that wild observations neither pull the orbit far nor steer the damping.
    private const double HuberSigmas = 3;

    // The median of absolute values times this is one sigma of a normal distribution.
    private const double SigmaOfMedian = 1.4826;

    private static double HuberLimit(double[] normalised)
    {
        double[] sizes = [.. normalised.Select(Math.Abs)];
        Array.Sort(sizes);
        return HuberSigmas * Math.Max(1, SigmaOfMedian * sizes[sizes.Length / 2]);
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
            limits[i] = options.RejectBeyondSigmas * Math.Max(1, SigmaOfMedian * list[list.Count / 2]);
        }
        return limits;
    }

    /// <summary>Which observations have a residual beyond the limit of their sensor.</summary>
    public bool[] Edit(FitEvaluation at)
    {
        double[] limits = RejectionLimits(at.Normalised);
        bool[] rejected = [.. problem.IsMeasured.Select(isMeasured => !isMeasured)];
        for (int i = 0; i < at.Normalised.Length; i++)
        {
            var m = problem.Measurements[i];
            int limit = problem.SensorOf[m.Observation] * MeasurementFigureAccess.KindCount + (int)m.Kind;
            if (!(Math.Abs(at.Normalised[i]) <= limits[limit])) rejected[m.Observation] = true;
        }
        return rejected;
    }

    /// <summary>Everything that took no part, with the largest residual of each observation left out for one.</summary>
    private IEnumerable<EditedObservation> Edited(FitEvaluation at)
    {
        var worst = new Dictionary<int, int>();
        for (int i = 0; i < at.Normalised.Length; i++)
        {
            int observation = problem.Measurements[i].Observation;
            if (!at.IsRejected(observation)) continue;
            if (!worst.TryGetValue(observation, out int before) || !(Math.Abs(at.Normalised[i]) <= Math.Abs(at.Normalised[before]))) worst[observation] = i;
        }
        return problem.Unusable
            .Concat(worst.Values.Select(i => new EditedObservation(problem.Measurements[i].Observation, problem.Measurements[i].Kind, EditReason.Residual, at.Normalised[i])))
            .OrderBy(edited => edited.ObservationIndex);
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
        return cost + Arrays.PriorCost(parameters);
    }
}
