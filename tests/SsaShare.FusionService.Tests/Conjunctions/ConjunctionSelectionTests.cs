using SsaShare.Domain;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class ConjunctionSelectionTests
{
    [Theory]
    [InlineData("", 0.0, true)]
    [InlineData("2", 0.0, true)]
    [InlineData("002", 1e-6, true)]
    [InlineData("3", 0.0, false)]
    [InlineData("", 1e-5, false)]
    public void Takes_ByObjectAndProbability(string named, double probability, bool expected)
        => Assert.Equal(expected, new ConjunctionSelection(named, probability, null, null, false).Takes(Conjunction(1e-6, 1)));

    [Fact]
    public void Takes_ByTimeAndPresence()
    {
        var (from, until) = (TestTime.Epoch.PlusSeconds(6 * 3_600), TestTime.Epoch.PlusSeconds(7 * 3_600));
        Assert.True(new ConjunctionSelection("", 0, from, until, false).Takes(Conjunction(null, 1)));
        Assert.False(new ConjunctionSelection("", 0, until, null, false).Takes(Conjunction(null, 1)));
        Assert.False(new ConjunctionSelection("", 0, null, from, false).Takes(Conjunction(null, 1)));
        Assert.False(new ConjunctionSelection("", 0, null, null, false).Takes(Conjunction(null, 1, isCurrent: false)));
        Assert.True(new ConjunctionSelection("", 0, null, null, true).Takes(Conjunction(null, 1, isCurrent: false)));
    }

    [Fact]
    public void PageAfter_PageByPage_GivesEachOnceInOrderOfTimeAndId()
    {
        // Several are of one instant, in an order of their own.
        List<Fusion.BoardConjunction> all = [.. Enumerable.Range(0, 20).Select(i => Conjunction(null, 1, hours: 6 + i / 7) with { Id = new Fusion.ConjunctionEventId((UInt128)(uint)(i * 7 % 20) << 64, 1) })];
        var expected = all.Select(ConjunctionPlace.Of).Order().ToList();
        Assert.NotEqual(expected, all.Select(ConjunctionPlace.Of));
        var found = new List<ConjunctionPlace>();
        while (ConjunctionPlace.PageAfter(found.Count == 0 ? null : found[^1], all, 3) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            found.AddRange(page.Select(one => one.Place));
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Place_WrittenAndRead_IsTheSameAndNothingElseIsRead()
    {
        var place = ConjunctionPlace.Of(Conjunction(null, 1));
        Assert.True(ConjunctionPlace.TryParse(place.ToString(), out var read));
        Assert.Equal(place, read);
        Assert.All(["", "x", "-", place.ToString()[1..], place + "0", new string('0', 81)], text => Assert.False(ConjunctionPlace.TryParse(text, out _)));
    }
}
