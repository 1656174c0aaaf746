namespace SsaShare.Orbits;

/// <summary>Rates of the elements by a third body, per minute (rad/min for angles).</summary>
internal readonly record struct ElementRates(double Eccentricity, double Inclination, double MeanAnomaly, double Pericenter, double Node);

/// <summary>Periodic parts of the elements by a third body; the node's and the pericentre's before the division by sin i.</summary>
internal readonly record struct ThirdBodyPeriodics(double Eccentricity, double Inclination, double MeanLongitude, double Pericenter, double Node)
{
    public static ThirdBodyPeriodics operator +(ThirdBodyPeriodics a, ThirdBodyPeriodics b) => new(
        a.Eccentricity + b.Eccentricity, a.Inclination + b.Inclination, a.MeanLongitude + b.MeanLongitude, a.Pericenter + b.Pericenter, a.Node + b.Node);
}

/// <summary>
/// The pull of the Sun or the Moon on one satellite: rates of its elements and terms with the period of the body, for the geometry at epoch.
/// </summary>
/// <remarks>Hujsak 1979, Spacetrack Report 1, in the form of Spacetrack Report 3, section 7.</remarks>
internal sealed class ThirdBody
{
    /// <summary>Within 3 degrees of the equator the node's rate is left out.</summary>
    private const double LowInclination = 5.2359877e-2;

    public const double SunRate = 1.19459e-5, SunEccentricity = 0.01675, MoonRate = 1.5835218e-4, MoonEccentricity = 0.05490;

    private ThirdBody(double phase, double rate, double eccentricity) => (Phase, Rate, Eccentricity) = (phase, rate, eccentricity);

    /// <summary>Mean anomaly of the body at epoch, rad.</summary>
    public double Phase { get; }

    /// <summary>rad/min.</summary>
    public double Rate { get; }

    /// <summary>Of the body's orbit.</summary>
    public double Eccentricity { get; }

    public ElementRates Secular { get; private init; }

    // Coefficients of f2, f3 and sin f of each element.
    public double E2 { get; private init; }
    public double E3 { get; private init; }
    public double I2 { get; private init; }
    public double I3 { get; private init; }
    public double L2 { get; private init; }
    public double L3 { get; private init; }
    public double L4 { get; private init; }
    public double G2 { get; private init; }
    public double G3 { get; private init; }
    public double G4 { get; private init; }
    public double H2 { get; private init; }
    public double H3 { get; private init; }

    public static ThirdBody Sun(NearEarthTerms terms, double days1900)
    {
        var (sinNode, cosNode) = Math.SinCos(terms.Node);
        var plane = new BodyPlane(CosPericenter: 0.1945905, SinPericenter: -0.98088458, CosInclination: 0.91744867, SinInclination: 0.39785416, cosNode, sinNode);
        return Create(terms, plane, 2.9864797e-6, (6.2565837 + 0.017201977 * days1900) % Math.Tau, SunRate, SunEccentricity);
    }

    public static ThirdBody Moon(NearEarthTerms terms, double days1900)
    {
        double node = (4.5236020 - 9.2422029e-4 * days1900) % Math.Tau, pericenter = 5.8351514 + 0.0019443680 * days1900;
        var (sinNode, cosNode) = Math.SinCos(node);
        double cosI = 0.91375164 - 0.03568096 * cosNode, sinI = Math.Sqrt(1 - cosI * cosI);
        double sinH = 0.089683511 * sinNode / sinI, cosH = Math.Sqrt(1 - sinH * sinH);
        double argument = pericenter + Math.Atan2(0.39785416 * sinNode / sinI, cosH * cosNode + 0.91744867 * sinH * sinNode) - node;
        var (sinG, cosG) = Math.SinCos(argument);
        var (sinOwn, cosOwn) = Math.SinCos(terms.Node);
        var plane = new BodyPlane(cosG, sinG, cosI, sinI, cosH * cosOwn + sinH * sinOwn, sinOwn * cosH - cosOwn * sinH);
        return Create(terms, plane, 4.7968065e-7, (4.7199672 + 0.22997150 * days1900 - pericenter) % Math.Tau, MoonRate, MoonEccentricity);
    }

    /// <param name="minutes">Since epoch.</param>
    public ThirdBodyPeriodics At(double minutes)
    {
        double mean = Phase + Rate * minutes;
        var (sin, cos) = Math.SinCos(mean + 2 * Eccentricity * Math.Sin(mean));
        double f2 = 0.5 * sin * sin - 0.25, f3 = -0.5 * sin * cos;
        return new ThirdBodyPeriodics(E2 * f2 + E3 * f3, I2 * f2 + I3 * f3, L2 * f2 + L3 * f3 + L4 * sin, G2 * f2 + G3 * f3 + G4 * sin, H2 * f2 + H3 * f3);
    }

