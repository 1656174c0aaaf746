using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How an observation compares with what a fitted orbit predicts of it.</summary>
/// <param name="ObservationIndex">Position in the list that was compared.</param>
/// <param name="Residuals">Measured minus predicted, bias taken off: km, rad (azimuth and right ascension across the line of sight), km/s; null where not measured.</param>
/// <param name="ChiSquare">Squared normalised distance, with the uncertainty of the orbit, of biases and clock and how they hang together, noise, and the model's error where one is given.</param>
/// <param name="Figures">Measurements in it.</param>
/// <param name="PositionSigmaKm">Uncertainty of the predicted position, without the model's error.</param>
public sealed record PredictionResidual(int ObservationIndex, IReadOnlyList<double?> Residuals, double ChiSquare, int Figures, double PositionSigmaKm)
{
    public double? Of(MeasurementKind kind) => Residuals[(int)kind];
}

/// <summary>What a force model leaves out, as one sigma of each component of a predicted position; no covariance of a fit contains it.</summary>
/// <param name="PositionKm">Within the span of the fit, km.</param>
/// <param name="GrowthKmPerDaySquared">Times the square of the days from the nearer end of the span: as a wrong force makes the position along the orbit run away, km/day².</param>
public readonly record struct OrbitModelError(double PositionKm, double GrowthKmPerDaySquared);

/// <summary>Compares observations with a fitted orbit that they took no part in.</summary>
public static class OrbitPrediction
{
    private const double SecondsPerDay = 86_400;

    /// <summary>The same with the domain's sensors, read by the conventions of the model.</summary>
    /// <inheritdoc cref="TryCompare(OrbitFit, IReadOnlyList{TrackingObservation}, Propagator, MeasurementModel, out IReadOnlyList{PredictionResidual}, OrbitModelError)"/>
    public static bool TryCompare(OrbitFit fit, IReadOnlyList<SensorObservation> observations, Propagator propagator, MeasurementModel model, out IReadOnlyList<PredictionResidual> residuals, OrbitModelError modelError = default)
        => TryCompare(fit, SensorObservation.ToTracking(observations, model.Conventions), propagator, model, out residuals, modelError);

    /// <summary>Residuals of observations against the orbit.</summary>
    /// <param name="fit">The orbit.</param>
    /// <param name="observations">In any order.</param>
    /// <param name="propagator">With the forces that the orbit was fitted with.</param>
    /// <param name="model">Likewise.</param>
    /// <param name="residuals">One for each observation that has a weighable figure and whose observer is known, in their order.</param>
    /// <param name="modelError">What to add for forces that neither the propagator nor the covariance know of. Default: nothing.</param>
    /// <returns>False when the orbit cannot be followed to all of them.</returns>
    public static bool TryCompare(OrbitFit fit, IReadOnlyList<TrackingObservation> observations, Propagator propagator, MeasurementModel model, out IReadOnlyList<PredictionResidual> residuals, OrbitModelError modelError = default)
    {
        residuals = [];
        observations = [.. observations.Select(o => fit.Clocks.FirstOrDefault(clock => clock.Sensor == o.Sensor.Key) is { } clock ? o with { Epoch = o.Epoch.PlusSeconds(-clock.Seconds) } : o)];
        Epoch[] epochs = [.. observations.Select(o => o.Epoch)];
        if (!propagator.TrySample(fit.State, fit.Surface, epochs, withPartials: true, out var states)) return false;
        var sensors = new Dictionary<SensorKey, Known>();
        var all = new List<PredictionResidual>(observations.Count);
        for (int i = 0; i < observations.Count; i++)
        {
            var sensor = observations[i].Sensor;
            if (!sensors.TryGetValue(sensor.Key, out var known)) sensors.Add(sensor.Key, known = Known.Of(fit, sensor));
            if (Compare(fit, i, observations[i], known, states[i], model, modelError) is { } residual) all.Add(residual);
        }
        residuals = all;
        return true;
    }

