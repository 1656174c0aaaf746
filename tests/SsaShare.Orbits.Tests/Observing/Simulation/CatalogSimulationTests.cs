using System.Diagnostics;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The catalog of 2024-11-01 observed by ten partners: what it costs and who is seen how often. Every hundredth object with a hundredth of the load, which is as crowded as the whole.</summary>
[Collection(nameof(Alone))]
public sealed class CatalogSimulationTests
{
    private const int Every = 100;
    private const double StepToleranceKm = 1e-5;

    private static readonly Epoch Start = Testing.At("2024-11-01T00:00:00Z");
    private static readonly EarthRotation Rotation = new(EarthOrientation.Default.Extended());

    private static Propagator TrueForces { get; } = new(new ForceModel(new ForceModelOptions(8, SunAndMoon: true, Surface: true), rotation: Rotation), StepToleranceKm);

    [Fact]
    public void Advance_CatalogOf2024_CostsWhatADayMayCost()
    {
        var some = Objects();
        var truth = new TrueMotions(some, TrueForces, Start, 1);
        truth.Advance(Start.PlusSeconds(600), 60);
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        for (int window = 1; window <= 2; window++) truth.Advance(Start.PlusSeconds(600 + 3_600 * window), 150);
        double perObjectDay = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalMilliseconds / some.Length * 12;
        Figure.Say("Simulation, true motion by 8x8, Sun, Moon, drag and radiation, catalog of 2024-11-01", "processor time of one object and day", "mean", perObjectDay, "ms", Aim.AtMost(20));
        Assert.InRange(perObjectDay, 0, 60);
    }

    [Fact]
    public void Observations_TenPartnersOneDay_AreAboutHalfAMillionAndReachMostObjects()
    {
        const string what = "Simulation, catalog of 2024-11-01, ten partners, one day";
        var some = Objects();
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        var simulation = new ObservationSimulation(some, ExampleNetwork.TenPartners(1.0 / Every), TrueForces, Start, Start.PlusSeconds(86_400), new SimulationOptions(1));
        var all = simulation.Observations().ToList();
        double spent = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds;
        var own = all.Where(one => one.Hops == 0).ToList();
        var tracks = own.Where(one => one.TrueObject >= 0).GroupBy(one => one.TrueObject).ToDictionary(group => group.Key, group => group.Select(one => one.Track).Distinct().Count());

        Figure.Say(what, "observations made, scaled to all objects", "count", own.Count * Every, "");
        Figure.Say(what, "observations that arrive, relays included, scaled", "count", all.Count * Every, "");
        Figure.Say(what, "observations of a tracklet", "mean", (double)own.Count / own.Select(one => one.Track).Distinct().Count(), "");
        Figure.Say(what, "processor time of one observation, true motion included", "mean", spent / own.Count * 1_000, "ms");
        foreach (var regime in some.Select((one, i) => (Regime: OrbitalRegimes.Of(one.Start), Tracks: tracks.GetValueOrDefault(i))).GroupBy(one => one.Regime).OrderBy(group => group.Key))
        {
            Figure.Say(what, $"{regime.Key} ({regime.Count()}): objects with two tracklets and more", "share", regime.Average(one => one.Tracks >= 2 ? 1.0 : 0), "");
            Figure.Say(what, $"{regime.Key}: objects never seen", "share", regime.Average(one => one.Tracks == 0 ? 1.0 : 0), "");
            Figure.Say(what, $"{regime.Key}: tracklets of an object", "mean", regime.Average(one => one.Tracks), "");
        }
        double twice = some.Select((_, i) => tracks.GetValueOrDefault(i) >= 2 ? 1.0 : 0).Average();
        Assert.InRange(own.Count * Every, 400_000, 600_000);
        Assert.True(twice > 0.8, $"Only {twice:P0} have two tracklets.");
    }

    private static SimulatedObject[] Objects()
    {
        var all = SimulatedCatalog.From(ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz"), Start, Rotation, 1);
        Assert.InRange(all.Count, 26_500, 26_834);
        return [.. all.Where((_, i) => i % Every == 0)];
    }
}

/// <summary>Tests that count the processor time of the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
