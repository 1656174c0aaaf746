namespace SsaShare.Orbits.Tests;

/// <summary>How far the batches may be from the scalar form.</summary>
internal static class Sgp4Tolerance
{
    /// <summary>
    /// 1e-9 km, and four units in the last place of the mean anomaly with what drag has added, at the farthest point of the orbit. At the retrograde equator
    /// the long-period term divides by 1 + cos i and shows the last place of that.
    /// </summary>
    public static double Km(Sgp4Propagator satellite, double minutes, double distanceKm)
    {
        var terms = satellite.Terms;
        double t = minutes, t2 = t * t, drag = terms.T2 * t2 + terms.T3 * t2 * t + t2 * t2 * (terms.T4 + t * terms.T5);
        double turn = terms.MeanMotion * (Math.Abs(t) + Math.Abs(drag)) + Math.Tau;
        double farthestKm = Math.Max(distanceKm, terms.SemiMajorAxis * 6_378.135 * (1 + terms.Eccentricity));
        double e = terms.Eccentricity, onePlusCos = 1 + terms.CosInclination;
        double retrograde = 1.2e-3 * terms.SinInclination / (onePlusCos * onePlusCos) * e / (terms.SemiMajorAxis * (1 - e * e)) * 4e-16;
        return 1e-9 + (4 * (Math.BitIncrement(turn) - turn) + retrograde) * farthestKm / (1 - e);
    }

    /// <summary>The same, turned at the rate of the pericentre or of where the satellite is.</summary>
    public static double KmPerS(Sgp4Propagator satellite, double minutes, double distanceKm, double speedKmPerS)
        => Km(satellite, minutes, distanceKm) * Math.Max(satellite.Terms.MeanMotion / 60 / Math.Pow(1 - satellite.Terms.Eccentricity, 2), speedKmPerS / distanceKm);
}
