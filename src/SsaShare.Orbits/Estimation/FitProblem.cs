using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The observations of a fit laid out for computing: sensors, their noises and biases, and every single measurement.</summary>
internal sealed class FitProblem
{
    /// <summary>State and two surface coefficients; what belongs to single sensors stands with them.</summary>
    public const int OrbitParameters = PropagatedState.ParameterCount;

    // The measurements of each sensor and kind, ascending in time.
    private readonly int[][] _inTime;

    private FitProblem(IReadOnlyList<TrackingObservation> observations, FitSensor[] sensors, int[] sensorOf, Measurement[] measurements, List<EditedObservation> unusable)
    {
        (Observations, Sensors, SensorOf, Measurements, Unusable) = (observations, sensors, sensorOf, measurements, unusable);
        HasUncertainEpochs = measurements.Any(m => observations[m.Observation].Added is { EpochSigmaS: > 0 });
        IsMeasured = new bool[observations.Count];
        foreach (var m in measurements) IsMeasured[m.Observation] = true;
        Followed = [.. Enumerable.Range(0, observations.Count).Where(i => IsMeasured[i])];
        Epochs = [.. Followed.Select(i => observations[i].Epoch)];
        _inTime = [.. Enumerable.Range(0, measurements.Length).GroupBy(i => (sensorOf[measurements[i].Observation], measurements[i].Kind))
            .Select(g => g.OrderBy(i => observations[measurements[i].Observation].Epoch).ToArray())];
    }

    public IReadOnlyList<TrackingObservation> Observations { get; }
    public FitSensor[] Sensors { get; }
    public int[] SensorOf { get; }

    /// <summary>Those of one observation stand together.</summary>
    public Measurement[] Measurements { get; }

    /// <summary>What cannot take part whatever the orbit.</summary>
    public IReadOnlyList<EditedObservation> Unusable { get; }

    /// <summary>Whether an observation has a measurement that can take part.</summary>
    public bool[] IsMeasured { get; }

    /// <summary>The observations that have one, and their epochs.</summary>
    public int[] Followed { get; }
    public Epoch[] Epochs { get; }

    /// <summary>Whether the noise of some measurement depends on how fast the object passes.</summary>
    public bool HasUncertainEpochs { get; }

    public static FitProblem Create(IReadOnlyList<TrackingObservation> observations, OrbitFitOptions options)
    {
        var sensors = new List<FitSensor>();
        var indexOf = new Dictionary<SensorKey, int>();
        int[] sensorOf = new int[observations.Count];
        var measurements = new List<Measurement>(observations.Count * 3);
        var unusable = new List<EditedObservation>();
        double beyondSeconds = options.TimeBiasTreatment == ParameterTreatment.Fixed ? 0 : FigureRates.StepSeconds;
        for (int i = 0; i < observations.Count; i++)
        {
            var one = observations[i];
            if (!indexOf.TryGetValue(one.Sensor.Key, out int index))
            {
                indexOf.Add(one.Sensor.Key, index = sensors.Count);
                sensors.Add(new FitSensor(one.Sensor));
            }
            sensorOf[i] = index;
            if (!one.ObserverIsKnown(beyondSeconds))
            {
                unusable.Add(new EditedObservation(i, null, EditReason.ObserverUnknown));
                continue;
            }
            sensors[index].Visit(one.Epoch);
            if (one.Measured.ElevationRad < 0) unusable.Add(new EditedObservation(i, MeasurementKind.Elevation, EditReason.BelowHorizon));
            else AddMeasurements(i, one, sensors[index], measurements, unusable);
        }
        foreach (var sensor in sensors) sensor.Treat(options);
        return new FitProblem(observations, [.. sensors], sensorOf, [.. measurements], unusable);
    }

    private static void AddMeasurements(int index, TrackingObservation observation, FitSensor sensor, List<Measurement> measurements, List<EditedObservation> unusable)
    {
        for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
        {
            var kind = (MeasurementKind)k;
            if (observation.Measured.Of(kind) is not { } value) continue;
            EditReason? reason = !double.IsFinite(value) ? EditReason.NotANumber
                : !(sensor.Sigma[k] > 0) ? EditReason.NoSigma
                : kind is MeasurementKind.Azimuth or MeasurementKind.Elevation && !sensor.HasHorizon ? EditReason.NoHorizon
                : null;
            if (reason is { } why) unusable.Add(new EditedObservation(index, kind, why));
            else measurements.Add(new Measurement(index, kind, value, observation.AddedVariance(kind)));
            sensor.Measures[k] |= reason is null;
        }
    }

    /// <summary>Of each measurement, 0 to 1: its share of the independent errors that it and its neighbours of the same sensor and kind have together.</summary>
    /// <param name="correlationSeconds">Neighbours lie within half of it on either side.</param>
    /// <param name="rejected">Observations that are no neighbours, being left out; null for none.</param>
    public double[] IndependentShares(double correlationSeconds, bool[]? rejected)
    {
        double[] shares = new double[Measurements.Length];
        Array.Fill(shares, 1);
        foreach (int[] all in _inTime)
        {
            ReadOnlySpan<int> inTime = rejected is null ? all : Array.FindAll(all, i => !rejected[Measurements[i].Observation]);
            int first = 0, last = 0;
            for (int i = 0; i < inTime.Length; i++)
            {
                var epoch = EpochOf(inTime[i]);
                while (epoch.SecondsSince(EpochOf(inTime[first])) > correlationSeconds / 2) first++;
                last = Math.Max(last, i);
                while (last + 1 < inTime.Length && EpochOf(inTime[last + 1]).SecondsSince(epoch) <= correlationSeconds / 2) last++;
                shares[inTime[i]] = 1.0 / (last - first + 1);
            }
        }
        return shares;
    }

    public Epoch EpochOf(int measurement) => Observations[Measurements[measurement].Observation].Epoch;

    /// <param name="AddedVariance">Beyond the sensor's own, that of azimuth and right ascension across the line of sight; without that of the epoch.</param>
    public readonly record struct Measurement(int Observation, MeasurementKind Kind, double Value, double AddedVariance);
}
