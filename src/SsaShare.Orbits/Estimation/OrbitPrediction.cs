using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How an observation compares with what a fitted orbit predicts of it.</summary>
/// <param name="ObservationIndex">Position in the list that was compared.</param>
/// <param name="Residuals">Measured minus predicted, bias taken off: km, rad (azimuth and right ascension across the line of sight), km/s; null where not measured.</param>
/// <param name="ChiSquare">Squared normalised distance, with the uncertainty of prediction, noise and bias.</param>
/// <param name="Figures">Measurements in it.</param>
/// <param name="PositionSigmaKm">Uncertainty of the predicted position.</param>
public sealed record PredictionResidual(int ObservationIndex, IReadOnlyList<double?> Residuals, double ChiSquare, int Figures, double PositionSigmaKm)
{
    public double? Of(MeasurementKind kind) => Residuals[(int)kind];
}

/// <summary>Compares observations with a fitted orbit that they took no part in.</summary>
public static class OrbitPrediction
{
    private const double SecondsPerDay = 86_400;

    // What the force model and a static atmosphere leave out, as one sigma of position: at the span of the fit, and how it grows.
    private const double ModelErrorKm = 0.05, ModelErrorKmPerDaySquared = 0.05;

    /// <summary>The same with the domain's sensors, read by the conventions of the model.</summary>
    /// <inheritdoc cref="TryCompare(OrbitFit, IReadOnlyList{TrackingObservation}, Propagator, MeasurementModel, out IReadOnlyList{PredictionResidual})"/>
    public static bool TryCompare(OrbitFit fit, IReadOnlyList<SensorObservation> observations, Propagator propagator, MeasurementModel model, out IReadOnlyList<PredictionResidual> residuals)
        => TryCompare(fit, SensorObservation.ToTracking(observations, model.Conventions), propagator, model, out residuals);

    /// <summary>Residuals of observations against the orbit.</summary>
    /// <param name="fit">The orbit.</param>
    /// <param name="observations">In any order.</param>
    /// <param name="propagator">With the forces that the orbit was fitted with.</param>
    /// <param name="model">Likewise.</param>
    /// <param name="residuals">One for each observation that has a weighable figure, in their order.</param>
    /// <returns>False when the orbit cannot be followed to all of them.</returns>
    public static bool TryCompare(OrbitFit fit, IReadOnlyList<TrackingObservation> observations, Propagator propagator, MeasurementModel model, out IReadOnlyList<PredictionResidual> residuals)
    {
        residuals = [];
        observations = [.. observations.Select(o => fit.Clocks.FirstOrDefault(clock => clock.Sensor == o.Sensor.Key) is { } clock ? o with { Epoch = o.Epoch.PlusSeconds(-clock.Seconds) } : o)];
        Epoch[] epochs = [.. observations.Select(o => o.Epoch)];
        if (!propagator.TrySample(fit.State, fit.Surface, epochs, withPartials: true, out var states)) return false;
        var sensors = new Dictionary<SensorKey, FitSensor>();
        var all = new List<PredictionResidual>(observations.Count);
        for (int i = 0; i < observations.Count; i++)
        {
            var sensor = observations[i].Sensor;
            if (!sensors.TryGetValue(sensor.Key, out var site)) sensors.Add(sensor.Key, site = new FitSensor(sensor));
            if (Compare(fit, i, observations[i], site, states[i], model) is { } residual) all.Add(residual);
        }
        residuals = all;
        return true;
    }

    private static PredictionResidual? Compare(OrbitFit fit, int index, TrackingObservation observed, FitSensor sensor, PropagatedState state, MeasurementModel model)
    {
        const int kinds = MeasurementFigureAccess.KindCount;
        Span<double> partials = stackalloc double[kinds * 6], spread = stackalloc double[kinds], observer = stackalloc double[kinds * kinds];
        spread.Clear();
        if (observed.Added is { EpochSigmaS: > 0 and var seconds }) EpochSpread.Fill(model, observed.Sensor, state, seconds, spread);
        model.FillObserverCovariance(observed, state.PositionKm, state.VelocityKmPerS, observer);
        var predicted = model.Predict(observed, state.PositionKm, state.VelocityKmPerS, partials);
        for (int j = 0; j < partials.Length; j++) partials[j] *= predicted.Across((MeasurementKind)(j / 6));
        double?[] residuals = new double?[kinds];
        var used = new List<int>(kinds);
        double[] noise = new double[kinds];
        for (int k = 0; k < kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (observed.Measured.Of(kind) is not { } measured || !(sensor.Sigma[k] > 0)) continue;
            var known = fit.Biases.FirstOrDefault(bias => bias.Sensor == sensor.Key && bias.Kind == kind);
            residuals[k] = predicted.Residual(kind, measured - (known?.Value ?? sensor.Published[k]));
            double biasSigma = known?.Sigma ?? sensor.OwnSigma[k];
            noise[k] = sensor.Sigma[k] * sensor.Sigma[k] + observed.AddedVariance(kind) + spread[k] + biasSigma * biasSigma;
            used.Add(k);
        }
        if (used.Count == 0) return null;

        var covariance = state.Carry(fit.ParameterCovariance);
        double daysOutside = Math.Max(0, Math.Max(fit.Span.First.SecondsSince(state.Epoch), state.Epoch.SecondsSince(fit.Span.Last))) / SecondsPerDay;
        double growthKm = ModelErrorKm + ModelErrorKmPerDaySquared * daysOutside * daysOutside;
        int n = used.Count;
        double[] s = new double[n * n], x = new double[n], right = [.. used.Select(k => residuals[k]!.Value)];
        for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++)
        {
            double sum = observer[used[a] * kinds + used[b]] + (a == b ? noise[used[a]] : 0);
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++)
                sum += partials[used[a] * 6 + i] * (covariance[i, j] + (i == j && i < 3 ? growthKm * growthKm : 0)) * partials[used[b] * 6 + j];
            s[a * n + b] = sum;
        }
        if (!SymmetricSolver.TrySolve(s, right, x)) return null;
        double chiSquare = 0;
        for (int a = 0; a < n; a++) chiSquare += x[a] * right[a];
        return new PredictionResidual(index, residuals, chiSquare, n, covariance.PositionSigmaKm);
    }
}
