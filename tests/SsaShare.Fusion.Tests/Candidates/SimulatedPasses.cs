using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests.Candidates;

/// <summary>Passes of objects in low orbit over three partners' radars in one day: eight measurements over seventy seconds each.</summary>
internal static class SimulatedPasses
{
    private const double RadPerDegree = Math.PI / 180;
    public static readonly Epoch Start = Seeds.At("1996-12-20T00:00:00");
    public static readonly OrbitFitter Fitter = new(new Propagator(new ForceModel(ForceModelOptions.Light)), new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected with { Path = SignalPath.Instant }));
    private static readonly Sensor[] Radars = [Radar("atlantic", -8, -14), Radar("caribbean", 17, -62), Radar("pacific", 22, -158)];

    /// <summary>Objects on orbits of chance, 500 to 1,200 km high; the second half of them in groups of four on nearly the same plane.</summary>
    public static List<CartesianState> Objects(int count, int seed)
    {
        var random = new Random(seed);
        var objects = new List<CartesianState>();
        KeplerianElements last = default;
        for (int i = 0; i < count; i++)
        {
            bool joins = i > count / 2 && i % 4 != 0;
            last = joins ? last with { SemiMajorAxisKm = last.SemiMajorAxisKm + 2 * random.NextDouble(), MeanAnomalyRad = last.MeanAnomalyRad + 0.3 * random.NextDouble() }
                : new KeplerianElements(6_878 + 700 * random.NextDouble(), 0.01 * random.NextDouble(), (40 + 60 * random.NextDouble()) * RadPerDegree, Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble());
            objects.Add(last.ToState(Start, Frame.Gcrf));
        }
        return objects;
    }

    /// <summary>In order of time; with each the object that it is of.</summary>
    public static List<(int Object, List<SensorObservation> Pass)> Seen(IReadOnlyList<CartesianState> objects, int seed, double hours)
    {
        var random = new Random(seed);
        var passes = new List<(int, List<SensorObservation>)>();
        Epoch[] coarse = [.. Enumerable.Range(1, (int)(hours * 60)).Select(i => Start.PlusSeconds(60 * i))];
        for (int n = 0; n < objects.Count; n++)
        {
            Assert.True(Fitter.Propagator.TrySample(objects[n], default, coarse, withPartials: false, out var states));
            foreach (var radar in Radars)
            {
                var site = new SensorSite(radar.Site);
                bool wasUp = false;
                foreach (var state in states.Select(s => s.ToState()))
                {
                    bool isUp = site.Measure(EarthRotation.Default.ToItrf(state)).ElevationRad > 15 * RadPerDegree;
                    if (isUp && !wasUp) passes.Add((n, [.. Enumerable.Range(0, 8).Select(i => Look(radar, site, state, 10 * i, random))]));
                    wasUp = isUp;
                }
            }
        }
        return [.. passes.OrderBy(pass => pass.Item2[0].Epoch)];
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private static SensorObservation Look(Sensor radar, SensorSite site, CartesianState from, double seconds, Random random)
    {
        Assert.True(Fitter.Propagator.TryPropagate(from, default, from.Epoch.PlusSeconds(seconds), withPartials: false, out var then));
        var m = site.Measure(EarthRotation.Default.ToItrf(then.ToState()));
        return new SensorObservation(radar, new Observation(radar.Id, then.ToState().Epoch, m.RangeKm + radar.Sigma.RangeKm!.Value * Normal(random), m.AzimuthRad + radar.Sigma.AzimuthRad!.Value * Normal(random) / Math.Cos(m.ElevationRad),
            m.ElevationRad + radar.Sigma.ElevationRad!.Value * Normal(random), m.RangeRateKmPerS + radar.Sigma.RangeRateKmPerS!.Value * Normal(random), null));
    }

    private static Sensor Radar(string owner, double latitude, double longitude)
        => new(SensorId.Parse($"{owner}-1"), PartnerId.Parse(owner), owner, new Geodetic(latitude * RadPerDegree, longitude * RadPerDegree, 0.1),
            new MeasurementFigures(0.03, 0.02 * RadPerDegree, 0.02 * RadPerDegree, 0.001), new MeasurementFigures(null, null, null, null));
}
