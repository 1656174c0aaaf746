using System.Collections.Concurrent;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Whether an observation can be what the filter expects.</summary>
internal sealed partial class MeasurementUpdate
{
    // Of every probability that was asked for; a program has few.
    private static readonly ConcurrentDictionary<double, double[]> KnownGates = new();

    private double[] _gateArray = [], _gatePartials = [];

    private FilteredObservation Gate(FilterState state, IReadOnlyList<TrackingObservation> observations, int index)
    {
        var observed = observations[index];
        var sensor = observed.Sensor;
        if (!IsCovered(observed)) return new FilteredObservation(index, observed.Epoch, sensor.Key, FilterEdit.ObserverUnknown, [], 0);
        int first = _rows.Count, n = state.Count, platform = sensor.Place.Uncertainty(observed.Epoch) is null ? -1 : IndexOf(state, ParameterRole.Platform, sensor.Key, 0);
        var now = state.Cartesian;
        Span<double> byState = stackalloc double[Kinds * 6], byPlatform = stackalloc double[Kinds * PlatformErrors], spread = stackalloc double[Kinds];
        var predicted = Predict(state, observed, byState, platform >= 0 ? byPlatform : []);
        spread.Clear();
        if (observed.Added is { EpochSigmaS: > 0 and var seconds }) EpochSpread.Fill(model, sensor, new PropagatedState(now.Epoch, now.PositionKm, now.VelocityKmPerS, null), seconds, spread);
        double shares = 0;
        List<MeasurementKind>? notANumber = null;
        Span<double> own = stackalloc double[Kinds];
        for (int k = 0; k < Kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (observed.Measured.Of(kind) is not { } measured || sensor.Sigma.Of(kind) is not (> 0 and < double.PositiveInfinity and var sigma)) continue;
            if (kind is MeasurementKind.Azimuth or MeasurementKind.Elevation && !sensor.Place.HasHorizon) continue;
            int bias = options.EstimateBiases ? IndexOf(state, ParameterRole.Bias, sensor.Key, k) : -1;
            double added = observed.AddedVariance(kind) + spread[k], together = Math.Max(1, options.CorrelationSeconds / Math.Max(SinceLatest(observations, observed, kind, first), 1e-3));
            // Without an estimate of the bias the published one is taken off, exactly.
            var row = new Row(index, kind, bias >= 0 ? measured : measured - (sensor.Bias.Of(kind) ?? 0), sigma * sigma * together + added, bias, platform);
            if (!double.IsFinite(predicted.Residual(kind, row.Measured)) || !double.IsFinite(row.Variance))
            {
                (notANumber ??= []).Add(kind);
                continue;
            }
            own[_rows.Count - first] = sigma * sigma + added;
            shares += 1 / together;
            _rows.Add(row);
        }
        int m = _rows.Count - first, width = m + n;
        if (m == 0)
            return new FilteredObservation(index, observed.Epoch, sensor.Key, notANumber is null ? FilterEdit.NothingToWeigh : FilterEdit.NotANumber, [], 0) { NotANumber = notANumber ?? [] };
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
            Fill(state, _rows[first + i], predicted, byState, byPlatform, partials, out whitened[i]);
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
        return new FilteredObservation(index, observed.Epoch, sensor.Key, passes ? FilterEdit.Used : FilterEdit.BeyondGate, innovations, nis) { Share = shares / m, NotANumber = notANumber ?? [] };
    }

    /// <summary>Time since the latest figure of the same sensor and kind that was used, s. Several of them at one instant share their error even more than neighbours in time do.</summary>
    private double SinceLatest(IReadOnlyList<TrackingObservation> observations, TrackingObservation observed, MeasurementKind kind, int rows)
    {
        for (int i = 0; i < rows; i++)
            if (_rows[i].Kind == kind && observations[_rows[i].Observation].Sensor.Key == observed.Sensor.Key) return 0;
        return _latest.TryGetValue((observed.Sensor.Key, kind), out var latest) ? Math.Abs(observed.Epoch.SecondsSince(latest)) : double.PositiveInfinity;
    }

    /// <summary>Whether the observer is known at every instant that predicting an observation asks for: its time tag, both ends of a count, and where an uncertain epoch may lie.</summary>
    private static bool IsCovered(TrackingObservation observed)
    {
        var (place, conventions) = (observed.Sensor.Place, observed.Sensor.Conventions);
        double count = conventions.RangeRateCountSeconds ?? 0, begin = conventions.RangeRateCountTag switch { CountTag.Start => 0, CountTag.End => -count, _ => -count / 2 };
        // Two sigma: beyond the points of EpochSpread, which lie at the root of three.
        double around = 2 * (observed.Added?.EpochSigmaS ?? 0);
        return place.Covers(observed.Epoch.PlusSeconds(Math.Min(0, begin) - around)) && place.Covers(observed.Epoch.PlusSeconds(Math.Max(0, begin + count) + around));
    }

    /// <summary>Normalised innovations squared that good observations of 0, 1, 2 ... figures exceed with a given probability.</summary>
    private static double[] Gates(double probability) => KnownGates.GetOrAdd(probability, FindGates);

    private static double[] FindGates(double probability)
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
