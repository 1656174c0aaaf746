using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class LimitPaceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void MayRelease_NothingReleasedYet_MayAtOnce() => Assert.True(LimitPace.MayRelease(null, Now, Minute));

    [Fact]
    public void After_TheWholeLimitTwice_WaitsAWindow()
    {
        var once = LimitPace.After(null, Now, 600, 600, Minute);
        Assert.Equal(Now.Plus(Minute), once);
        Assert.True(LimitPace.MayRelease(once, Now, Minute));
        var twice = LimitPace.After(once, Now, 600, 600, Minute);
        Assert.False(LimitPace.MayRelease(twice, Now.Plus(Minute - TimeSpan.FromTicks(1)), Minute));
        Assert.True(LimitPace.MayRelease(twice, Now.Plus(Minute), Minute));
    }

    [Fact]
    public void After_IdleForLong_StartsFromNow()
        => Assert.Equal(Now.Plus(TimeSpan.FromSeconds(1)), LimitPace.After(new Epoch(0), Now, 10, 600, Minute));

    [Theory]
    [InlineData(-1, 1, 60)]
    [InlineData(1, 0, 60)]
    [InlineData(1, 1, 0)]
    public void After_NotALimit_Throws(long amount, long limit, int windowS)
        => Assert.Throws<ArgumentOutOfRangeException>(() => LimitPace.After(null, Now, amount, limit, TimeSpan.FromSeconds(windowS)));

    [Fact]
    public void After_FarTooMuch_WaitsForEverAndDoesNotWrap()
    {
        var never = LimitPace.After(null, Now, long.MaxValue, 1, TimeSpan.FromDays(1));
        Assert.Equal(long.MaxValue, never.NanosecondsSinceJ2000);
        Assert.False(LimitPace.MayRelease(never, Now.Plus(TimeSpan.FromDays(36_500)), Minute));
        Assert.True(LimitPace.MayRelease(never, new Epoch(long.MaxValue), Minute));
    }

    /// <summary>The bound that the documentation gives, over any stretch of any history of greedy releases.</summary>
    [Fact]
    public void MayRelease_AnyHistory_ReleasesNoMoreThanTheLimitAndOneWindowAndOneAnswer()
    {
        var steps = Gen.ListOf(Gen.Zip(Gen.Choose(0, 90), Gen.Choose(1, 400)), 60);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(steps), list =>
        {
            var now = Now;
            Epoch? virtualTime = null;
            var released = new List<(Epoch At, long Amount)>();
            foreach (var (waitS, amount) in list)
            {
                now = now.Plus(TimeSpan.FromSeconds(waitS));
                if (!LimitPace.MayRelease(virtualTime, now, Minute)) continue;
                virtualTime = LimitPace.After(virtualTime, now, amount, 600, Minute);
                released.Add((now, amount));
            }
            for (int first = 0; first < released.Count; first++)
            {
                long sum = 0;
                for (int last = first; last < released.Count; last++)
                {
                    sum += released[last].Amount;
                    if (sum > 600 * (released[last].At.SecondsSince(released[first].At) / 60 + 1) + 400 + 1e-6) return false;
                }
            }
            return released.Count > 0;
        }));
    }
}
