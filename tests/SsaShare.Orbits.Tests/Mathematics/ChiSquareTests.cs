namespace SsaShare.Orbits.Tests;

public class ChiSquareTests
{
    /// <summary>Closed forms: two degrees of freedom are exponential, four likewise; one is the error function.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Above_EvenDegreesOfFreedom_IsExponential(double x)
    {
        Assert.Equal(1, ChiSquare.Above(x, 2) / Math.Exp(-x / 2), 1e-12);
        Assert.Equal(1, ChiSquare.Above(x, 4) / (Math.Exp(-x / 2) * (1 + x / 2)), 1e-12);
        Assert.Equal(1, ChiSquare.Above(x, 3) + ChiSquare.Below(x, 3), 1e-14);
    }

    /// <summary>Percentage points of Abramowitz and Stegun, table 26.8.</summary>
    [Theory]
    [InlineData(3.84146, 1, 0.05)]
    [InlineData(6.63490, 1, 0.01)]
    [InlineData(7.81473, 3, 0.05)]
    [InlineData(16.8119, 6, 0.01)]
    [InlineData(22.4577, 6, 0.001)]
    [InlineData(124.342, 100, 0.05)]
    public void Above_PercentagePoints_AreThoseOfTheTable(double x, double n, double p) => Assert.Equal(1, ChiSquare.Above(x, n) / p, 3e-5);

    [Fact]
    public void Above_ManyDegreesOfFreedom_IsNearlyNormal()
    {
        // Two sigmas above the mean; the normal distribution has 0.02275 there and the skewness adds a few parts in a thousand.
        const double n = 70_000;
        Assert.Equal(0.0229, ChiSquare.Above(n + 2 * Math.Sqrt(2 * n), n), 2e-4);
    }

    [Fact]
    public void Below_OutsideItsRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Below(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Below(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Below(double.NaN, 3));
    }
}
