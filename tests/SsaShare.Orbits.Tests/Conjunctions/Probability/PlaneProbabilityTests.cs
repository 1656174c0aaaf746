namespace SsaShare.Orbits.Tests;

public sealed class PlaneProbabilityTests
{
    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(1, 0.3)]
    [InlineData(3, 0.001)]
    [InlineData(20, 5)]
    public void Foster_RoundErrorCentred_IsTheRayleighDistribution(double missSigmas, double radiusSigmas)
    {
        // Without a miss the distance is Rayleigh's; with one, integrate its density over circles: an independent way in polar coordinates.
        double sum = 0;
        const int rings = 20_000, around = 400;
        for (int i = 0; i < rings; i++)
        {
            double r = radiusSigmas * (i + 0.5) / rings;
            double ring = 0;
            for (int k = 0; k < around; k++) ring += Math.Exp(-0.5 * (r * r + missSigmas * missSigmas - 2 * r * missSigmas * Math.Cos(Math.Tau * (k + 0.5) / around)));
            sum += r * ring / around * radiusSigmas / rings;
            if (missSigmas == 0) break;
        }
        double expected = missSigmas == 0 ? -double.ExpM1(-0.5 * radiusSigmas * radiusSigmas) : sum;
        double p = FosterProbability.Of(new EncounterPlane(missSigmas * 0.6, missSigmas * 0.8, 1, 1, radiusSigmas));
        Assert.InRange(p / expected - 1, -2e-6, 2e-6);
    }

    [Theory]
    [InlineData(1, 1e-3)]
    [InlineData(1e-3, 1)]
    [InlineData(1e3, 1e-4)]
    [InlineData(1e-2, 1e-5)]
    public void Foster_LongThinError_AgreesWithOneDimension(double sigmaMajor, double sigmaMinor)
    {
        // No miss, radius 1: a minor sigma of nothing leaves the share of the major axis inside the disc, to second order in it.
        double p = FosterProbability.Of(new EncounterPlane(0, 0, Math.Max(sigmaMajor, sigmaMinor), Math.Min(sigmaMajor, sigmaMinor), 1));
        double expected = ErrorFunction.Erf(1 / (Math.Max(sigmaMajor, sigmaMinor) * Math.Sqrt(2)));
        Assert.InRange(p / expected - 1, -1e-5, 1e-5);
    }

    [Fact]
    public void Foster_FarInTheTail_AgreesWithTheSeries()
    {
        int deep = 0;
        foreach (double miss in (double[])[0, 1, 5, 12, 25, 30])
        foreach (double aspect in (double[])[1, 3, 100, 1e5])
        foreach (double radius in (double[])[1e-6, 0.01, 0.5, 2])
        foreach (double angle in (double[])[0, 0.7, 1.5707963])
        {
            var plane = new EncounterPlane(miss * aspect * Math.Cos(angle), miss * Math.Sin(angle), aspect, 1, radius);
            if (!SeriesProbability.TryOf(plane, out double series, out double remainder)) continue;
            double foster = FosterProbability.Of(plane);
            Assert.True(remainder <= 1e-12 * series);
            Assert.True(Math.Abs(foster / series - 1) < 1e-9, $"{plane}: {foster:G17} and {series:G17}.");
            if (series < 1e-150) deep++;
        }
        Assert.True(deep > 20);
    }

    [Fact]
    public void LogOf_BelowTheSmallestDouble_IsStillFinite()
    {
        // Point-like: R²/2 · exp(-M²/2) with M = 100.
        double log = FosterProbability.LogOf(new EncounterPlane(100, 0, 1, 1, 1e-5));
        Assert.InRange(log, Math.Log(0.5e-10) - 5_000 - 1e-5, Math.Log(0.5e-10) - 5_000 + 1e-5);
    }

    [Fact]
    public void Foster_BodiesLargerThanMissAndError_IsOne()
        => Assert.Equal(1, FosterProbability.Of(new EncounterPlane(1, 1, 0.1, 0.01, 10)), 1e-12);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Foster_NoPlane_IsRefused(double major, double minor, double radius)
    {
        var plane = new EncounterPlane(1, 1, major, minor, radius);
        Assert.Throws<ArgumentException>(() => FosterProbability.Of(plane));
        Assert.Throws<ArgumentException>(() => SeriesProbability.TryOf(plane, out _, out _));
        Assert.Throws<ArgumentException>(() => MaximumProbability.OverScale(plane));
    }

    [Fact]
    public void OverScale_SmallBodies_IsAlfriendsMaximum()
    {
        var plane = new EncounterPlane(3, 1, 2, 0.5, 1e-4);
        var maximum = MaximumProbability.OverScale(plane);
        Assert.Equal(1, maximum.Probability / MaximumProbability.PointLikeMaximum(plane), 1e-6);
        Assert.Equal(Math.Sqrt(0.5 * plane.MahalanobisSquared), maximum.SigmaScale, 1e-4);
        Assert.False(maximum.IsDiluted);
        Assert.True(MaximumProbability.OverScale(plane.Scaled(5)).IsDiluted);
    }

    [Fact]
    public void OverScale_LargeBodies_IsNoLessThanAnyScale()
    {
        var plane = new EncounterPlane(3, 1, 2, 0.5, 2.5);
        var maximum = MaximumProbability.OverScale(plane);
        for (double scale = 0.01; scale < 100; scale *= 1.1) Assert.True(FosterProbability.Of(plane.Scaled(scale)) <= maximum.Probability * (1 + 1e-9));
        Assert.Equal(new MaximumOverScale(1, 0), MaximumProbability.OverScale(new EncounterPlane(0.5, 0.5, 1, 1, 1)));
    }

    [Fact]
    public void WithOneCovariance_AnyErrorAlongTheMiss_GivesNoMore()
    {
        // Round, so that an added error along the miss keeps the axes: M = 4.
        double known = 0.5, miss = 2, radius = 1e-3, worst = 0;
        for (double added = 0; added < 10; added += 0.001)
            worst = Math.Max(worst, MaximumProbability.PointLike(new EncounterPlane(miss, 0, Math.Sqrt(known * known + added * added), known, radius)));
        Assert.Equal(1, worst / MaximumProbability.WithOneCovariance(new EncounterPlane(miss, 0, known, known, radius)), 1e-5);
    }
}
