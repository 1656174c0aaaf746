using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The bounds hold for the models as they are: sampled between knots, of every kind of orbit.</summary>
public sealed class MotionBoundTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(192)]
    public void ChordAndCurve_GeneratedOrbits_HoldTheObject(double h)
    {
        var random = new Random(4);
        var elements = Enumerable.Range(0, 1_500).Select(_ => RandomElements.Sound(random) with { Epoch = Scene.Start.PlusSeconds(-86_400 * 5 * random.NextDouble()) });
        var (chord, curve, states) = Worst(elements, random, h, 4);
        Assert.True(states > 10_000);
        Assert.InRange(chord, 0.1, 1);
        Assert.InRange(curve, 0.01, 1);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(192)]
    public void ChordAndCurve_Catalog_HoldTheObject(double h)
    {
        var (chord, curve, states) = Worst(ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz"), new Random(7), h, 7);
        Figure.Say($"Screening, deviation from the chord over {h} s, catalog of 2024-11-01, {states} positions", "its bound", "max", chord, "");
        Figure.Say($"Screening, deviation from the curve over {h} s, catalog of 2024-11-01, {states} positions", "its bound", "max", curve, "");
        Assert.InRange(chord, 0.1, 1);
        Assert.InRange(curve, 0.01, 1);
    }

    [Theory]
    [InlineData(8, 425)]
    [InlineData(192, 425)]
    [InlineData(192, -200)]
    public void ChordAndCurve_OldElements_HoldTheObject(double h, double ageDays)
    {
        var random = new Random(5);
        var elements = Enumerable.Range(0, 1_500).Select(i => (i % 2 == 0 ? RandomElements.Sound(random) : Scene.InShell(random)) with { Epoch = Scene.Start.PlusSeconds(-86_400 * (ageDays + random.NextDouble())) });
        var (chord, curve, states) = Worst(elements, random, h, 3);
        Assert.True(states > 5_000, $"{states} states say little.");
        Assert.InRange(chord, 0.1, 1);
        Assert.InRange(curve, 0.01, 1);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(192)]
    public void ChordAndCurve_CatalogThatIsOld_HoldTheObject(double h)
    {
        var old = ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz").Select(set => set with { Epoch = set.Epoch.PlusSeconds(-425 * 86_400.0) });
        var (chord, curve, _) = Worst(old, new Random(7), h, 1);
        Assert.InRange(chord, 0.1, 1);
        Assert.InRange(curve, 0.01, 1);
    }

    /// <summary>Largest share of the bounds that is used.</summary>
    private static (double Chord, double Curve, int States) Worst(IEnumerable<ElementSet> elements, Random random, double h, double days)
    {
        double worstChord = 0, worstCurve = 0;
        int states = 0;
        foreach (var set in elements)
        {
            var satellite = new Sgp4Propagator(set);
            var start = Scene.Start.PlusSeconds(86_400 * (days - 1) * random.NextDouble());
            double minutes = Math.Max(Math.Abs(Scene.Start.SecondsSince(set.Epoch)), Math.Abs(Scene.Start.PlusSeconds(86_400 * days).SecondsSince(set.Epoch))) / 60;
            var envelope = new Sgp4Envelope(satellite, Scene.Start, Scene.Start.PlusSeconds(86_400 * days));
            if (envelope.IsNever || !envelope.Holds(start.NanosecondsSinceJ2000) || !envelope.Holds(start.PlusSeconds(h).NanosecondsSinceJ2000)) continue;
            double extra = MotionBound.Sgp4Extra(satellite, envelope, minutes), jump = satellite.IsDeepSpace ? MotionBound.DeepSpaceJumpKm : 0;
            // Refused by the screening.
            if (!(extra <= MotionBound.LargestSgp4Extra)) continue;
            var (before, after) = (satellite.Propagate(start), satellite.Propagate(start.PlusSeconds(h)));
            if (!before.IsValid || !after.IsValid) continue;
            Vector3d p = before.PositionKm, q = after.PositionKm;
            double at = Math.Clamp(-p.Dot(q - p) / (q - p).NormSquared, 0, 1), lowest = Math.Max(MotionBound.EarthRadiusKm, (p + at * (q - p)).Norm);
            double chordBound = MotionBound.ChordKm(Math.Max(MotionBound.EarthRadiusKm, envelope.LowKm), extra, 0, jump, h), curveBound = MotionBound.CurveKm(lowest, (q - p).Norm / h, extra, 0, jump, h);
            Vector3d first = -MotionBound.MuKm3PerS2 / Math.Pow(p.Norm, 3) * p, last = -MotionBound.MuKm3PerS2 / Math.Pow(q.Norm, 3) * q;
            for (double u = 0.1; u < 0.95; u += 0.1)
            {
                var state = satellite.Propagate(start.PlusSeconds(u * h));
                if (!state.IsValid) continue;
                states++;
                double w = 1 - u;
                var chord = p + u * (q - p);
                var curve = chord + h * h / 6 * ((u * u * u - u) * last + (w * w * w - w) * first);
                worstChord = Math.Max(worstChord, chord.DistanceTo(state.PositionKm) / chordBound);
                worstCurve = Math.Max(worstCurve, curve.DistanceTo(state.PositionKm) / curveBound);
            }
        }
        return (worstChord, worstCurve, states);
    }
}
