using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// What SGP4 derives once from a set of elements: the original mean motion, the secular rates of J2 and J4, and the drag polynomials.
/// </summary>
/// <remarks>Spacetrack Report 3 (1980), section 6, with the constants of AIAA 2006-6753. Earth radii, minutes, rad. Not numbers where the elements are senseless.</remarks>
internal sealed class NearEarthTerms
{
    private const double SmallEccentricity = 1e-4;

    public NearEarthTerms(ElementSet elements, Sgp4Gravity gravity)
    {
        Gravity = gravity;
        (Eccentricity, Inclination, Node) = (elements.Eccentricity, elements.InclinationRad, elements.RightAscensionOfNodeRad);
        (Pericenter, MeanAnomaly) = (elements.ArgumentOfPericenterRad, elements.MeanAnomalyRad);
        double e = Eccentricity, bStar = elements.BStarPerEarthRadii, j2 = gravity.J2;
        (SinInclination, CosInclination) = Math.SinCos(Inclination);
        double sinI = SinInclination, cosI = CosInclination, cosI2 = cosI * cosI, cosI4 = cosI2 * cosI2;
        double oneMinusE2 = 1 - e * e, beta = Math.Sqrt(oneMinusE2);
        double oneMinus5CosI2 = 1 - 5 * cosI2, threeCosI2Minus1 = -oneMinus5CosI2 - cosI2 - cosI2;

        MeanMotion = Original(elements.MeanMotionRevPerDay / (1440 / Math.Tau), gravity, 0.75 * j2 * (3 * cosI2 - 1) / (beta * oneMinusE2));
        double n = MeanMotion, a = SemiMajorAxis = SemiMajorAxisOf(n);
        IsDeepSpace = Math.Tau / n >= 225;
        double perigee = a * (1 - e);

        // Drag: the density falls with the fourth power of the height above s.
        double s = 78 / gravity.EarthRadiusKm + 1, perigeeKm = (perigee - 1) * gravity.EarthRadiusKm, q0 = 120;
        double atmosphere = Fourth((q0 - 78) / gravity.EarthRadiusKm);
        if (perigeeKm < 156)
        {
            double sKm = perigeeKm < 98 ? 20 : perigeeKm - 78;
            atmosphere = Fourth((q0 - sKm) / gravity.EarthRadiusKm);
            s = sKm / gravity.EarthRadiusKm + 1;
        }
        double p = a * oneMinusE2, tsi = 1 / (a - s);
        Eta = a * e * tsi;
        double eta = Eta, eta2 = eta * eta, eEta = e * eta, psi2 = Math.Abs(1 - eta2);
        double coef = atmosphere * Fourth(tsi), coef1 = coef / Math.Pow(psi2, 3.5), oneMinusCosI2 = 1 - cosI2;
        double c2 = coef1 * n * (a * (1 + 1.5 * eta2 + eEta * (4 + eta2)) + 0.375 * j2 * tsi / psi2 * threeCosI2Minus1 * (8 + 3 * eta2 * (8 + eta2)));
        double c1 = C1 = bStar * c2;
        double c3 = e > SmallEccentricity ? -2 * coef * tsi * gravity.J3OverJ2 * n * sinI / e : 0;
        double c4 = 2 * n * coef1 * a * oneMinusE2 * (eta * (2 + 0.5 * eta2) + e * (0.5 + 2 * eta2) - j2 * tsi / (a * psi2)
            * (-3 * threeCosI2Minus1 * (1 - 2 * eEta + eta2 * (1.5 - 0.5 * eEta)) + 0.75 * oneMinusCosI2 * (2 * eta2 - eEta * (1 + eta2)) * Math.Cos(2 * Pericenter)));
        double c5 = 2 * coef1 * a * oneMinusE2 * (1 + 2.75 * (eta2 + eEta) + eEta * eta2);
        BStarC4 = bStar * c4;
        T2 = 1.5 * c1;

        // Secular rates of J2, J2² and J4.
        double perP2 = 1 / (p * p), k2 = 1.5 * j2 * perP2 * n, k2Squared = 0.5 * k2 * j2 * perP2, k4 = -0.46875 * gravity.J4 * perP2 * perP2 * n;
        MeanAnomalyRate = n + 0.5 * k2 * beta * threeCosI2Minus1 + 0.0625 * k2Squared * beta * (13 - 78 * cosI2 + 137 * cosI4);
        PericenterRate = -0.5 * k2 * oneMinus5CosI2 + 0.0625 * k2Squared * (7 - 114 * cosI2 + 395 * cosI4) + k4 * (3 - 36 * cosI2 + 49 * cosI4);
        double nodeOfJ2 = -k2 * cosI;
        NodeRate = nodeOfJ2 + (0.5 * k2Squared * (4 - 19 * cosI2) + 2 * k4 * (3 - 7 * cosI2)) * cosI;
        NodeT2 = 3.5 * oneMinusE2 * nodeOfJ2 * c1;
        LongPeriod = new LongPeriodTerms(sinI, cosI, gravity.J3OverJ2);

        if (IsDeepSpace || perigee < 220 / gravity.EarthRadiusKm + 1) return;
        PericenterT = bStar * c3 * Math.Cos(Pericenter);
        AnomalyOfEta = e > SmallEccentricity ? -2.0 / 3 * coef * bStar / eEta : 0;
        EtaCubed = Cube(1 + eta * Math.Cos(MeanAnomaly));
        SinMeanAnomaly = Math.Sin(MeanAnomaly);
        BStarC5 = bStar * c5;
        double c1Squared = c1 * c1, d = D2 = 4 * a * tsi * c1Squared, d2TsiC1 = d * tsi * c1 / 3;
        D3 = (17 * a + s) * d2TsiC1;
        D4 = 0.5 * d2TsiC1 * a * tsi * (221 * a + 31 * s) * c1;
        T3 = d + 2 * c1Squared;
        T4 = 0.25 * (3 * D3 + c1 * (12 * d + 10 * c1Squared));
        T5 = 0.2 * (3 * D4 + 12 * c1 * D3 + 6 * d * d + 15 * c1Squared * (2 * d + c1Squared));
    }

