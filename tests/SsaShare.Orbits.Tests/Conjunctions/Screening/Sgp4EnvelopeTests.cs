using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>No state of SGP4 lies outside of its shell, and no orbit comes back from where it has ended.</summary>
public sealed class Sgp4EnvelopeTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(60, 1)]
    [InlineData(430, 1)]
    [InlineData(430, 31)]
    [InlineData(-300, 7)]
    public void Shell_GeneratedOrbits_HoldsEveryState(double ageDays, double spanDays)
    {
        var random = new Random(21);
        var elements = Enumerable.Range(0, 600).Select(i => (i % 2 == 0 ? RandomElements.Sound(random) : Scene.InShell(random)) with { Epoch = Scene.Start.PlusSeconds(-86_400 * (ageDays + random.NextDouble())) });
        var worst = Worst(elements, spanDays, 60, random);
        Assert.True(worst.States > 12_000, $"{worst.States} states say little.");
        Assert.True(worst.Bounded > 200, $"{worst.Bounded} bounded.");
        Assert.True(worst.Share <= 1, $"{worst.Share}");
        Assert.True(worst.SurelyKnown > 120, $"{worst.SurelyKnown} known.");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(425, 1)]
    public void Shell_Catalog_HoldsEveryState(double ageDays, double spanDays)
    {
        var later = ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz").Select(set => set with { Epoch = set.Epoch.PlusSeconds(-86_400 * ageDays) });
        var worst = Worst(later, spanDays, 30, new Random(3));
        Figure.Say($"Screening, perigee and apogee filter, catalog of 2024-11-01 {ageDays} days after its epochs, {worst.States} positions over {spanDays} days: distance from the middle of the shell", "half its thickness", "max", worst.Share, "");
        Assert.InRange(worst.Share, 0.5, 1);
        Assert.True(worst.Bounded > 20_000);
    }

    [Theory]
    [InlineData(15.5, 0.001, -0.002)]
    [InlineData(15.5, 0.02, -0.01)]
    [InlineData(14.5, 0.05, -0.01)]
    [InlineData(14.5, 0.001, 0.05)]
    public void Orbit_WhoseDragHasEndedIt_DoesNotComeBack(double revolutions, double eccentricity, double bStar)
    {
        var satellite = new Sgp4Propagator(new ElementSet("1", Scene.Start, revolutions, eccentricity, 1, 1, 1, 1, bStar, 0, 0));
        var envelope = new Sgp4Envelope(satellite, Scene.Start, Scene.Start.PlusSeconds(1_000 * 86_400.0));
        double endDays = (envelope.To - Scene.Start.NanosecondsSinceJ2000) / 86_400e9;
        Assert.InRange(endDays, 0.1, 900);
        // The theory has states again long after, and they are no orbit.
        var back = Enumerable.Range((int)endDays + 1, 1_000 - (int)endDays).Select(day => satellite.Propagate(Scene.Start.PlusSeconds(86_400.0 * day))).Where(state => state.IsValid).ToList();
        Assert.Contains(back, state => state.PositionKm.Norm > 12_000);
        Assert.True(new Sgp4Envelope(satellite, Scene.Start.PlusSeconds(1_000 * 86_400.0), Scene.Start.PlusSeconds(1_001 * 86_400.0)).IsNever);
    }

    /// <summary>How near to its edges the shells are used.</summary>
    private static (double Share, int States, int Bounded, int SurelyKnown) Worst(IEnumerable<ElementSet> elements, double spanDays, int samples, Random random)
    {
        double share = 0;
        int states = 0, bounded = 0, known = 0;
        foreach (var set in elements)
        {
            var satellite = new Sgp4Propagator(set);
            var end = Scene.Start.PlusSeconds(86_400 * spanDays);
            var envelope = new Sgp4Envelope(satellite, Scene.Start, end);
            if (double.IsFinite(envelope.HighKm)) bounded++;
            if (envelope.IsSurelyKnown) known++;
            double middle = 0.5 * (envelope.LowKm + envelope.HighKm), half = 0.5 * (envelope.HighKm - envelope.LowKm);
            // In the order in time, in which resonant orbits are fastest.
            foreach (double part in Enumerable.Range(0, samples).Select(_ => random.NextDouble()).Order())
            {
                var at = Scene.Start.PlusSeconds(86_400 * spanDays * part);
                var state = satellite.Propagate(at);
                if (!state.IsValid && envelope.IsSurelyKnown) Assert.Fail($"{set} {at} {state.Error}");
                if (!state.IsValid || !envelope.Holds(at.NanosecondsSinceJ2000)) continue;
                states++;
                if (double.IsFinite(half)) share = Math.Max(share, Math.Abs(state.PositionKm.Norm - middle) / half);
            }
        }
        return (share, states, bounded, known);
    }
}
