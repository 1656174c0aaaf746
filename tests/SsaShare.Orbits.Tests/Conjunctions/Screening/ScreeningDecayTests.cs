using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Fresh elements of objects about to decay, over a span that goes on beyond their end: screened as long as they describe an orbit.</summary>
public sealed class ScreeningDecayTests
{
    [Theory]
    [InlineData(0.002)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    public void Screen_DecaysWithinTheSpan_ScreenedUpToThere(double bStar)
    {
        var elements = new ElementSet("0", Scene.Start, 15.9, 0.002, 1.5, 1, 2, 3, bStar, 0, 0);
        // Both cross the equator together, however long they sink.
        ScreenedElements[] pair = [new(1, elements), new(2, elements with { InclinationRad = Math.PI - 1.5 })];
        var month = Scene.Screen(pair, Scene.Options(744, 60));
        var hours = Scene.Screen(pair, Scene.Options(6, 60));
        Assert.NotEmpty(hours.Approaches);
        var end = Scene.Start.PlusSeconds(6 * 3_600);
        Assert.Equal(hours.Approaches.Select(one => (one.Tca, one.MissKm)), month.Approaches.Where(one => one.Tca < end).Select(one => (one.Tca, one.MissKm)));
        foreach (long id in (long[])[1, 2])
        {
            var lost = Assert.Single(month.Issues, issue => issue.Id == id && issue.IsLoss);
            Assert.InRange(lost.From.SecondsSince(Scene.Start) / 3_600, 6, 743);
        }
    }
}
