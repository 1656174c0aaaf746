using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Spans that follow each other share no approach and lose none, wherever they are cut: the parts together are the whole, to the last bit.</summary>
public sealed class ScreeningBorderTests
{
    private static readonly Epoch End = Scene.Start.PlusSeconds(3 * 3_600);
    private static readonly ScreenedObject[] Objects = [.. Scene.Crowd(23, 120), .. Crossing(24, 40)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(2_500_000_000)]
    [InlineData(-2_500_000_000)]
    [InlineData(3_900_000_000)]
    [InlineData(-3_900_000_000)]
    public void Screen_CutNearAnApproach_PartsAreTheWhole(long cutNs)
    {
        var whole = Screen(Scene.Start, End, ScreeningVolume.Sphere(10));
        Assert.True(whole.Count(one => one.RelativeSpeedKmPerS < 0.06) > 40);
        Assert.True(whole.Count(one => one.RelativeSpeedKmPerS > 1) > 10);
        foreach (var one in whole.Where((_, i) => i % 4 == 0))
        {
            var cut = new Epoch(one.Tca.NanosecondsSinceJ2000 + cutNs);
            AssertWhole(whole, cut.PlusSeconds(-120), cut, cut.PlusSeconds(150), ScreeningVolume.Sphere(10));
        }
    }

    [Fact]
    public void Screen_RandomSpansCutAtRandom_PartsAreTheWhole()
    {
        var random = new Random(25);
        var whole = Screen(Scene.Start, End, ScreeningVolume.Sphere(10));
        for (int i = 0; i < 60; i++)
        {
            double from = 10_000 * random.NextDouble(), first = 1e-6 + 400 * Math.Pow(random.NextDouble(), 4), second = 1e-6 + 400 * Math.Pow(random.NextDouble(), 4);
            AssertWhole(whole, Scene.Start.PlusSeconds(from), Scene.Start.PlusSeconds(from + first), Scene.Start.PlusSeconds(from + first + second), ScreeningVolume.Sphere(10));
        }
    }

    /// <summary>A long box is entered minutes before or after the approach.</summary>
    [Fact]
    public void Screen_BoxEnteredBeyondTheBorder_PartsAreTheWhole()
    {
        var box = ScreeningVolume.Box(0.5, 10, 3);
        var whole = Screen(Scene.Start, End, box);
        Assert.NotEmpty(whole);
        foreach (var one in whole)
            foreach (double seconds in (double[])[-20, -1, 0, 1, 20])
                AssertWhole(whole, one.Tca.PlusSeconds(-60), one.Tca.PlusSeconds(seconds), one.Tca.PlusSeconds(60), box);
    }

    private static void AssertWhole(List<CloseApproach> whole, Epoch from, Epoch cut, Epoch to, ScreeningVolume volume)
    {
        var parts = Screen(from, cut, volume).Concat(Screen(cut, to, volume));
        Assert.Equal(whole.Where(one => one.Tca >= from && one.Tca < to).Select(Said), parts.Select(Said));

        static (long, long, long, double, double) Said(CloseApproach one) => (one.Id1, one.Id2, one.Tca.NanosecondsSinceJ2000, one.MissKm, one.RelativeSpeedKmPerS);
    }

    private static List<CloseApproach> Screen(Epoch from, Epoch to, ScreeningVolume volume)
        => [.. ConjunctionScreener.Screen(Objects, new ScreeningOptions(from, to, volume) { Threads = 2 }).Approaches.Where(one => !one.IsCoMoving)];

    /// <summary>Pairs in planes at a small angle: they meet at every node at 10 to 100 m/s.</summary>
    private static IEnumerable<ScreenedObject> Crossing(int seed, int pairs)
    {
        var random = new Random(seed);
        for (int i = 0; i < pairs; i++)
        {
            var orbit = Scene.InShell(random) with { InclinationRad = 0.5 + random.NextDouble() };
            double angle = 0.0015 + 0.01 * random.NextDouble();
            yield return new ScreenedElements(10 + 2 * i, orbit);
            yield return new ScreenedElements(11 + 2 * i, orbit with { InclinationRad = orbit.InclinationRad + angle, MeanAnomalyRad = orbit.MeanAnomalyRad + 4 * (random.NextDouble() - 0.5) / 6_900 });
        }
    }
}
