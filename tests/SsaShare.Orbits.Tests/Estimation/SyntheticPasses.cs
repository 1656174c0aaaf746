using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Observations computed from a known orbit with known noise and biases.</summary>
internal static class SyntheticPasses
{
    public static SurfaceCoefficients Surface { get; } = new(0.02, 0.02);

    public static MeasurementModel Model { get; } = new(EarthRotation.Default, SignalConventions.Corrected);

    public static Sensor Radar(string owner, string id, double latitudeDegrees, double longitudeDegrees, double sigmaRangeKm = 0.03, double sigmaDegrees = 0.015)
        => new(SensorId.Parse(id), PartnerId.Parse(owner), id, new Geodetic(latitudeDegrees * Testing.RadPerDegree, longitudeDegrees * Testing.RadPerDegree, 0.1),
            new MeasurementFigures(sigmaRangeKm, sigmaDegrees * Testing.RadPerDegree, sigmaDegrees * Testing.RadPerDegree, null),
            new MeasurementFigures(0.05, 0.01 * Testing.RadPerDegree, 0.01 * Testing.RadPerDegree, null));

    public static Sensor[] Three { get; } = [Radar("asc", "R1", -7.9, -14.4), Radar("ant", "R2", 17.1, -61.8), Radar("kae", "R3", 21.6, -158.3)];

    /// <summary>Everything above 10 degrees, every <paramref name="everySeconds"/>, with noise and the sensors' biases.</summary>
    public static List<SensorObservation> Observe(CartesianState truth, Propagator propagator, double hours, double everySeconds, Func<double> normal, params Sensor[] sensors)
    {
        Epoch[] epochs = [.. Enumerable.Range(0, (int)(hours * 3_600 / everySeconds)).Select(i => truth.Epoch.PlusSeconds(i * everySeconds))];
        if (!propagator.TrySample(truth, Surface, epochs, false, out var states)) throw new InvalidOperationException("The truth leaves its orbit.");
        var observations = new List<SensorObservation>();
        foreach (var state in states)
            foreach (var sensor in sensors)
            {
                var m = Model.Predict(TrackingSensor.From(sensor, SignalConventions.Corrected), state.ToState());
                if (m.ElevationRad < 10 * Testing.RadPerDegree) continue;
                double azimuthNoise = sensor.Sigma.AzimuthRad!.Value * normal() / Math.Cos(m.ElevationRad);
                observations.Add(new SensorObservation(sensor, new Observation(sensor.Id, state.Epoch,
                    m.RangeKm + sensor.Bias.RangeKm!.Value + sensor.Sigma.RangeKm!.Value * normal(),
                    m.AzimuthRad + sensor.Bias.AzimuthRad!.Value + azimuthNoise,
                    m.ElevationRad + sensor.Bias.ElevationRad!.Value + sensor.Sigma.ElevationRad!.Value * normal(), null, null)));
            }
        return observations;
    }
}
