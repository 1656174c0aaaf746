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
        => Assert.Equal(expected, Rules.IsDue(Conjunction(probability, missKm), None, TestTime.Epoch));

    [Fact]
    public void IsDue_PastOrNoLongerThere_IsNot()
    {
        Assert.False(Rules.IsDue(Conjunction(1e-3, 0.1, hours: -1), None, TestTime.Epoch));
        Assert.False(Rules.IsDue(Conjunction(1e-3, 0.1, isCurrent: false), None, TestTime.Epoch));
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
        Assert.Equal(expected, Rules.IsDue(Conjunction(probability, missKm, sources: sources), After(sent), TestTime.Epoch.PlusSeconds(hoursLater * 3_600)));
    }

    [Fact]
    public void IsDue_AnotherPassageOfTheSameObjects_HasItsOwnMessage()
        => Assert.True(Rules.IsDue(Conjunction(1e-6, 0.5, hours: 7.5), After(Sent(Conjunction(1e-6, 0.5))), TestTime.Epoch));

    [Fact]
    public void IsDue_HarmlessAfterHarmless_IsToldNoMore()
        => Assert.False(Rules.IsDue(Conjunction(1e-12, 0.5, sources: "bb"), After(Sent(Conjunction(1e-9, 0.5))), TestTime.Epoch.PlusSeconds(2 * 3_600)));

    [Theory]
    [InlineData(1e-6, 1, 0.1, true)] // As after a correction, ...
    [InlineData(1e-6, 2, 0.5, false)] // ... but not again and again, ...
    [InlineData(1e-3, 2, 0.5, false)] // ... however probable.
    [InlineData(1e-6, 2, 2, true)]
    public void IsDue_AfterOneThatWasWithdrawn_InItsTime(double probability, int withdrawn, double hoursLater, bool expected)
    {
        var sent = new SentMessages([], Enumerable.Repeat(Sent(Conjunction(probability, 0.5)), withdrawn));
        Assert.Equal(expected, Rules.IsDue(Conjunction(probability, 0.5, sources: "bb"), sent, TestTime.Epoch.PlusSeconds(hoursLater * 3_600)));
    }

    [Fact]
    public void IsDue_OneStandsAndHigherOnesAreTakenBack_IsNotToldForEver()
    {
        var high = Sent(Conjunction(1e-3, 0.5));
        var now = TestTime.Epoch.PlusSeconds(60);
        Assert.True(Rules.IsDue(Conjunction(1e-3, 0.5, sources: "bb"), new SentMessages([Sent(Conjunction(1e-6, 0.5))], [high]), now));
        Assert.False(Rules.IsDue(Conjunction(1e-3, 0.5, sources: "bb"), new SentMessages([Sent(Conjunction(1e-6, 0.5))], [high, high]), now));
    }

    private static SentMessages None { get; } = new([], []);

    private static SentMessages After(LedgerMessage sent) => new([sent], []);

    private static LedgerMessage Sent(BoardConjunction one)
        => new(default, Records.Atlantic, MessageRules.NameOf(one.First), MessageRules.NameOf(one.Second), one.Approach.Tca, one.Approach.MissKm, one.Probability.Recommended.Probability, TestTime.Epoch, [], MessageRules.SourcesOf(one));
}
