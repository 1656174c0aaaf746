using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Reference;

namespace SsaShare.Benchmarks;

/// <summary>As many observations as the real set has, of an orbit like the sphere's, by three radars in the same weeks.</summary>
internal static class SyntheticTracking
{
    private const int Count = 23_914, Seed = 5398;
    private const double EverySeconds = 7, LeastElevationRad = 0.15, RadPerDegree = Math.PI / 180;

    public static List<TrackingObservation> Create()
    {
        if (!Utc.TryParse("1996-12-12T00:00:00", out var begin)) throw new InvalidOperationException("No such time.");
        var truth = new KeplerianElements(7_190, 0.007, 1.529, 1, 0.5, 0.3).ToState(begin, Frame.Gcrf);
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        TrackingSensor[] sensors = [Radar("1", -7.9, -14.4), Radar("2", 17.1, -61.8), Radar("3", 21.6, -158.3)];
        Epoch[] epochs = [.. Enumerable.Range(0, (int)(45 * 86_400 / EverySeconds)).Select(i => begin.PlusSeconds(i * EverySeconds))];
        if (!propagator.TrySample(truth, new SurfaceCoefficients(0.02, 0.02), epochs, withPartials: false, out var states)) throw new InvalidOperationException("The orbit was lost.");
        var random = new Random(Seed);
        var all = new List<TrackingObservation>();
        foreach (var state in states)
            foreach (var sensor in sensors)
            {
                var figures = model.Predict(sensor, state.ToState());
                if (figures.ElevationRad < LeastElevationRad) continue;
                all.Add(new TrackingObservation(sensor, state.Epoch, new TrackingFigures(
                    figures.RangeKm + sensor.Sigma.RangeKm!.Value * Normal(random), figures.AzimuthRad + sensor.Sigma.AzimuthRad!.Value * Normal(random) / Math.Cos(figures.ElevationRad),
                    figures.ElevationRad + sensor.Sigma.ElevationRad!.Value * Normal(random))));
            }
        // Evenly thinned by passes of a few minutes: as many as the real set has.
        return all.Count < Count ? throw new InvalidOperationException($"Only {all.Count} observations.") : [.. Enumerable.Range(0, Count).Select(i => all[(int)((long)i * all.Count / Count)])];
    }

    private static TrackingSensor Radar(string number, double latitudeDegrees, double longitudeDegrees)
        => new(new SensorKey(PartnerId.Parse("radar-" + number), SensorId.Parse(number)), new SensorSite(new Geodetic(latitudeDegrees * RadPerDegree, longitudeDegrees * RadPerDegree, 0.1)),
            new TrackingFigures(0.03, 0.015 * RadPerDegree, 0.015 * RadPerDegree), TrackingFigures.None);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
