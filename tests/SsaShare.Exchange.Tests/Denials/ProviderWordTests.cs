using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Nothing to report, withheld, denied and cut off are told apart by signed data, whatever the two clocks say.</summary>
public sealed class ProviderWordTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);
    private static readonly ManifestDocument Answer = new(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 4, 4, null, 0, 0,
        Hash256.Of("items"u8), true, Sample.Now, "note") { Withheld = 0, Waiting = 0 };

    [Fact]
    public void Of_Answers_IsWhatTheySay()
    {
        Assert.Equal(ProviderWord.NothingToReport, ProviderWords.Of(Answer));
        Assert.Equal(ProviderWord.Given, ProviderWords.Of(Answer with { ItemCount = 2, Withheld = 7 }));
        Assert.Equal(ProviderWord.Withheld, ProviderWords.Of(Answer with { Withheld = 1 }));
        Assert.Equal(ProviderWord.Withheld, ProviderWords.Of(Answer with { Withheld = 1, Complete = false }));
        Assert.Equal(ProviderWord.MoreToCome, ProviderWords.Of(Answer with { Complete = false, Waiting = 3 }));
        Assert.Equal(ProviderWord.NothingGiven, ProviderWords.Of(Answer with { Withheld = null }));
    }

    [Fact]
    public void Of_NothingSigned_IsNobodysWord() => Assert.Equal((ProviderWord.None, null), ProviderWords.Of(null, null, Sample.Now, Silence));

    [Fact]
    public void Of_DenialAfterTheLastAnswer_IsDeniedSinceTheFirst()
    {
        Assert.Equal((ProviderWord.Denied, At(30)), Word(Received(At(0)), Denied(90, since: 30, heard: 90), At(100)));
        Assert.Equal((ProviderWord.Denied, At(30)), Word(null, Denied(90, since: 30, heard: 90), At(100)));
    }

    [Fact]
    public void Of_AnswerAfterTheDenial_IsTheAnswer()
        => Assert.Equal((ProviderWord.NothingToReport, At(100)), Word(Received(At(100), watermark: 95), Denied(90, since: 30, heard: 91), At(110)));

    [Theory]
    [InlineData(-240)]
    [InlineData(240)]
    public void Of_ClocksMinutesApart_TheOrderOfArrivalDecides(double providersError)
    {
        foreach (double set in new[] { -240, 0, 240 })
        {
            // The provider's clock is minutes off, and is set by minutes between its two words.
            Assert.Equal(ProviderWord.NothingToReport, Word(Received(At(95.5), 95 + providersError + set), Denied(90 + providersError, 30 + providersError, heard: 90.5), At(110)).Word);
            Assert.Equal(ProviderWord.Denied, Word(Received(At(85.5), 85 + providersError), Denied(90 + providersError + set, 30 + providersError, heard: 90.5), At(110)).Word);
        }
    }

    [Fact]
    public void Of_SilenceAfterTheLastWord_IsCutOffSinceThen()
    {
        Assert.Equal((ProviderWord.CutOff, At(0)), Word(Received(At(0)), null, At(121)));
        Assert.Equal((ProviderWord.NothingToReport, At(0)), Word(Received(At(0)), null, At(120)));
        Assert.Equal((ProviderWord.CutOff, At(90)), Word(Received(At(0)), Denied(90, since: 30, heard: 90), At(211)));
    }

    private static (ProviderWord Word, Epoch? Since) Word(ReceivedStanding? received, HeldDenial? denial, Epoch now) => ProviderWords.Of(received, denial, now, Silence);

    private static Epoch At(double seconds) => Sample.Now.PlusSeconds(seconds);

    private static ReceivedStanding Received(Epoch answered, double watermark = 0)
        => new(new StreamKey(Sample.Agreement, Sample.Pacific, FeedPriority.Routine), LanePositions.Start, Answer with { Watermark = At(watermark) }, answered, null, 0, 0);

    private static HeldDenial Denied(double at, double since, double heard)
        => new(new DenialDocument(DocumentContexts.Denial.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, DenialReason.Suspended, At(at)), At(since), At(heard));
}
