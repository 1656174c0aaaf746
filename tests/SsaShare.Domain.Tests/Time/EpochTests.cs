namespace SsaShare.Domain.Tests;

public sealed class EpochTests
{
    [Fact]
    public void SecondsSince_LargeEpochs_IsExactToTheNanosecond()
        => Assert.Equal(1e-9, new Epoch(long.MaxValue).SecondsSince(new Epoch(long.MaxValue - 1)));

    [Fact]
    public void PlusSeconds_Fraction_IsRoundedToTheNanosecond()
        => Assert.Equal(new Epoch(1_500_000_001), new Epoch(1).PlusSeconds(1.5));

    [Fact]
    public void Plus_Duration_IsExact() => Assert.Equal(new Epoch(100), Epoch.J2000.Plus(TimeSpan.FromTicks(1)));

    [Fact]
    public void PlusSeconds_BeyondTheType_Throws()
    {
        Assert.Throws<OverflowException>(() => new Epoch(long.MaxValue).PlusSeconds(1));
        Assert.Throws<OverflowException>(() => new Epoch(long.MaxValue).Plus(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void TtCenturies_AfterOneJulianCentury_IsOne() => Assert.Equal(1.0, new Epoch(36_525L * 86_400 * 1_000_000_000).TtCenturiesSinceJ2000);

    [Fact]
    public void Comparison_OrdersByTime()
    {
        Epoch early = new(-1), late = new(1);
        Assert.True(early < late && late > early && early <= late && late >= early && early.CompareTo(late) < 0);
        Assert.False(late < early || late <= early);
    }
}
