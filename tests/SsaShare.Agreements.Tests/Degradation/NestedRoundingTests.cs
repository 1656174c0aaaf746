namespace SsaShare.Agreements.Tests;

public sealed class NestedRoundingTests
{
    private static readonly LadderStep Least = Step(0.001);

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.005)]
    [InlineData(0.01)]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Round_ToACoarserStep_FollowsFromEveryFinerOne(double coarse)
    {
        var random = new Random(1);
        for (var fine = Least; fine < Step(coarse); fine = fine.Next)
        {
            var coarseOf = new Dictionary<long, long>();
            for (int i = 0; i < 5_000; i++)
            {
                double value = 4 * (random.NextDouble() - 0.5);
                long cell = NestedRounding.Count(value, Least, fine), expected = NestedRounding.Count(value, Least, Step(coarse));
                Assert.Equal(coarseOf.TryAdd(cell, expected) ? expected : coarseOf[cell], expected);
            }
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.002)]
    [InlineData(0.005)]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(5)]
    public void Round_ManyValues_HasTheVarianceThatIsStated(double step)
    {
        const int count = 100_000;
        var random = new Random(2);
        double sum = 0, sumOfSquares = 0;
        for (int i = 0; i < count; i++)
        {
            double value = 1_000 * (random.NextDouble() - 0.5), error = NestedRounding.Round(value, Least, Step(step)) - value;
            (sum, sumOfSquares) = (sum + error, sumOfSquares + error * error);
        }
        double variance = NestedRounding.Variance(Least, Step(step));
        Assert.InRange(variance, step * step / 12 * 0.999, step * step / 12 * 1.9);
        // The spread of a mean square is less than that of normal errors, so chi-square bounds are wide enough.
        ChiSquare.AssertHonest(sumOfSquares / variance, count);
        Assert.InRange(sum / Math.Sqrt(variance * count), -4.75, 4.75);
    }

    [Fact]
    public void Round_BelowTheLeastStep_IsACallersMistake()
        => Assert.Throws<ArgumentOutOfRangeException>(() => NestedRounding.Count(1, Least, Step(0.0005)));

    private static LadderStep Step(double value) => LadderStep.TryOf(value, out var step) ? step : throw new ArgumentException($"{value}");
}
