using System.Diagnostics;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class NrlmsiseAtmosphereTests
{
    /// <summary>Forty days of a moderate Sun, with a storm on the thirtieth.</summary>
    internal static SpaceWeather Weather { get; } = new([.. Enumerable.Range(0, 40).Select(i => new SpaceWeatherDay(
        new DateOnly(2024, 3, 1).AddDays(i), i == 29 ? [4, 4, 300, 300, 200, 100, 50, 20] : [4, 4, 4, 4, 4, 4, 4, 4], i == 29 ? 122 : 4, 150 + i % 7, 150, 152, 150, SpaceWeatherQuality.Observed))]);

    private static readonly Geodetic Place = new(0.7, 0.3, 400);

    [Fact]
    public void DensityKgPerM3_OverTheTable_IsThatOfItsConditions()
    {
        var atmosphere = new NrlmsiseAtmosphere(Weather);
        var epoch = Testing.At("2024-03-30T07:30:00");
        Assert.True(Weather.TryInputs(epoch, out var inputs));
        Assert.Equal((300, 4), (inputs.ApNow, inputs.Ap3Before));
        double expected = new NrlmsiseConditions(90, NrlmsiseActivity.From(inputs)).At(Place, 27_000).DragDensityKgPerM3;
        Assert.Equal(expected, atmosphere.DensityKgPerM3(epoch, Place), expected * 1e-12);
        // From the tables that the earlier interval of the day left behind.
        Assert.True(Weather.TryInputs(Testing.At("2024-03-30T13:00:00"), out var later));
        double expectedLater = new NrlmsiseConditions(90, NrlmsiseActivity.From(later)).At(Place, 46_800).DragDensityKgPerM3;
        Assert.Equal(expectedLater, atmosphere.DensityKgPerM3(Testing.At("2024-03-30T13:00:00"), Place), expectedLater * 1e-12);
        Assert.True(expectedLater > 1.2 * expected);
    }

    [Fact]
    public void DensityKgPerM3_TwoDaysOfOneSlot_DoesNotMixThem()
    {
        var days = Enumerable.Range(0, 80).Select(i => new SpaceWeatherDay(new DateOnly(2024, 3, 1).AddDays(i), [], 4, 100 + i, 100 + i, 100 + i, 100 + i, SpaceWeatherQuality.Observed));
        var weather = new SpaceWeather([.. days]);
        var (kept, fresh) = (new NrlmsiseAtmosphere(weather), new NrlmsiseAtmosphere(weather));
        var (first, second) = (Testing.At("2024-03-10T12:00:00"), Testing.At("2024-03-10T12:00:00").PlusSeconds(64 * 86_400.0));
        double one = kept.DensityKgPerM3(first, Place), two = kept.DensityKgPerM3(second, Place);
        Assert.Equal(fresh.DensityKgPerM3(second, Place), two);
        Assert.Equal(one, kept.DensityKgPerM3(first, Place));
        Assert.True(two > 1.3 * one);
    }

    [Fact]
    public void Covers_BeyondTheTable_IsToldAndThrown()
    {
        var atmosphere = new NrlmsiseAtmosphere(Weather);
        Assert.True(atmosphere.Covers(Testing.At("2024-03-04T00:00:00")));
        Assert.False(atmosphere.Covers(Testing.At("2024-03-03T00:00:00")));
        Assert.False(atmosphere.Covers(Testing.At("2024-05-03T00:00:00")));
        Assert.Throws<ArgumentOutOfRangeException>(() => atmosphere.DensityKgPerM3(Testing.At("2024-05-03T00:00:00"), Place));
        Assert.Null(atmosphere.Warning(Testing.At("2024-03-10T00:00:00"), Testing.At("2024-03-12T00:00:00")));
        Assert.Contains("is not known", atmosphere.Warning(Testing.At("2024-03-10T00:00:00"), Testing.At("2024-05-12T00:00:00")), StringComparison.Ordinal);
    }

    [Fact]
    public void DensityKgPerM3_EverywhereUpTo2500Km_IsSmoothPositiveAndFalls()
    {
        var atmosphere = new NrlmsiseAtmosphere(Weather);
        var epoch = Testing.At("2024-03-20T03:00:01");
        for (double latitude = -1.5; latitude <= 1.5; latitude += 0.3)
        {
            double before = double.PositiveInfinity;
            for (double height = -1; height < 2_600; height += height < 150 ? 1 : 10)
            {
                double density = atmosphere.DensityKgPerM3(epoch, new Geodetic(latitude, latitude * 2, height));
                Assert.True(height <= 0 || height >= 2_500 ? density <= before : density < before && density > 0, $"{height} km: {density} after {before}.");
                before = density;
            }
        }
        Assert.Equal(0, atmosphere.DensityKgPerM3(epoch, new Geodetic(0, 0, 2_500)));
    }

    [Fact]
    public void DensityKgPerM3_OnceADayWasAskedFor_AllocatesNothing()
    {
        var atmosphere = new NrlmsiseAtmosphere(Weather);
        var epoch = Testing.At("2024-03-20T03:00:01");
        double[] heights = [130, 350, 700];
        double sum = atmosphere.DensityKgPerM3(epoch, Place);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            foreach (double height in heights) sum += atmosphere.DensityKgPerM3(epoch.PlusSeconds(i), new Geodetic(0.001 * i, 0.006 * i, height));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(280)]
    [InlineData(400)]
    [InlineData(600)]
    public void DensityKgPerM3_ManyCalls_AreTimed(double heightKm)
    {
        const int Calls = 5_000;
        var atmosphere = new NrlmsiseAtmosphere(Weather);
        var epoch = Testing.At("2024-03-20T00:00:01");
        double sum = 0, microseconds = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++) sum += atmosphere.DensityKgPerM3(epoch.PlusSeconds(1.6 * i), new Geodetic(Math.Sin(0.001 * i), 0.002 * i % 3, heightKm));
            microseconds = Stopwatch.GetElapsedTime(before).TotalMicroseconds / Calls;
        }
        // For information: how fast it is depends on what runs beside.
        Figure.Say($"NRLMSISE-00 at {heightKm} km, one call", "-", "elapsed", microseconds, "us");
        Assert.True(sum > 0);
    }
}
