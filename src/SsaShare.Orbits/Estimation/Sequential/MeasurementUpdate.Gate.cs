using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Whether an observation can be what the filter expects.</summary>
internal sealed partial class MeasurementUpdate
{
    private double[] _gateArray = [], _gatePartials = [];

    private FilteredObservation Gate(FilterState state, IReadOnlyList<TrackingObservation> observations, int index)
    {
        var observed = observations[index];
        var sensor = observed.Sensor;
        int first = _rows.Count, n = state.Count;
        var now = state.Cartesian;
        Span<double> byState = stackalloc double[Kinds * 6], spread = stackalloc double[Kinds];
        var predicted = model.Predict(observed, now.PositionKm, now.VelocityKmPerS, byState);
        spread.Clear();
        if (observed.Added is { EpochSigmaS: > 0 and var seconds }) EpochSpread.Fill(model, sensor, new PropagatedState(now.Epoch, now.PositionKm, now.VelocityKmPerS, null), seconds, spread);
        double sinceLatest = _latest.TryGetValue(sensor.Key, out var latest) ? Math.Abs(observed.Epoch.SecondsSince(latest)) : double.PositiveInfinity;
        // Several at one instant are several sensors' or several echoes; the latter share their error as much as neighbours in time do.
        double together = Math.Max(1, options.CorrelationSeconds / Math.Max(sinceLatest, 1e-3));
        Span<double> own = stackalloc double[Kinds];
        for (int k = 0; k < Kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (observed.Measured.Of(kind) is not { } measured || sensor.Sigma.Of(kind) is not (> 0 and var sigma)) continue;
            int bias = options.EstimateBiases ? IndexOf(state, sensor.Key, kind) : -1;
            double added = observed.AddedVariance(kind) + spread[k];
            own[_rows.Count - first] = sigma * sigma + added;
            // Without an estimate of the bias the published one is taken off, exactly.
            _rows.Add(new Row(index, kind, bias >= 0 ? measured : measured - (sensor.Bias.Of(kind) ?? 0), sigma * sigma * together + added, bias));
        }
        int m = _rows.Count - first, width = m + n;
        if (m == 0) return new FilteredObservation(index, observed.Epoch, sensor.Key, FilterEdit.NothingToWeigh, [], 0);
        // An uncertainty along the track bends with the orbit; what the linear covariance lacks of that is allowed for here, not in the update.
        double extent = state.Variance(0) + state.Variance(1) + state.Variance(2), bow = extent / now.PositionKm.Norm;
        Reserve(ref _gateArray, m * width);
        Reserve(ref _gatePartials, n);
        Span<double> array = _gateArray.AsSpan(0, m * width), whitened = stackalloc double[m];
        array.Clear();
        var innovations = new FilterInnovation[m];
        for (int i = 0; i < m; i++)
        {
            var partials = _gatePartials.AsSpan(0, n);
            partials.Clear();
            Fill(state, _rows[first + i], predicted, byState, partials, out whitened[i]);
            double slope2 = partials[0] * partials[0] + partials[1] * partials[1] + partials[2] * partials[2];
            array[i * width + i] = Math.Sqrt(own[i] + slope2 * bow * bow);
            Project(partials, state.Factor, n, array.Slice(i * width + m, n));
            double variance = 0;
            for (int j = 0; j < width; j++) variance += array[i * width + j] * array[i * width + j];
            innovations[i] = new FilterInnovation(_rows[first + i].Kind, whitened[i], Math.Sqrt(variance), 0);
        }
        SquareRoots.Triangularise(array, m, width);
        double nis = SquareRoots.MahalanobisSquared(array, m, width, whitened);
        for (int i = 0; i < m; i++) innovations[i] = innovations[i] with { Whitened = whitened[i] };
        bool passes = nis <= _gates[m];
        if (!passes) _rows.RemoveRange(first, m);
        return new FilteredObservation(index, observed.Epoch, sensor.Key, passes ? FilterEdit.Used : FilterEdit.BeyondGate, innovations, nis) { Share = 1 / together };
    }

    /// <summary>Normalised innovations squared that good observations of 0, 1, 2 ... figures exceed with a given probability.</summary>
    private static double[] Gates(double probability)
    {
        double[] gates = new double[Kinds + 1];
        Array.Fill(gates, double.PositiveInfinity);
        if (probability == 0) return gates;
        for (int m = 1; m <= Kinds; m++)
        {
            double low = 0, high = 1e4;
            while (high - low > 1e-9 * high)
            {
                double middle = 0.5 * (low + high);
                (low, high) = ChiSquare.Above(middle, m) > probability ? (middle, high) : (low, middle);
            }
            gates[m] = high;
        }
        return gates;
    }
}
