namespace SsaShare.Domain.Tests;

public sealed class Covariance6Tests
{
    private static readonly double[] Numbered = [.. Enumerable.Range(1, 21).Select(i => (double)i)];

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 1, 3)]
    [InlineData(5, 0, 16)]
    [InlineData(5, 5, 21)]
    [InlineData(3, 2, 9)]
    public void Entry_OfTheLowerTriangle_IsFoundFromBothSides(int row, int column, double expected)
    {
        var covariance = new Covariance6(Numbered);

        Assert.Equal((expected, expected), (covariance[row, column], covariance[column, row]));
    }

    [Fact]
    public void Sigmas_AreRootsOfTheTraces()
    {
        double[] lower = new double[21];
        (lower[0], lower[2], lower[5], lower[9], lower[14], lower[20]) = (1, 4, 4, 1e-6, 4e-6, 4e-6);
        var covariance = new Covariance6(lower);

        Assert.Equal(3, covariance.PositionSigmaKm, 1e-15);
        Assert.Equal(3e-3, covariance.VelocitySigmaKmPerS, 1e-15);
    }

    [Theory]
    [InlineData(0, -1e-9)]
    [InlineData(20, -1.0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void New_ImpossibleEntry_Throws(int index, double value)
    {
        double[] lower = [.. Numbered];
        lower[index] = value;
        Assert.Throws<ArgumentException>(() => new Covariance6(lower));
    }

    [Fact]
    public void New_WrongLength_Throws() => Assert.Throws<ArgumentException>(() => new Covariance6(new double[20]));

    [Fact]
    public void New_CopiesItsInput()
    {
        double[] lower = [.. Numbered];
        var covariance = new Covariance6(lower);
        lower[0] = 99;

        Assert.Equal(1, covariance[0, 0]);
        Assert.Equal(new Covariance6(Numbered), covariance);
        Assert.NotEqual(new Covariance6(lower), covariance);
    }
}
