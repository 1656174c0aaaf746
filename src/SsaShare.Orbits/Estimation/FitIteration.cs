using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The computing behind <see cref="OrbitFitter"/>; one instance serves one fit.</summary>
/// <remarks>Parameters are kept in one list: state, surface coefficients, then <see cref="FitSensor.OwnParameters"/> for each sensor whether it uses them or not.</remarks>
internal sealed partial class FitIteration(FitProblem problem, Propagator propagator, MeasurementModel model, OrbitFitOptions options, CartesianState start)
{
    private readonly bool _withTime = options.TimeBiasTreatment != ParameterTreatment.Fixed;
    private readonly bool _withPlatform = problem.Sensors.Any(sensor => sensor.HasUncertainPlace);
    private readonly Stack<FitDesign> _spare = new();

    public double[] Initial()
    {
        double[] parameters = new double[FitProblem.OrbitParameters + problem.Sensors.Length * FitSensor.OwnParameters];
        (parameters[0], parameters[1], parameters[2]) = (start.PositionKm.X, start.PositionKm.Y, start.PositionKm.Z);
        (parameters[3], parameters[4], parameters[5]) = (start.VelocityKmPerS.X, start.VelocityKmPerS.Y, start.VelocityKmPerS.Z);
        (parameters[6], parameters[7]) = (options.Surface.BallisticM2PerKg, options.Surface.RadiationM2PerKg);
        for (int s = 0; s < problem.Sensors.Length; s++) problem.Sensors[s].Published.CopyTo(parameters, Own(s, 0));
        return parameters;
    }

    private static int Own(int sensor, int parameter) => FitProblem.OrbitParameters + sensor * FitSensor.OwnParameters + parameter;

    /// <param name="parameters">Of all kinds.</param>
    /// <param name="rejected">Observations to leave out; null to count all, large residuals with less weight.</param>
    /// <param name="like">Noise and the place where Huber's weights begin to fall are taken from there; null to take them from these parameters.</param>
    /// <param name="evaluation">The result.</param>
    /// <returns>False when the orbit of these parameters cannot be followed to all observations.</returns>
    public bool TryEvaluate(double[] parameters, bool[]? rejected, FitEvaluation? like, out FitEvaluation evaluation)
    {
        evaluation = null!;
        if (!parameters.All(double.IsFinite)) return false;
        var surface = new SurfaceCoefficients(parameters[6], parameters[7]);
        double[] values = new double[problem.Measurements.Length], normalised = new double[values.Length];
        var design = _spare.Count > 0 ? _spare.Pop() : new FitDesign(values.Length, problem.Followed.Length, _withTime, _withPlatform);
        if (!propagator.TryFill(StateOf(parameters), surface, problem.Epochs, design.States, design.Partials))
        {
            _spare.Push(design);
            return false;
        }
        var noise = like?.Noise ?? NoiseAt(design);
        Predict(parameters, values, design);
        for (int i = 0; i < values.Length; i++) normalised[i] = values[i] / noise.Sigma[i];
        evaluation = Evaluation(parameters, values, normalised, noise, design, rejected, like?.HuberLimit ?? HuberLimit(normalised));
        return true;
    }

    /// <summary>The evaluation is needed no more: its buffers serve the next.</summary>
    public void Release(FitEvaluation evaluation)
    {
        if (ReferenceEquals(_filled, evaluation)) _filled = null;
        _spare.Push(evaluation.Design);
    }

    /// <summary>The same with the noise of its own states, other observations left out, and Huber's limit of its own residuals.</summary>
    public FitEvaluation Relimit(FitEvaluation at, bool[]? rejected)
    {
        var noise = problem.HasUncertainEpochs ? NoiseAt(at.Design) : at.Noise;
        double[] normalised = problem.HasUncertainEpochs ? [.. at.Values.Zip(noise.Sigma, (value, sigma) => value / sigma)] : at.Normalised;
        return Evaluation(at.Parameters, at.Values, normalised, noise, at.Design, rejected, HuberLimit(normalised));
    }

    private FitEvaluation Evaluation(double[] parameters, double[] values, double[] normalised, Noise noise, FitDesign design, bool[]? rejected, double huberLimit) => new()
    {
        Parameters = parameters, Values = values, Normalised = normalised, Noise = noise, Design = design,
        Rejected = rejected, HuberLimit = huberLimit, Cost = Cost(parameters, normalised, noise.Share, rejected, huberLimit),
    };

    /// <summary>Residuals and derivatives of all measurements, each observation predicted once.</summary>
    private void Predict(double[] parameters, double[] values, FitDesign design)
    {
        const int n = FitProblem.OrbitParameters;
        Span<double> byState = stackalloc double[MeasurementFigureAccess.KindCount * 6], rates = stackalloc double[MeasurementFigureAccess.KindCount];
        int observation = -1, at = -1;
        PredictedFigures computed = default;
        Span<double> byObserver = _withPlatform ? stackalloc double[MeasurementFigureAccess.KindCount * 6] : [], platform = _withPlatform ? stackalloc double[36] : [];
        for (int i = 0; i < values.Length; i++)
        {
            var m = problem.Measurements[i];
            int sensor = problem.SensorOf[m.Observation], kind = (int)m.Kind;
            var observed = problem.Observations[m.Observation];
            if (m.Observation != observation)
            {
                (observation, at) = (m.Observation, at + 1);
                Vector3d position = design.Position(at), velocity = design.Velocity(at);
                computed = model.Predict(observed, position, velocity, byState, byObserver);
                if (_withTime) FigureRates.Fill(model, observed, position, velocity, computed, rates);
                if (_withPlatform) PlatformError.Fill(observed.Sensor.Place, observed.Epoch, propagator.Forces.Rotation, AnalyticSolarSystem.Instance, platform);
            }
            double across = computed.Across(m.Kind);
            var row = design.ByOrbit.AsSpan(i * n, n);
            row.Clear();
            for (int k = 0; k < 6; k++)
            {
                double factor = byState[kind * 6 + k] * across;
                if (factor == 0) continue;
                var partials = design.Partials.AsSpan((at * 6 + k) * n, n);
                for (int j = 0; j < n; j++) row[j] += factor * partials[j];
            }
            design.ByBias[i] = across;
            values[i] = computed.Residual(m.Kind, m.Value - parameters[Own(sensor, kind)]);
            if (_withTime)
            {
                design.ByTime[i] = rates[kind];
                values[i] += rates[kind] * parameters[Own(sensor, FitSensor.TimeBias)];
            }
            if (!_withPlatform) continue;
            for (int j = 0; j < 6; j++)
            {
                double sum = 0;
                for (int k = 0; k < 6; k++) sum += byObserver[kind * 6 + k] * across * platform[k * 6 + j];
                design.ByPlatform[i * 6 + j] = sum;
                values[i] -= sum * parameters[Own(sensor, FitSensor.Platform + j)];
            }
        }
    }

    private CartesianState StateOf(double[] parameters)
        => new(start.Epoch, Frame.Gcrf, new Vector3d(parameters[0], parameters[1], parameters[2]), new Vector3d(parameters[3], parameters[4], parameters[5]));
}
