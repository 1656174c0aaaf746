using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From mean elements to position and velocity: long-period terms of J3, Kepler's equation, short-period terms of J2.</summary>
/// <remarks>Spacetrack Report 3, section 6; Lane and Hoots 1979. Position in Earth radii until the last lines.</remarks>
internal static class ShortPeriodics
{
    /// <summary>Kepler's equation counts as solved when a step is shorter, rad.</summary>
    private const double KeplerTolerance = 1e-12;

    private const double KeplerLongestStep = 0.95;
    private const int KeplerSteps = 10;

    public static Sgp4State ToState(in MeanElements mean, double sinI, double cosI, in LongPeriodTerms terms, Sgp4Gravity gravity)
    {
        double a = mean.SemiMajorAxis, e = mean.Eccentricity;
        var (sinG, cosG) = Math.SinCos(mean.Pericenter);
        double perP = 1 / (a * (1 - e * e));
        double ax = e * cosG, ay = e * sinG + perP * terms.AyCof;
        double longitude = mean.MeanAnomaly + mean.Pericenter + mean.Node + perP * terms.XlCof * ax;
        double u = longitude - mean.Node;
        if (!(Math.Abs(u) < Sgp4Reach.LargestAngle)) return Sgp4State.Failed(Sgp4Error.OutOfReach);
        var (sinE, cosE) = Kepler(u % Math.Tau, ax, ay);

        double eCosE = ax * cosE + ay * sinE, eSinE = ax * sinE - ay * cosE, e2 = ax * ax + ay * ay, p = a * (1 - e2);
        if (!(p >= Sgp4Reach.LeastSemiLatusRectum)) return Sgp4State.Failed(Sgp4Error.SemiLatusRectum);
        double r = a * (1 - eCosE), rDot = Math.Sqrt(a) * eSinE / r, rfDot = Math.Sqrt(p) / r, beta = Math.Sqrt(1 - e2), k = eSinE / (1 + beta);
        double sinU = a / r * (sinE - ay - ax * k), cosU = a / r * (cosE - ax + ay * k);
        double sin2U = 2 * cosU * sinU, cos2U = 1 - 2 * sinU * sinU, j2PerP = 0.5 * gravity.J2 / p, j2PerP2 = j2PerP / p;

        double distance = r * (1 - 1.5 * j2PerP2 * beta * terms.ThreeCosI2Minus1) + 0.5 * j2PerP * terms.OneMinusCosI2 * cos2U;
        if (!(distance >= 1)) return Sgp4State.Failed(Sgp4Error.Decayed);
        double motion = j2PerP / (a * Math.Sqrt(a));
        double distanceRate = rDot - motion * terms.OneMinusCosI2 * sin2U;
        double transverse = rfDot + motion * (terms.OneMinusCosI2 * cos2U + 1.5 * terms.ThreeCosI2Minus1);
        var (sinSu, cosSu) = Math.SinCos(Math.Atan2(sinU, cosU) - 0.25 * j2PerP2 * terms.SevenCosI2Minus1 * sin2U);
        var (sinNode, cosNode) = Math.SinCos(mean.Node + 1.5 * j2PerP2 * cosI * sin2U);
        var (sinInc, cosInc) = Math.SinCos(mean.Inclination + 1.5 * j2PerP2 * cosI * sinI * cos2U);

        double mx = -sinNode * cosInc, my = cosNode * cosInc;
        var outward = new Vector3d(mx * sinSu + cosNode * cosSu, my * sinSu + sinNode * cosSu, sinInc * sinSu);
        var along = new Vector3d(mx * cosSu - cosNode * sinSu, my * cosSu - sinNode * sinSu, sinInc * cosSu);
        return new Sgp4State(Sgp4Error.None, distance * gravity.EarthRadiusKm * outward, gravity.KmPerSecond * (distanceRate * outward + transverse * along));
    }

    /// <summary>
    /// Sine and cosine of the eccentric longitude by Newton's method from u. The last step is applied, too, so that the result does not show where
    /// the steps ended: at most 1e-12 rad from what the standard's loop, which leaves it out, arrives at.
    /// </summary>
    private static (double Sin, double Cos) Kepler(double u, double ax, double ay)
    {
        double angle = u, step;
        var (sin, cos) = Math.SinCos(angle);
        int steps = 0;
        do
        {
            step = Math.Clamp((u - ay * cos + ax * sin - angle) / (1 - cos * ax - sin * ay), -KeplerLongestStep, KeplerLongestStep);
            angle += step;
            (sin, cos) = Math.SinCos(angle);
        }
        while (Math.Abs(step) >= KeplerTolerance && ++steps < KeplerSteps);
        return (sin, cos);
    }
}
