namespace SsaShare.Orbits;

/// <summary>How strongly the harmonics pull: inclination functions F and eccentricity functions G of Kaula, the latter as fitted in Spacetrack Report 3.</summary>
internal sealed partial class Resonance
{
    /// <returns>Null where the period is not near 12 or 24 hours.</returns>
    public static Resonance? Of(NearEarthTerms terms, ElementRates rates, double siderealAngle)
    {
        double n = terms.MeanMotion;
        if (n is > 0.0034906585 and < 0.0052359877) return Synchronous(terms, rates, siderealAngle);
        return n is >= 8.26e-3 and <= 9.24e-3 && terms.Eccentricity >= 0.5 ? HalfDay(terms, rates, siderealAngle) : null;
    }

    private static Resonance Synchronous(NearEarthTerms terms, ElementRates rates, double siderealAngle)
    {
        const double Q22 = 1.7891679e-6, Q31 = 2.1460748e-6, Q33 = 2.2123015e-7;
        double n = terms.MeanMotion, e2 = terms.Eccentricity * terms.Eccentricity, cosI = terms.CosInclination, perA = PerAxis(terms);
        double g200 = 1 + e2 * (-2.5 + 0.8125 * e2), g310 = 1 + 2 * e2, g300 = 1 + e2 * (-6 + 6.60937 * e2);
        double f220 = 0.75 * (1 + cosI) * (1 + cosI);
        double f311 = 0.9375 * terms.SinInclination * terms.SinInclination * (1 + 3 * cosI) - 0.75 * (1 + cosI);
        double f330 = 1.875 * NearEarthTerms.Cube(1 + cosI);
        double k = 3 * n * n * perA * perA;
        double longitude = (terms.MeanAnomaly + terms.Node + terms.Pericenter - siderealAngle) % Math.Tau;
        double drift = terms.MeanAnomalyRate + (terms.PericenterRate + terms.NodeRate) - DeepSpaceTerms.EarthRate + rates.MeanAnomaly + rates.Pericenter + rates.Node - n;
        return new Resonance(terms, ResonanceKind.Synchronous, longitude, drift, [k * f311 * g310 * Q31 * perA, 2 * k * f220 * g200 * Q22, 3 * k * f330 * g300 * Q33 * perA]);
    }

    private static Resonance HalfDay(NearEarthTerms terms, ElementRates rates, double siderealAngle)
    {
        const double Root22 = 1.7891679e-6, Root32 = 3.7393792e-7, Root44 = 7.3636953e-9, Root52 = 1.1428639e-7, Root54 = 2.1765803e-9;
        double n = terms.MeanMotion, sinI = terms.SinInclination, cosI = terms.CosInclination, cosI2 = cosI * cosI, sinI2 = sinI * sinI;
        double f220 = 0.75 * (1 + 2 * cosI + cosI2), f221 = 1.5 * sinI2;
        double f321 = 1.875 * sinI * (1 - 2 * cosI - 3 * cosI2), f322 = -1.875 * sinI * (1 + 2 * cosI - 3 * cosI2);
        double f441 = 35 * sinI2 * f220, f442 = 39.3750 * sinI2 * sinI2;
        double f522 = 9.84375 * sinI * (sinI2 * (1 - 2 * cosI - 5 * cosI2) + 0.33333333 * (-2 + 4 * cosI + 6 * cosI2));
        double f523 = sinI * (4.92187512 * sinI2 * (-2 - 4 * cosI + 10 * cosI2) + 6.56250012 * (1 + 2 * cosI - 3 * cosI2));
        double f542 = 29.53125 * sinI * (2 - 8 * cosI + cosI2 * (-12 + 8 * cosI + 10 * cosI2));
        double f543 = 29.53125 * sinI * (-2 - 8 * cosI + cosI2 * (12 + 8 * cosI - 10 * cosI2));
        var g = EccentricityFunctions(terms.Eccentricity);

        double perA = PerAxis(terms), k2 = 3 * n * n * (perA * perA), k3 = k2 * perA, k4 = k3 * perA, k5 = k4 * perA;
        double r2 = k2 * Root22, r3 = k3 * Root32, r4 = 2 * k4 * Root44, r52 = k5 * Root52, r54 = 2 * k5 * Root54;
        double longitude = (terms.MeanAnomaly + terms.Node + terms.Node - siderealAngle - siderealAngle) % Math.Tau;
        double drift = terms.MeanAnomalyRate + rates.MeanAnomaly + 2 * (terms.NodeRate + rates.Node - DeepSpaceTerms.EarthRate) - n;
        return new Resonance(terms, ResonanceKind.HalfDay, longitude, drift,
        [
            r2 * f220 * g.G201, r2 * f221 * g.G211, r3 * f321 * g.G310, r3 * f322 * g.G322, r4 * f441 * g.G410,
            r4 * f442 * g.G422, r52 * f522 * g.G520, r52 * f523 * g.G532, r54 * f542 * g.G521, r54 * f543 * g.G533,
        ]);
    }

    private static (double G201, double G211, double G310, double G322, double G410, double G422, double G520, double G521, double G532, double G533) EccentricityFunctions(double e)
    {
        double g201 = -0.306 - (e - 0.64) * 0.440, g211, g310, g322, g410, g422, g520;
        if (e <= 0.65)
        {
            g211 = Cubic(e, 3.616, -13.2470, 16.2900, 0);
            g310 = Cubic(e, -19.302, 117.3900, -228.4190, 156.5910);
            g322 = Cubic(e, -18.9068, 109.7927, -214.6334, 146.5816);
            g410 = Cubic(e, -41.122, 242.6940, -471.0940, 313.9530);
            g422 = Cubic(e, -146.407, 841.8800, -1629.014, 1083.4350);
            g520 = Cubic(e, -532.114, 3017.977, -5740.032, 3708.2760);
        }
        else
        {
            g211 = Cubic(e, -72.099, 331.819, -508.738, 266.724);
            g310 = Cubic(e, -346.844, 1582.851, -2415.925, 1246.113);
            g322 = Cubic(e, -342.585, 1554.908, -2366.899, 1215.972);
            g410 = Cubic(e, -1052.797, 4758.686, -7193.992, 3651.957);
            g422 = Cubic(e, -3581.690, 16178.110, -24462.770, 12422.520);
            g520 = e > 0.715 ? Cubic(e, -5149.66, 29936.92, -54087.36, 31324.56) : Cubic(e, 1464.74, -4664.75, 3763.64, 0);
        }
        return e < 0.7
            ? (g201, g211, g310, g322, g410, g422, g520, Cubic(e, -822.71072, 4568.6173, -8491.4146, 5337.524), Cubic(e, -853.66600, 4690.2500, -8624.7700, 5341.4), Cubic(e, -919.22770, 4988.6100, -9064.7700, 5542.21))
            : (g201, g211, g310, g322, g410, g422, g520, Cubic(e, -51752.104, 218913.95, -309468.16, 146349.42), Cubic(e, -40023.880, 170470.89, -242699.48, 115605.82), Cubic(e, -37995.780, 161616.52, -229838.20, 109377.94));
    }

    private static double Cubic(double e, double c0, double c1, double c2, double c3) => c0 + c1 * e + c2 * (e * e) + c3 * (e * (e * e));

    /// <summary>1 / semi-major axis of the mean motion.</summary>
    private static double PerAxis(NearEarthTerms terms) => Math.Pow(terms.MeanMotion / terms.Gravity.Xke, 2.0 / 3);
}
