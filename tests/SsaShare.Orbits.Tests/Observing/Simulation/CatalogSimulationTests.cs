using System.Diagnostics;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The catalog of 2024-11-01 observed by ten partners: what it costs and who is seen how often.</summary>
public sealed class CatalogSimulationTests
{
    private static readonly Epoch Start = Testing.At("2024-11-01T00:00:00Z");

    private static readonly ForceModelOptions TrueForces = new(8, SunAndMoon: true, Surface: true);

    [Fact]
    public void Advance_EveryFortiethObject_CostsWhatADayOfTheCatalogMayCost()
    {
        var rotation = new EarthRotation(EarthOrientation.Default.Extended());
        var elements = ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz").ToList();
        var all = SimulatedCatalog.From(elements, Start, rotation, 1);
        Assert.True(all.Count > 0.99 * elements.Count, $"{all.Count} of {elements.Count}");
        SimulatedObject[] some = [.. all.Where((_, i) => i % 40 == 0)];
        var truth = new TrueMotions(some, new Propagator(new ForceModel(TrueForces, rotation: rotation)), Start, 1);
        truth.Advance(Start.PlusSeconds(600), 60);
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        long before = GC.GetTotalAllocatedBytes();
        for (int window = 1; window <= 2; window++) truth.Advance(Start.PlusSeconds(600 + 3_600 * window), 150);
        double perObjectDay = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalMilliseconds / some.Length * 12;
        Figure.Say("Simulation, true motion by 8x8, Sun, Moon, drag and radiation, catalog of 2024-11-01", "processor time of one object and day", "mean", perObjectDay, "ms", Aim.AtMost(30));
        TestContext.Current.TestOutputHelper?.WriteLine($"{some.Length} objects, {perObjectDay:F2} ms per object and day, {(GC.GetTotalAllocatedBytes() - before) / 2e6:F0} MB allocated a window");
        Assert.InRange(perObjectDay, 0, 60);
    }
}