    public Sgp4Gravity Gravity { get; }
    public double Eccentricity { get; }
    public double Inclination { get; }
    public double Node { get; }
    public double Pericenter { get; }
    public double MeanAnomaly { get; }
    public double SinInclination { get; }
    public double CosInclination { get; }

    /// <summary>Of Brouwer, rad/min; two-line elements carry Kozai's.</summary>
    public double MeanMotion { get; }

    public double SemiMajorAxis { get; }
    public double MeanAnomalyRate { get; }
    public double PericenterRate { get; }
    public double NodeRate { get; }

    /// <summary>A period of 225 minutes or more, where Sun and Moon count and the higher drag terms do not.</summary>
    public bool IsDeepSpace { get; }

    public LongPeriodTerms LongPeriod { get; }

    // Drag: coefficients of powers of time, zero where the theory leaves them out (deep space, perigee below 220 km).
    public double C1 { get; }
    public double D2 { get; }
    public double D3 { get; }
    public double D4 { get; }
    public double BStarC4 { get; }
    public double BStarC5 { get; }
    public double T2 { get; }
    public double T3 { get; }
    public double T4 { get; }
    public double T5 { get; }
    public double NodeT2 { get; }
    public double PericenterT { get; }
    public double AnomalyOfEta { get; }
    public double Eta { get; }
    public double EtaCubed { get; }
    public double SinMeanAnomaly { get; }

    /// <summary>Earth radii from rad/min, by Kepler's third law.</summary>
    public double SemiMajorAxisOf(double meanMotion) => Math.Pow(Gravity.Xke / meanMotion, 2.0 / 3);

    internal static double Cube(double x) => x * x * x;

    private static double Fourth(double x) => x * x * (x * x);

    /// <summary>Kozai's mean motion to Brouwer's.</summary>
    private static double Original(double kozai, Sgp4Gravity gravity, double d1)
    {
        double a1 = Math.Pow(gravity.Xke / kozai, 2.0 / 3), delta = d1 / (a1 * a1);
        double a0 = a1 * (1 - delta * delta - delta * (1.0 / 3 + 134 * delta * delta / 81));
        return kozai / (1 + d1 / (a0 * a0));
    }
}

/// <summary>What of the long- and short-period terms depends on inclination alone.</summary>
internal readonly struct LongPeriodTerms(double sinI, double cosI, double j3OverJ2)
{
    private const double NearlyRetrograde = 1.5e-12;

    public double AyCof { get; } = -0.5 * j3OverJ2 * sinI;
    public double XlCof { get; } = -0.25 * j3OverJ2 * sinI * (3 + 5 * cosI) / (Math.Abs(cosI + 1) > NearlyRetrograde ? 1 + cosI : NearlyRetrograde);
    public double ThreeCosI2Minus1 { get; } = 3 * (cosI * cosI) - 1;
    public double OneMinusCosI2 { get; } = 1 - cosI * cosI;
    public double SevenCosI2Minus1 { get; } = 7 * (cosI * cosI) - 1;
}
