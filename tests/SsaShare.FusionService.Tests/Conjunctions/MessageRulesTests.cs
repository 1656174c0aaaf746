using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class MessageRulesTests
{
    private static readonly MessageRules Rules = new(new ScreeningSettings());

    [Theory]
    [InlineData(1e-7, 3.0, true)]
    [InlineData(9e-8, 0.1, false)]
    [InlineData(null, 0.9, true)]
    [InlineData(null, 1.1, false)]
    public void IsDue_FirstTime_WhenProbableOrNear(double? probability, double missKm, bool expected)
        => Assert.Equal(expected, Rules.IsDue(Conjunction(probability, missKm), [], TestTime.Epoch));

    [Fact]
    public void IsDue_PastOrNoLongerThere_IsNot()
    {
        Assert.False(Rules.IsDue(Conjunction(1e-3, 0.1, hours: -1), [], TestTime.Epoch));
        Assert.False(Rules.IsDue(Conjunction(1e-3, 0.1, isCurrent: false), [], TestTime.Epoch));
    }

    [Theory]
    [InlineData("a", 1e-3, 0.5, 2, false)]    // The same orbits.
    [InlineData("bb", 2e-6, 0.5, 2, false)]   // Hardly different.
    [InlineData("bb", 9e-6, 0.5, 0.5, false)] // Too soon.
    [InlineData("bb", 9e-6, 0.5, 2, true)]
    [InlineData("bb", 2e-4, 0.5, 0.1, true)]  // So high that nobody waits.
    [InlineData("bb", 1e-6, 0.3, 2, true)]    // Nearer by much.
    [InlineData("bb", 1e-9, 0.5, 2, true)]    // It has become harmless: that is told once.
    public void IsDue_AfterAMessage_WhenMuchHasChangedAndNotTooSoon(string sources, double probability, double missKm, double hoursLater, bool expected)
    {
        var sent = Sent(Conjunction(1e-6, 0.5));
        Assert.Equal(expected, Rules.IsDue(Conjunction(probability, missKm, sources: sources), [sent], TestTime.Epoch.PlusSeconds(hoursLater * 3_600)));
    }

    [Fact]
    public void IsDue_AnotherPassageOfTheSameObjects_HasItsOwnMessage()
        => Assert.True(Rules.IsDue(Conjunction(1e-6, 0.5, hours: 7.5), [Sent(Conjunction(1e-6, 0.5))], TestTime.Epoch));

    [Fact]
    public void IsDue_HarmlessAfterHarmless_IsToldNoMore()
        => Assert.False(Rules.IsDue(Conjunction(1e-12, 0.5, sources: "bb"), [Sent(Conjunction(1e-9, 0.5))], TestTime.Epoch.PlusSeconds(2 * 3_600)));

    private static LedgerMessage Sent(BoardConjunction one)
        => new(default, Records.Atlantic, MessageRules.NameOf(one.First), MessageRules.NameOf(one.Second), one.Approach.Tca, one.Approach.MissKm, one.Probability.Recommended.Probability, TestTime.Epoch, [], MessageRules.SourcesOf(one));
}
