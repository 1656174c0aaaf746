using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

public sealed class PullTurnsTests
{
    private static readonly AgreementId One = new(Hash256.Of("one"u8)), Two = new(Hash256.Of("two"u8));
    private static readonly PartnerId Pacific = PartnerId.Parse("pacific"), Caribbean = PartnerId.Parse("caribbean");
    private readonly PullTurns _turns = new();

    [Fact]
    public void Take_SecondPullOfTheSame_OvertakesTheFirst()
    {
        using var first = Take(One, Pacific);
        using var second = Take(One, Pacific);
        Assert.True(first.WasOvertaken && first.CancellationToken.IsCancellationRequested);
        Assert.False(second.WasOvertaken || second.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Take_OtherAgreementOrReader_OvertakesNobody()
    {
        using var first = Take(One, Pacific);
        using var second = Take(Two, Pacific);
        using var third = Take(One, Caribbean);
        Assert.DoesNotContain([first, second, third], turn => turn.WasOvertaken || turn.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Take_FirstIsAnsweredAfterItWasOvertaken_SecondStillGivesWayToAThird()
    {
        var first = Take(One, Pacific);
        using var second = Take(One, Pacific);
        first.Dispose();
        using var third = Take(One, Pacific);
        Assert.True(second.WasOvertaken);
        Assert.False(third.WasOvertaken);
    }

    [Fact]
    public void Take_AfterTheFirstIsAnswered_OvertakesNobody()
    {
        var first = Take(One, Pacific);
        first.Dispose();
        using var second = Take(One, Pacific);
        Assert.False(first.WasOvertaken);
        first.Overtake();
        Assert.False(first.WasOvertaken);
    }

    [Fact]
    public async Task Take_CallerHangsUp_IsCancelledAndNotOvertaken()
    {
        using var call = new CancellationTokenSource();
        using var turn = _turns.Take(new StreamKey(One, Pacific, FeedPriority.Routine), call.Token, CancellationToken.None);
        await call.CancelAsync();
        Assert.True(turn.CancellationToken.IsCancellationRequested);
        Assert.False(turn.WasOvertaken);
    }

    [Fact]
    public async Task Take_AgreementEnds_IsCancelledAndNotOvertaken()
    {
        using var period = new CancellationTokenSource();
        using var turn = _turns.Take(new StreamKey(One, Pacific, FeedPriority.Routine), CancellationToken.None, period.Token);
        await period.CancelAsync();
        Assert.True(turn.CancellationToken.IsCancellationRequested);
        Assert.False(turn.WasOvertaken);
    }

    private PullTurn Take(AgreementId agreement, PartnerId reader) => _turns.Take(new StreamKey(agreement, reader, FeedPriority.Routine), CancellationToken.None, CancellationToken.None);
}
