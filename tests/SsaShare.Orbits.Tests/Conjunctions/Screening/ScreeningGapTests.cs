using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Objects that have states now and then: what is found, and what is told of them, does not depend on how far apart the knots are.</summary>
public sealed class ScreeningGapTests
{
    private static readonly ScreeningOptions Options = Scene.Options(1, 60);

    [Theory]
    [InlineData(5)]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(71)]
    public void Screen_ElementsThatLoseTheirStatesInEveryRevolution_SameResultAndIssues(int stride)
    {
        ScreenedObject[] objects = [.. Scene.Crowd(31, 150), .. Flickering(32, 400)];
        var near = Scene.Strided(objects, Options, 1);
        var far = Scene.Strided(objects, Options, stride);
        Assert.Equal(near.Issues, far.Issues);
        Assert.Equal(near.Approaches, far.Approaches);
        // Lost in a part of the span only, and found in the other.
        var partly = near.Issues.Where(issue => issue.Kind == ScreeningIssueKind.NoState && issue.Detail.StartsWith("Not screened around", StringComparison.Ordinal)).Select(issue => issue.Id).ToHashSet();
        Assert.True(partly.Count > 20, $"{partly.Count} lose some states.");
        Assert.Contains(near.Approaches, one => partly.Contains(one.Id1) || partly.Contains(one.Id2));
    }

    /// <summary>Nearly circular, decaying: the periodic part of the drag carries the eccentricity to the least that SGP4 takes, -0.001, and back.</summary>
    private static ScreenedObject[] Flickering(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ScreenedElements(10 + i, Scene.InShell(random) with
        {
            Epoch = Scene.Start.PlusSeconds(3_600 * (i % 2)), MeanMotionRevPerDay = 15.9 + 0.4 * random.NextDouble(), Eccentricity = 1e-5 + 1e-3 * random.NextDouble(), BStarPerEarthRadii = 0.01 + 0.25 * random.NextDouble(),
        }))];
    }
}
