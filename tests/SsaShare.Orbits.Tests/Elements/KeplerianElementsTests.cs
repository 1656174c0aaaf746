using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class KeplerianElementsTests
{
    /// <summary>Vallado, example 2-5.</summary>
    [Fact]
    public void TryFromState_ValladoExample_GivesItsElements()
    {
        var state = new CartesianState(Epoch.J2000, Frame.Gcrf, new Vector3d(6524.834, 6862.875, 6448.296), new Vector3d(4.901327, 5.533756, -1.976341));
        Assert.True(KeplerianElements.TryFromState(state, out var elements));
        Assert.Equal(36_127.343, elements.SemiMajorAxisKm, 0.01);
        Assert.Equal(0.832853, elements.Eccentricity, 1e-6);
        Assert.Equal(87.870, elements.InclinationRad / Testing.RadPerDegree, 1e-3);
        Assert.Equal(227.898, elements.AscendingNodeRad / Testing.RadPerDegree, 1e-3);
        Assert.Equal(53.38, elements.ArgumentOfPerigeeRad / Testing.RadPerDegree, 0.01);
        Assert.Equal(OrbitalRegime.Meo, OrbitalRegimes.Of(elements with { Eccentricity = 0.2 }));
    }

    [Fact]
    public void ToState_OfRandomOrbits_ReturnsTheState()
    {
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            double e = random.NextDouble() < 0.2 ? 0 : random.NextDouble() * 0.95;
            double inclination = random.NextDouble() < 0.1 ? 0 : random.NextDouble() * Math.PI;
            var elements = new KeplerianElements(7_000 + 40_000 * random.NextDouble(), e, inclination, Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble());
            var state = elements.ToState(Epoch.J2000, Frame.Gcrf);
            Assert.True(KeplerianElements.TryFromState(state, out var back));
            var again = back.ToState(Epoch.J2000, Frame.Gcrf);
            Testing.Near(state.PositionKm, again.PositionKm, 1e-5);
            Testing.Near(state.VelocityKmPerS, again.VelocityKmPerS, 1e-8);
        }
    }

    [Theory]
    [InlineData(12.0, 0.0, 0.0)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(3.0, 0.0, 0.0)]
    public void TryFromState_NoEllipse_SaysNo(double vx, double vy, double vz)
        => Assert.False(KeplerianElements.TryFromState(new CartesianState(Epoch.J2000, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(vx, vy, vz)), out _));

    [Theory]
    [InlineData(7_000, 0.001, OrbitalRegime.Leo)]
    [InlineData(9_169, 0.0006, OrbitalRegime.Meo)]
    [InlineData(26_560, 0.74, OrbitalRegime.Heo)]
    [InlineData(42_164, 0.0001, OrbitalRegime.Geo)]
    [InlineData(26_560, 0.01, OrbitalRegime.Meo)]
    [InlineData(200_000, 0.1, OrbitalRegime.Cislunar)]
    public void Regime_ByHeights_IsThatOfTheDomain(double axisKm, double eccentricity, OrbitalRegime expected)
        => Assert.Equal(expected, OrbitalRegimes.Of(new KeplerianElements(axisKm, eccentricity, 1, 0, 0, 0)));
}
