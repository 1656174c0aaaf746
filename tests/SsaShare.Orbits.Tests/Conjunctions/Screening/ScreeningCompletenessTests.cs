using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Nothing is missed and nothing invented: against every pair at every step.</summary>
public sealed class ScreeningCompletenessTests
{
    [Theory]
    [InlineData(1, 500, 6, 20)]
    [InlineData(2, 300, 6, 2)]
    [InlineData(3, 100, 6, 150)]
    public void Screen_GeneratedCatalog_FindsWhatBruteForceFinds(int seed, int count, double hours, double km)
    {
        var objects = Scene.Crowd(seed, count);
        var report = Scene.Screen(objects, Scene.Options(hours, km));
        var expected = new BruteForce(Scene.Start, hours * 3_600).Find([.. objects.Cast<ScreenedElements>()], km + 0.01);
        AssertSame(expected, report, km);
        Assert.True(report.Approaches.Count > (km > 5 ? 100 : 0), $"{report.Approaches.Count} approaches say little.");
    }

    /// <param name="km">Brute force was run with a little more: what lies within rounding of the threshold may or may not be found.</param>
    internal static void AssertSame(IReadOnlyList<BruteForce.Approach> expected, ScreeningReport report, double km)
    {
        var ours = report.Approaches.ToLookup(one => (one.Id1, one.Id2));
        var theirs = expected.ToLookup(one => (one.Id1, one.Id2));
        double coMoving = report.Options.CoMovingKmPerS;
        var missed = expected.Where(one => one.Km < km - 1e-6 && one.KmPerS > coMoving * 1.001 && !ours[(one.Id1, one.Id2)].Any(own => Is(one, own))).ToList();
        var invented = report.Approaches.Where(own => !own.IsCoMoving && !theirs[(own.Id1, own.Id2)].Any(one => Is(one, own))).ToList();
        Assert.True(missed.Count == 0, $"{missed.Count} of {expected.Count} missed: {string.Join("; ", missed.Take(5))}");
        Assert.True(invented.Count == 0, $"{invented.Count} of {report.Approaches.Count} invented: {string.Join("; ", invented.Take(5))}");
        // A slow approach belongs to a stay that is told.
        foreach (var one in expected.Where(one => one.Km < km - 1e-6 && one.KmPerS < coMoving * 0.999))
            Assert.Contains(ours[(one.Id1, one.Id2)], own => own.IsCoMoving && own.InsideFrom.SecondsSince(report.Options.Start) <= one.Seconds + 1 && own.InsideTo.SecondsSince(report.Options.Start) >= one.Seconds - 1);

        // The least distance to a thousandth of a millimetre or so; how well that tells the time follows from the speed.
        bool Is(BruteForce.Approach one, CloseApproach own)
            => Math.Abs(own.MissKm - one.Km) < 2e-6 && Math.Abs(own.Tca.SecondsSince(report.Options.Start) - one.Seconds) < 2e-3 + Math.Sqrt(2 * one.Km * 2e-6) / one.KmPerS;
    }
}
