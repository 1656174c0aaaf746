using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One observation of the domain with the description of the ground sensor that made it.</summary>
/// <exception cref="ArgumentException">The observation names another sensor.</exception>
public sealed record SensorObservation
{
    public SensorObservation(Sensor sensor, Observation observation, AddedNoise? added = null)
    {
        if (sensor.Id != observation.Sensor) throw new ArgumentException($"The observation is of {observation.Sensor}, not {sensor.Id}.", nameof(observation));
        (Sensor, Observation, Added) = (sensor, observation, added);
    }

    /// <summary>Null where the sensor's own error is all.</summary>
    public AddedNoise? Added { get; }

    public Sensor Sensor { get; }
    public Observation Observation { get; }
    public Epoch Epoch => Observation.Epoch;

    /// <summary>The same as estimators take it.</summary>
    /// <param name="conventions">Meaning of the measurements, which the domain's sensor does not state.</param>
    public TrackingObservation ToTracking(SignalConventions conventions) => ToTracking(TrackingSensor.From(Sensor, conventions));

    /// <summary>A list of them, with one instance for each sensor.</summary>
    public static IReadOnlyList<TrackingObservation> ToTracking(IReadOnlyList<SensorObservation> observations, SignalConventions conventions)
    {
        var sensors = new Dictionary<Sensor, TrackingSensor>(ReferenceEqualityComparer.Instance);
        var all = new TrackingObservation[observations.Count];
        for (int i = 0; i < all.Length; i++)
        {
            var one = observations[i];
            if (!sensors.TryGetValue(one.Sensor, out var sensor)) sensors.Add(one.Sensor, sensor = TrackingSensor.From(one.Sensor, conventions));
            all[i] = one.ToTracking(sensor);
        }
        return all;
    }

    private TrackingObservation ToTracking(TrackingSensor sensor)
    {
        var o = Observation;
        return new TrackingObservation(sensor, o.Epoch, new TrackingFigures(o.RangeKm, o.AzimuthRad, o.ElevationRad, o.RangeRateKmPerS), Added);
    }
}
