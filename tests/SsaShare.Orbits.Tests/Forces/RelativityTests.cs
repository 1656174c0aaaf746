using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Rates of LAGEOS' orbit, found by averaging Gauss' equations; published: perigee 3,278.8 mas/yr, node 31 mas/yr, and 19.2 mas/yr for every orbit (Ciufolini and Pavlis 2004).</summary>
public class RelativityTests
{
    private const double Mu = 398_600.4415, MasPerYear = 180 / Math.PI * 3_600_000 * 365.25 * 86_400;
    private static readonly KeplerianElements Lageos = new(12_270, 0.0045, 109.84 * Testing.RadPerDegree, 1, 0.4, 0);

    [Fact]
    public void Mass_OrbitOfLageos_TurnsThePerigeeAsPublished()
        => Assert.Equal(3_278.8, MasPerYear * Average((p, v) => Relativity.Mass(p, v, Mu)).Perigee, 3.0);

    [Fact]
    public void Spin_OrbitOfLageos_TurnsTheNodeAsPublished()
        => Assert.Equal(31, MasPerYear * Average((p, v) => Relativity.Spin(p, v, new Vector3d(0, 0, 1), Mu)).Node, 0.5);

    /// <summary>About the pole of the ecliptic: an acceleration of Coriolis of twice the turn.</summary>
    [Fact]
    public void Orbit_AnyVelocity_TurnsTheOrbitAsPublished()
    {
        var a = Relativity.Orbit(new Vector3d(7.5, 0, 0), new Vector3d(0, 149_597_870.7, 0), SunAndMoon.SunMuKm3PerS2);
        Assert.Equal(19.2, MasPerYear * a.Norm / (2 * 7.5), 0.1);
        Assert.Equal(0, a.X);
    }

    private static (double Perigee, double Node) Average(Func<Vector3d, Vector3d, Vector3d> force)
    {
        const int steps = 720;
        double a = Lageos.SemiMajorAxisKm, e = Lageos.Eccentricity, n = Math.Sqrt(Mu / (a * a * a)), p = a * (1 - e * e), root = Math.Sqrt(1 - e * e), perigee = 0, node = 0;
        for (int i = 0; i < steps; i++)
        {
            // Equal steps of mean anomaly are equal steps of time.
            var state = (Lageos with { MeanAnomalyRad = Math.Tau * i / steps }).ToState(Epoch.J2000, Frame.Gcrf);
            var (r, v) = (state.PositionKm, state.VelocityKmPerS);
            var up = r.Unit();
            var normal = r.Cross(v).Unit();
            var along = normal.Cross(up);
            var f = force(r, v);
            double latitude = Math.Atan2(r.Z / Math.Sin(Lageos.InclinationRad), r.X * Math.Cos(Lageos.AscendingNodeRad) + r.Y * Math.Sin(Lageos.AscendingNodeRad)), anomaly = latitude - Lageos.ArgumentOfPerigeeRad;
            double nodeRate = r.Norm * Math.Sin(latitude) * f.Dot(normal) / (n * a * a * root * Math.Sin(Lageos.InclinationRad));
            node += nodeRate / steps;
            perigee += (root / (n * a * e) * (-Math.Cos(anomaly) * f.Dot(up) + Math.Sin(anomaly) * (1 + r.Norm / p) * f.Dot(along)) - Math.Cos(Lageos.InclinationRad) * nodeRate) / steps;
        }
        return (perigee, node);
    }
}
