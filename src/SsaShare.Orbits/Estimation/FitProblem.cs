using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The observations of a fit laid out for computing: sensors, their noises and biases, and every single measurement.</summary>
internal sealed class FitProblem
{
    /// <summary>State and two surface coefficients; what belongs to single sensors stands with them.</summary>
    public const int OrbitParameters = PropagatedState.ParameterCount;

    private FitProblem(IReadOnlyList<TrackingObservation> observations, FitSensor[] sensors, int[] sensorOf, Measurement[] measurements, List<EditedObservation> unusable, double correlationSeconds)
    {
        (Observations, Sensors, SensorOf, Measurements, Unusable) = (observations, sensors, sensorOf, measurements, unusable);
        HasUncertainEpochs = measurements.Any(m => observations[m.Observation].Added is { EpochSigmaS: > 0 });
        IsMeasured = new bool[observations.Count];
        foreach (var m in measurements) IsMeasured[m.Observation] = true;
        Followed = [.. Enumerable.Range(0, observations.Count).Where(i => IsMeasured[i])];
        Epochs = [.. Followed.Select(i => observations[i].Epoch)];
        Weights = IndependentShares(correlationSeconds);
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

    /// <summary>Of each measurement, 0 to 1: its share of the independent errors that it and its neighbours of the same sensor and kind have together.</summary>
    /// <remarks>
    /// Neighbours that cannot take part or are left out count: what stands beside a lost track is doubtful itself. Without them the fourth day of the sphere in docs/accuracy.md
    /// is predicted worse (90 % of the ranges of Antigua within 167 m in place of 139 m).
    /// </remarks>
    public double[] Weights { get; }

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
        return new FitProblem(observations, [.. sensors], sensorOf, [.. measurements], unusable, options.CorrelationSeconds);
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

    private double[] IndependentShares(double correlationSeconds)
    {
        double[] shares = new double[Measurements.Length];
        var numbers = Enumerable.Range(0, Measurements.Length).ToDictionary(i => (Measurements[i].Observation, Measurements[i].Kind));
        foreach (var kind in Enum.GetValues<MeasurementKind>())
        foreach (var ofSensor in Enumerable.Range(0, Observations.Count).Where(i => Observations[i].Measured.Of(kind) is not null).GroupBy(i => SensorOf[i]))
        {
            int[] inTime = [.. ofSensor.OrderBy(i => Observations[i].Epoch)];
            int first = 0, last = 0;
            for (int i = 0; i < inTime.Length; i++)
            {
                double offset(int j) => Math.Abs(Observations[inTime[j]].Epoch.SecondsSince(Observations[inTime[i]].Epoch));
                while (offset(first) > correlationSeconds / 2) first++;
                last = Math.Max(last, i);
                while (last + 1 < inTime.Length && offset(last + 1) <= correlationSeconds / 2) last++;
                if (numbers.TryGetValue((inTime[i], kind), out int number)) shares[number] = 1.0 / (last - first + 1);
            }
        }
        return shares;
    }

    public Epoch EpochOf(int measurement) => Observations[Measurements[measurement].Observation].Epoch;

    /// <param name="AddedVariance">Beyond the sensor's own, that of azimuth and right ascension across the line of sight; without that of the epoch.</param>
    public readonly record struct Measurement(int Observation, MeasurementKind Kind, double Value, double AddedVariance);
}
