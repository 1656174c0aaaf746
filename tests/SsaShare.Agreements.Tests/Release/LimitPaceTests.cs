using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class LimitPaceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void FreeAt_NothingReleasedYet_IsAtOnce()
    {
        Assert.Null(LimitPace.FreeAt(null, 600, 600, Minute));
        Assert.Null(LimitPace.FreeAt(null, 6_000, 600, Minute));
        Assert.Equal(600, LimitPace.Left(null, Now, 600, Minute));
    }

    [Fact]
    public void FreeAt_TheWholeLimitGoneAtOnce_IsWhenItsShareHasComeBack()
    {
        var once = LimitPace.After(null, Now, 600, 600, Minute);
        Assert.Equal(Now.Plus(Minute), once);
        Assert.Equal(Now.PlusSeconds(0.1), LimitPace.FreeAt(once, 1, 600, Minute));
        Assert.Equal(Now.PlusSeconds(30), LimitPace.FreeAt(once, 300, 600, Minute));
        Assert.Equal(Now.Plus(Minute), LimitPace.FreeAt(once, 600, 600, Minute));
        Assert.Equal(Now.Plus(Minute), LimitPace.FreeAt(once, 601, 600, Minute));
        Assert.Equal([0L, 0, 300, 600], new[] { 0, 0.0999, 30, 600 }.Select(seconds => LimitPace.Left(once, Now.PlusSeconds(seconds), 600, Minute)));
    }

    [Fact]
    public void FreeAt_MoreThanTheLimitGone_IsMadeUpForFirst()
    {
        var over = LimitPace.After(null, Now, 1_500, 600, Minute);
        Assert.Equal(Now.PlusSeconds(90.1), LimitPace.FreeAt(over, 1, 600, Minute));
        Assert.Equal(Now.PlusSeconds(150), LimitPace.FreeAt(over, 600, 600, Minute));
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
        Assert.Equal(new Epoch(long.MaxValue), LimitPace.FreeAt(never, 600, 600, Minute));
        Assert.Equal(0, LimitPace.Left(never, Now.Plus(TimeSpan.FromDays(36_500)), 600, Minute));
        Assert.Equal(600, LimitPace.Left(new Epoch(long.MinValue), new Epoch(long.MaxValue), 600, Minute));
    }

    /// <summary>The bound that the documentation gives, over any stretch of any history of greedy releases.</summary>
    [Fact]
    public void FreeAt_AnyHistory_ReleasesNoMoreThanTheLimitAndOneWindow()
    {
        var steps = Gen.ListOf(Gen.Zip(Gen.Choose(0, 90), Gen.Choose(1, 600)), 60);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(steps), list =>
        {
            var now = Now;
            Epoch? virtualTime = null;
            var released = new List<(Epoch At, long Amount)>();
            foreach (var (waitS, amount) in list)
            {
                now = now.Plus(TimeSpan.FromSeconds(waitS));
                bool mayRelease = LimitPace.FreeAt(virtualTime, amount, 600, Minute) is not { } free || free <= now;
                if (mayRelease != (amount <= LimitPace.Left(virtualTime, now, 600, Minute))) return false;
                if (!mayRelease) continue;
                virtualTime = LimitPace.After(virtualTime, now, amount, 600, Minute);
                released.Add((now, amount));
            }
            for (int first = 0; first < released.Count; first++)
            {
                long sum = 0;
                for (int last = first; last < released.Count; last++)
                {
                    sum += released[last].Amount;
                    if (sum > 600 * (released[last].At.SecondsSince(released[first].At) / 60 + 1) + 1e-6) return false;
                }
            }
            return released.Count > 0;
        }));
    }
}
