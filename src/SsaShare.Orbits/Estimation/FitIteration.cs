using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One evaluation of a fit: residuals, which observations count, cost.</summary>
internal sealed class FitEvaluation
{
    public required double[] Parameters { get; init; }
    public required double[] Values { get; init; }
    public required double[] Normalised { get; init; }

    /// <summary>By which the residuals are normalised. Held while corrections are compared, so that none looks better for a larger noise.</summary>
    public required FitIteration.Noise Noise { get; init; }
    public required PropagatedState[] States { get; init; }

    /// <summary>Which observations are left out; null where all count, large residuals with Huber's weights.</summary>
    public required bool[]? Rejected { get; init; }

    /// <summary>Where Huber's weights begin to fall, in sigmas: follows the scatter while the orbit is still far off.</summary>
    public required double HuberLimit { get; init; }

    public required double Cost { get; init; }

    public bool IsRejected(int observation) => Rejected is not null && Rejected[observation];
}

/// <summary>The computing behind <see cref="OrbitFitter"/>; one instance serves one fit.</summary>
internal sealed partial class FitIteration(FitProblem problem, Propagator propagator, MeasurementModel model, OrbitFitOptions options, CartesianState start)
{
    private readonly int _n = problem.ParameterCount;

    private bool EstimatesSurface => options.EstimateSurface && propagator.Forces.HasSurfaceForces;

    private bool _nuisancesAreFree;

    /// <summary>From now on surface coefficients and biases are estimated, as far as the options ask for it.</summary>
    /// <returns>False when they are already.</returns>
    public bool FreeNuisances() => !_nuisancesAreFree && (_nuisancesAreFree = EstimatesSurface || options.EstimateBiases);

    public double[] Initial()
    {
        double[] parameters = new double[_n];
        (parameters[0], parameters[1], parameters[2]) = (start.PositionKm.X, start.PositionKm.Y, start.PositionKm.Z);
        (parameters[3], parameters[4], parameters[5]) = (start.VelocityKmPerS.X, start.VelocityKmPerS.Y, start.VelocityKmPerS.Z);
        (parameters[6], parameters[7]) = (options.Surface.BallisticM2PerKg, options.Surface.RadiationM2PerKg);
        foreach (var sensor in problem.Sensors)
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
                if (sensor.BiasParameter[k] >= 0) parameters[sensor.BiasParameter[k]] = sensor.PublishedBias[k];
        return parameters;
    }

    /// <param name="parameters">State, surface coefficients, biases.</param>
    /// <param name="rejected">Observations to leave out; null to count all, large residuals with less weight.</param>
    /// <param name="like">Noise and the place where Huber's weights begin to fall are taken from there; null to take them from these parameters.</param>
    /// <param name="evaluation">The result.</param>
    /// <returns>False when the orbit of these parameters cannot be followed to all observations.</returns>
    public bool TryEvaluate(double[] parameters, bool[]? rejected, FitEvaluation? like, out FitEvaluation evaluation)
    {
        evaluation = null!;
        if (!parameters.All(double.IsFinite)) return false;
        var surface = new SurfaceCoefficients(parameters[6], parameters[7]);
        if (!propagator.TrySample(StateOf(parameters), surface, problem.Epochs, withPartials: true, out var states)) return false;
        double[] values = new double[problem.Measurements.Length], normalised = new double[values.Length];
        var noise = like?.Noise ?? NoiseAt(states);
        int observation = -1;
        PredictedFigures computed = default;
        for (int i = 0; i < values.Length; i++)
        {
            var m = problem.Measurements[i];
            var sensor = problem.Sensors[problem.SensorOf[m.Observation]];
            if (m.Observation != observation)
            {
                observation = m.Observation;
                var state = states[observation];
                computed = model.Predict(problem.Observations[observation], state.PositionKm, state.VelocityKmPerS, []);
            }
            int kind = (int)m.Kind;
            double value = computed.Residual(m.Kind, m.Value - parameters[sensor.BiasParameter[kind]]);
            values[i] = value;
            normalised[i] = value / noise.Sigma[i];
        }
        evaluation = Evaluation(parameters, values, normalised, noise, states, rejected, like?.HuberLimit ?? HuberLimit(normalised));
        return true;
    }

