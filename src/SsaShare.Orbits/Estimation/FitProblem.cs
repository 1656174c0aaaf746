using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The observations of a fit laid out for computing: sensors, their noises and biases, and every single measurement.</summary>
internal sealed class FitProblem
{
    /// <summary>State and two surface coefficients; biases follow.</summary>
    public const int OrbitParameters = PropagatedState.ParameterCount;

    private FitProblem(IReadOnlyList<TrackingObservation> observations, FitSensor[] sensors, int[] sensorOf, Measurement[] measurements, int biasCount, double[] weights)
    {
        (Observations, Sensors, SensorOf, Measurements, BiasCount, Weights, Epochs)
            = (observations, sensors, sensorOf, measurements, biasCount, weights, [.. observations.Select(o => o.Epoch)]);
        HasUncertainEpochs = observations.Any(o => o.Added is { EpochSigmaS: > 0 });
    }

    public IReadOnlyList<TrackingObservation> Observations { get; }
    public FitSensor[] Sensors { get; }
    public int[] SensorOf { get; }
    public Measurement[] Measurements { get; }
    public Epoch[] Epochs { get; }

    /// <summary>Of each observation, 0 to 1: its share of the independent errors that it and its neighbours have together.</summary>
    public double[] Weights { get; }
    public int BiasCount { get; }
    public int ParameterCount => OrbitParameters + BiasCount;

    /// <summary>Whether the noise of some measurement depends on how fast the object passes.</summary>
    public bool HasUncertainEpochs { get; }

    /// <summary>Measurements of a kind whose sensor gives no noise for it are left aside: they cannot be weighted.</summary>
    public static FitProblem Create(IReadOnlyList<TrackingObservation> observations, double correlationSeconds)
    {
        var sensors = new List<FitSensor>();
        var indexOf = new Dictionary<SensorKey, int>();
        int[] sensorOf = new int[observations.Count];
        var measurements = new List<Measurement>(observations.Count * 3);
        int biases = 0;
        for (int i = 0; i < observations.Count; i++)
        {
            var sensor = observations[i].Sensor;
            if (!indexOf.TryGetValue(sensor.Key, out int index))
            {
                indexOf.Add(sensor.Key, index = sensors.Count);
                sensors.Add(new FitSensor(sensor));
            }
            sensorOf[i] = index;
            for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
            {
                var kind = (MeasurementKind)k;
                if (observations[i].Measured.Of(kind) is not { } value || sensors[index].Sigma[k] is not > 0) continue;
                if (sensors[index].BiasParameter[k] < 0) sensors[index].BiasParameter[k] = OrbitParameters + biases++;
                measurements.Add(new Measurement(i, kind, value, observations[i].AddedVariance(kind)));
            }
        }
        return new FitProblem(observations, [.. sensors], sensorOf, [.. measurements], biases, IndependentShares(observations, sensorOf, correlationSeconds));
    }

    private static double[] IndependentShares(IReadOnlyList<TrackingObservation> observations, int[] sensorOf, double correlationSeconds)
    {
        double[] weights = new double[observations.Count];
        foreach (var ofSensor in Enumerable.Range(0, observations.Count).GroupBy(i => sensorOf[i]))
        {
            int[] inTime = [.. ofSensor.OrderBy(i => observations[i].Epoch)];
            int first = 0, last = 0;
            for (int i = 0; i < inTime.Length; i++)
            {
                double offset(int j) => Math.Abs(observations[inTime[j]].Epoch.SecondsSince(observations[inTime[i]].Epoch));
                while (offset(first) > correlationSeconds / 2) first++;
                last = Math.Max(last, i);
                while (last + 1 < inTime.Length && offset(last + 1) <= correlationSeconds / 2) last++;
                weights[inTime[i]] = 1.0 / (last - first + 1);
            }
        }
        return weights;
    }

    /// <param name="AddedVariance">Beyond the sensor's own, that of azimuth and right ascension across the line of sight; without that of the epoch.</param>
    public readonly record struct Measurement(int Observation, MeasurementKind Kind, double Value, double AddedVariance);
}

/// <summary>One sensor of a fit.</summary>
internal sealed class FitSensor
{
    public FitSensor(TrackingSensor sensor)
    {
        Key = sensor.Key;
        for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
        {
            Sigma[k] = sensor.Sigma.Of((MeasurementKind)k) ?? 0;
            PublishedBias[k] = sensor.Bias.Of((MeasurementKind)k) ?? 0;
            // A published bias is known about as well as it is large; without one, the noise is the scale of what a calibration would leave.
            BiasSigma[k] = Math.Max(Math.Abs(PublishedBias[k]), Sigma[k]);
        }
    }

    public SensorKey Key { get; }
    public double[] Sigma { get; } = new double[MeasurementFigureAccess.KindCount];
    public double[] PublishedBias { get; } = new double[MeasurementFigureAccess.KindCount];
    public double[] BiasSigma { get; } = new double[MeasurementFigureAccess.KindCount];
    public int[] BiasParameter { get; } = [-1, -1, -1, -1, -1, -1];
}