    private static ThirdBody Create(NearEarthTerms terms, BodyPlane body, double strength, double phase, double rate, double eccentricity)
    {
        double e = terms.Eccentricity, e2 = e * e, beta2 = 1 - e2, beta = Math.Sqrt(beta2);
        var (sinG, cosG) = Math.SinCos(terms.Pericenter);
        double sinI = terms.SinInclination, cosI = terms.CosInclination;

        // Directions of the body's axes in those of the satellite's orbit.
        double a1 = body.CosPericenter * body.CosNode + body.SinPericenter * body.CosInclination * body.SinNode;
        double a3 = -body.SinPericenter * body.CosNode + body.CosPericenter * body.CosInclination * body.SinNode;
        double a7 = -body.CosPericenter * body.SinNode + body.SinPericenter * body.CosInclination * body.CosNode;
        double a8 = body.SinPericenter * body.SinInclination;
        double a9 = body.SinPericenter * body.SinNode + body.CosPericenter * body.CosInclination * body.CosNode;
        double a10 = body.CosPericenter * body.SinInclination;
        double a2 = cosI * a7 + sinI * a8, a4 = cosI * a9 + sinI * a10, a5 = -sinI * a7 + cosI * a8, a6 = -sinI * a9 + cosI * a10;
        double x1 = a1 * cosG + a2 * sinG, x2 = a3 * cosG + a4 * sinG, x3 = -a1 * sinG + a2 * cosG, x4 = -a3 * sinG + a4 * cosG;
        double x5 = a5 * sinG, x6 = a6 * sinG, x7 = a5 * cosG, x8 = a6 * cosG;

        double z31 = 12 * x1 * x1 - 3 * x3 * x3, z32 = 24 * x1 * x2 - 6 * x3 * x4, z33 = 12 * x2 * x2 - 3 * x4 * x4;
        double z1 = 2 * (3 * (a1 * a1 + a2 * a2) + z31 * e2) + beta2 * z31;
        double z2 = 2 * (6 * (a1 * a3 + a2 * a4) + z32 * e2) + beta2 * z32;
        double z3 = 2 * (3 * (a3 * a3 + a4 * a4) + z33 * e2) + beta2 * z33;
        double z11 = -6 * a1 * a5 + e2 * (-24 * x1 * x7 - 6 * x3 * x5);
        double z12 = -6 * (a1 * a6 + a3 * a5) + e2 * (-24 * (x2 * x7 + x1 * x8) - 6 * (x3 * x6 + x4 * x5));
        double z13 = -6 * a3 * a6 + e2 * (-24 * x2 * x8 - 6 * x4 * x6);
        double z21 = 6 * a2 * a5 + e2 * (24 * x1 * x5 - 6 * x3 * x7);
        double z22 = 6 * (a4 * a5 + a2 * a6) + e2 * (24 * (x2 * x5 + x1 * x6) - 6 * (x4 * x7 + x3 * x8));
        double z23 = 6 * a4 * a6 + e2 * (24 * x2 * x6 - 6 * x4 * x8);

        double s3 = strength / terms.MeanMotion, s2 = -0.5 * s3 / beta, s4 = s3 * beta, s1 = -15 * e * s4;
        double s5 = x1 * x3 + x2 * x4, s6 = x2 * x3 + x1 * x4, s7 = x2 * x4 - x1 * x3;

        double nodeRate = 0;
        if (terms.Inclination is >= LowInclination and <= Math.PI - LowInclination && sinI != 0) nodeRate = -rate * s2 * (z21 + z23) / sinI;
        double pericenterRate = s4 * rate * (z31 + z33 - 6) - cosI * nodeRate;
        return new ThirdBody(phase, rate, eccentricity)
        {
            Secular = new ElementRates(s1 * rate * s5, s2 * rate * (z11 + z13), -rate * s3 * (z1 + z3 - 14 - 6 * e2), pericenterRate, nodeRate),
            E2 = 2 * s1 * s6,
            E3 = 2 * s1 * s7,
            I2 = 2 * s2 * z12,
            I3 = 2 * s2 * (z13 - z11),
            L2 = -2 * s3 * z2,
            L3 = -2 * s3 * (z3 - z1),
            L4 = -2 * s3 * (-21 - 9 * e2) * eccentricity,
            G2 = 2 * s4 * z32,
            G3 = 2 * s4 * (z33 - z31),
            G4 = -18 * s4 * eccentricity,
            H2 = -2 * s2 * z22,
            H3 = -2 * s2 * (z23 - z21),
        };
    }

    /// <summary>The body's orbit: argument of pericentre, inclination, and node counted from that of the satellite.</summary>
    private readonly record struct BodyPlane(double CosPericenter, double SinPericenter, double CosInclination, double SinInclination, double CosNode, double SinNode);
}
