using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService.Tests.Conjunctions;

/// <summary>What partners state of their errors need not be errors at all: nobody's orbits are lost by it.</summary>
public class FollowedOrbitsTests
{
    private static readonly SurfaceCoefficients Surface = new(0.022, 0.013);
    private static readonly Epoch From = TestTime.Epoch.PlusSeconds(-3_600), To = TestTime.Epoch.PlusSeconds(6 * 3_600);

    [Theory]
    // Ordinary rounding: remedied.
    [InlineData(1, 0, 1.001, CovarianceOrigin.Calculated)]
    [InlineData(4, 1, -1.00001, CovarianceOrigin.Calculated)]
    [InlineData(5, 4, 1, CovarianceOrigin.Calculated)]
    // No covariance: an assumed one.
    [InlineData(3, 0, 1e4, CovarianceOrigin.Default)]
    [InlineData(3, 0, 1e300, CovarianceOrigin.Default)]
    public void Follow_CorrelationThatCannotBe_IsRemediedOrAssumed(int row, int column, double correlation, CovarianceOrigin origin)
    {
        double[] lower = Diagonal(0.01, 1e-8);
        lower[row * (row + 1) / 2 + column] = correlation * Math.Sqrt(lower[row * (row + 3) / 2] * lower[column * (column + 3) / 2]);
        var found = Followed().Follow(State(lower), Surface, [], From, To)!;
        Assert.Equal(origin, found.Motion.UncertaintyAt(TestTime.Epoch)!.Origin);
        Assert.Equal(origin, found.Motion.UncertaintyAt(To)!.Origin);
        if (Math.Abs(correlation) != 1) Assert.Contains("stated covariance", Assert.Single(found.Remarks));
        if (origin == CovarianceOrigin.Calculated) Assert.InRange(found.Motion.UncertaintyAt(TestTime.Epoch)!.Covariance.PositionSigmaKm, 0.17, 0.18);
    }

    [Theory]
    [InlineData(1e308, 1e-8)]
    [InlineData(0.01, 1e308)]
    [InlineData(1e6, 1e-8)]
    public void Follow_ErrorsTooLargeForAnOrbit_NothingIsKnownOfThem(double positionKm2, double velocityKm2PerS2)
    {
        var found = Followed().Follow(State(Diagonal(positionKm2, velocityKm2PerS2)), Surface, [], From, To)!;
        Assert.Null(found.Motion.UncertaintyAt(TestTime.Epoch));
        Assert.Contains("not used", Assert.Single(found.Remarks));
    }

    [Fact]
    public void Follow_SoundCovariance_NoRemark() => Assert.Empty(Followed().Follow(State(Diagonal(0.01, 1e-8)), Surface, [], From, To)!.Remarks);

    [Fact]
    public void Find_OneFails_IsNotTriedAgainAndStopsNobody()
    {
        var (followed, calls, isLate) = (Followed(), 0, false);
        OrbitSource? Fail(Epoch from, Epoch to) => throw new ArgumentException($"Call {++calls}.");
        for (int round = 0; round < 3; round++)
        {
            followed.Begin();
            Assert.Null(followed.Find("bad", TestTime.Epoch.PlusSeconds(round * 60), () => true, Fail, ref isLate));
            followed.End();
        }
        Assert.Equal((1, false), (calls, isLate));
        Assert.Throws<OperationCanceledException>(() => followed.Find("stopped", TestTime.Epoch, () => true, (_, _) => throw new OperationCanceledException(), ref isLate));
    }

    private static FollowedOrbits Followed() => new(EarthRotation.Default, TimeSpan.FromHours(6), NullLogger<FollowedOrbits>.Instance);

    private static OrbitState State(double[] lower)
    {
        Assert.True(new Sgp4Propagator(Orbits.Elements("1")).TryPropagate(TestTime.Epoch, out var teme, out _));
        return new OrbitState("1", teme, new Covariance6(lower));
    }

    private static double[] Diagonal(double position, double velocity)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 3) / 2] = i < 3 ? position : velocity;
        return lower;
    }
}
