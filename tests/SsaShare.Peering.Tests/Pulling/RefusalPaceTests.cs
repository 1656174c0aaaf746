namespace SsaShare.Peering.Tests;

public sealed class RefusalPaceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Takes_ManyAtOnce_LogsTheFirstAndThenOneInAnInterval()
    {
        var pace = new RefusalPace(_time);
        int logged = 0;
        for (int second = 0; second < 24 * 3_600; second++)
        {
            if (pace.Takes(out _)) logged++;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(logged, RefusalPace.AtOnce + 143, RefusalPace.AtOnce + 144);
    }

    [Fact]
    public void Takes_AfterSomeWerePassedOver_SaysHowMany()
    {
        var pace = new RefusalPace(_time);
        for (int i = 0; i < RefusalPace.AtOnce; i++) Assert.True(pace.Takes(out _));
        for (int i = 0; i < 5; i++) Assert.False(pace.Takes(out _));
        _time.Advance(RefusalPace.Interval);
        Assert.True(pace.Takes(out long passedOver));
        Assert.Equal(5, passedOver);
        _time.Advance(RefusalPace.Interval);
        Assert.True(pace.Takes(out passedOver));
        Assert.Equal(0, passedOver);
    }

    [Fact]
    public void Takes_AfterALongRest_LogsAsManyAtOnceAsAtTheStart()
    {
        var pace = new RefusalPace(_time);
        while (pace.Takes(out _)) { }
        _time.Advance(TimeSpan.FromDays(30));
        int logged = 0;
        while (pace.Takes(out _)) logged++;
        Assert.Equal(RefusalPace.AtOnce, logged);
    }
}