    /// <summary>What a residual's error comes from in one sensor: its biases and clock, as far as they are not known, and the orbit with them.</summary>
    private sealed record Known(FitSensor Sensor, double[] Bias, double[] Matrix, bool HasClock)
    {
        public static Known Of(OrbitFit fit, TrackingSensor tracking)
        {
            const int size = SensorCovariance.Size, orbit = SensorCovariance.FirstOfOrbit;
            var sensor = new FitSensor(tracking);
            double[] matrix = new double[size * size], bias = new double[SensorCovariance.Clock];
            if (fit.SensorCovariances.FirstOrDefault(one => one.Sensor == sensor.Key) is { } found) found.Matrix.CopyTo(matrix, 0);
            else
                for (int i = 0; i < PropagatedState.ParameterCount; i++)
                for (int j = 0; j < PropagatedState.ParameterCount; j++) matrix[(orbit + i) * size + orbit + j] = fit.ParameterCovariance[i * PropagatedState.ParameterCount + j];
            for (int k = 0; k < bias.Length; k++)
            {
                var known = fit.Biases.FirstOrDefault(one => one.Sensor == sensor.Key && (int)one.Kind == k);
                bias[k] = known?.Value ?? sensor.Published[k];
                if (known is null) matrix[k * (size + 1)] = sensor.OwnSigma[k] * sensor.OwnSigma[k];
            }
            return new Known(sensor, bias, matrix, matrix[SensorCovariance.Clock * (size + 1)] > 0);
        }
    }

    private static PredictionResidual? Compare(
        OrbitFit fit, int index, TrackingObservation observed, Known known, PropagatedState state, MeasurementModel model, OrbitModelError modelError)
    {
        const int kinds = MeasurementFigureAccess.KindCount, size = SensorCovariance.Size, columns = PropagatedState.ParameterCount;
        if (!observed.ObserverIsKnown(known.HasClock ? FigureRates.StepSeconds : 0)) return null;
        Span<double> partials = stackalloc double[kinds * 6], spread = stackalloc double[kinds], rates = stackalloc double[kinds], observer = stackalloc double[kinds * kinds];
        spread.Clear();
        rates.Clear();
        if (observed.Added is { EpochSigmaS: > 0 and var seconds }) EpochSpread.Fill(model, observed.Sensor, state, seconds, spread);
        model.FillObserverCovariance(observed, state.PositionKm, state.VelocityKmPerS, observer);
        var predicted = model.Predict(observed, state.PositionKm, state.VelocityKmPerS, partials);
        if (known.HasClock) FigureRates.Fill(model, observed, state.PositionKm, state.VelocityKmPerS, predicted, rates);
        double?[] residuals = new double?[kinds];
        var used = new List<int>(kinds);
        // Of each residual by the true bias of its kind, the true clock and the true orbit, less what was found of them.
        double[] byErrors = new double[kinds * size], noise = new double[kinds];
        for (int k = 0; k < kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (observed.Measured.Of(kind) is not { } measured || !(known.Sensor.Sigma[k] > 0)) continue;
            double across = predicted.Across(kind);
            residuals[k] = predicted.Residual(kind, measured - known.Bias[k]);
            noise[k] = known.Sensor.Sigma[k] * known.Sensor.Sigma[k] + observed.AddedVariance(kind) + spread[k];
            for (int i = 0; i < 6; i++)
            {
                partials[k * 6 + i] *= across;
                for (int j = 0; j < columns; j++) byErrors[k * size + SensorCovariance.FirstOfOrbit + j] += partials[k * 6 + i] * state.Partials![i * state.Columns + j];
            }
            byErrors[k * size + k] = across;
            byErrors[k * size + SensorCovariance.Clock] = -rates[k];
            used.Add(k);
        }
        if (used.Count == 0) return null;

        double daysOutside = Math.Max(0, Math.Max(fit.Span.First.SecondsSince(state.Epoch), state.Epoch.SecondsSince(fit.Span.Last))) / SecondsPerDay;
        double modelVariance = Math.Pow(modelError.PositionKm + modelError.GrowthKmPerDaySquared * daysOutside * daysOutside, 2);
        int n = used.Count;
        double[] s = new double[n * n], x = new double[n], right = [.. used.Select(k => residuals[k]!.Value)], half = new double[size];
        for (int a = 0; a < n; a++)
        {
            for (int j = 0; j < size; j++)
            {
                half[j] = 0;
                for (int i = 0; i < size; i++) half[j] += byErrors[used[a] * size + i] * known.Matrix[i * size + j];
            }
            for (int b = 0; b < n; b++)
            {
                double sum = observer[used[a] * kinds + used[b]] + (a == b ? noise[used[a]] : 0);
                for (int j = 0; j < size; j++) sum += half[j] * byErrors[used[b] * size + j];
                for (int i = 0; i < 3; i++) sum += modelVariance * partials[used[a] * 6 + i] * partials[used[b] * 6 + i];
                s[a * n + b] = sum;
            }
        }
        if (!SymmetricSolver.TrySolve(s, right, x)) return null;
        double chiSquare = 0;
        for (int a = 0; a < n; a++) chiSquare += x[a] * right[a];
        return new PredictionResidual(index, residuals, chiSquare, n, state.Carry(fit.ParameterCovariance).PositionSigmaKm);
    }
}