    /// <summary>The same with noise and Huber's limit taken from its own states and residuals.</summary>
    public FitEvaluation Relimit(FitEvaluation at)
    {
        if (!problem.HasUncertainEpochs) return Evaluation(at.Parameters, at.Values, at.Normalised, at.Noise, at.States, at.Rejected, HuberLimit(at.Normalised));
        var noise = NoiseAt(at.States);
        double[] normalised = [.. at.Values.Zip(noise.Sigma, (value, sigma) => value / sigma)];
        return Evaluation(at.Parameters, at.Values, normalised, noise, at.States, at.Rejected, HuberLimit(normalised));
    }

    private FitEvaluation Evaluation(double[] parameters, double[] values, double[] normalised, Noise noise, PropagatedState[] states, bool[]? rejected, double huberLimit) => new()
    {
        Parameters = parameters, Values = values, Normalised = normalised, Noise = noise, States = states,
        Rejected = rejected, HuberLimit = huberLimit, Cost = Cost(parameters, normalised, noise.Share, rejected, huberLimit),
    };

    /// <summary>Solves the normal equations at an evaluation.</summary>
    /// <param name="at">Where.</param>
    /// <param name="damping">Share of its own size added to each diagonal entry; zero for the plain correction.</param>
    /// <param name="correction">To be added to the parameters.</param>
    /// <param name="sigmas">Largest correction of a state component in units of its formal sigma.</param>
    /// <returns>False when the normal matrix is singular.</returns>
    public bool TryCorrection(FitEvaluation at, double damping, out double[] correction, out double sigmas)
    {
        sigmas = double.NaN;
        double[] normal = new double[_n * _n], right = new double[_n];
        correction = new double[_n];
        Accumulate(at, sensor: -1, normal, right);
        AddPrior(at.Parameters, normal, right);
        double[] inverse = new double[_n * _n];
        if (!SymmetricSolver.TryInvert(normal, _n, inverse)) return false;
        for (int i = 0; i < _n; i++) normal[i * _n + i] *= 1 + damping;
        if (!SymmetricSolver.TrySolve(normal, right, correction)) return false;
        sigmas = 0;
        for (int i = 0; i < 6; i++) sigmas = Math.Max(sigmas, Math.Abs(correction[i]) / Math.Sqrt(inverse[i * _n + i]));
        return true;
    }

    /// <summary>Adds the normal equations of one sensor's used observations, or of all (-1).</summary>
    private void Accumulate(FitEvaluation at, int sensor, double[] normal, double[] right)
    {
        Span<double> byState = stackalloc double[MeasurementFigureAccess.KindCount * 6], row = stackalloc double[FitProblem.OrbitParameters];
        int observation = -1;
        PredictedFigures computed = default;
        for (int i = 0; i < problem.Measurements.Length; i++)
        {
            var m = problem.Measurements[i];
            if (at.IsRejected(m.Observation) || (sensor >= 0 && problem.SensorOf[m.Observation] != sensor)) continue;
            var fitSensor = problem.Sensors[problem.SensorOf[m.Observation]];
            var state = at.States[m.Observation];
            if (m.Observation != observation)
            {
                observation = m.Observation;
                computed = model.Predict(problem.Observations[observation], state.PositionKm, state.VelocityKmPerS, byState);
            }
            int kind = (int)m.Kind;
            double root = Math.Sqrt(at.Noise.Share[i] * (at.Rejected is null ? HuberWeight(at.Normalised[i], at.HuberLimit) : 1)), weight = root / at.Noise.Sigma[i];
            // Derivative of the residual as it is formed.
            double across = computed.Across(m.Kind);
            row.Clear();
            for (int k = 0; k < 6; k++)
            {
                double factor = byState[kind * 6 + k] * across * weight;
                if (factor == 0) continue;
                for (int j = 0; j < FitProblem.OrbitParameters; j++) row[j] += factor * state.Partials![k * FitProblem.OrbitParameters + j];
            }
            double biasPartial = across * weight;
            int bias = fitSensor.BiasParameter[kind];
            for (int j = 0; j < FitProblem.OrbitParameters; j++)
            {
                for (int k = 0; k <= j; k++) normal[j * _n + k] += row[j] * row[k];
                normal[bias * _n + j] += biasPartial * row[j];
                right[j] += row[j] * root * at.Normalised[i];
            }
            normal[bias * _n + bias] += biasPartial * biasPartial;
            right[bias] += biasPartial * root * at.Normalised[i];
        }
        for (int j = 0; j < _n; j++)
        for (int k = 0; k < j; k++) normal[k * _n + j] = normal[j * _n + k];
    }

    private CartesianState StateOf(double[] parameters)
        => new(start.Epoch, Frame.Gcrf, new Vector3d(parameters[0], parameters[1], parameters[2]), new Vector3d(parameters[3], parameters[4], parameters[5]));
}
