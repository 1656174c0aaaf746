namespace SsaShare.Orbits;

/// <summary>Where a number of a satellite stands in its block: a row of eight doubles, one for each satellite of the block.</summary>
internal static class Row
{
    /// <summary>Satellites in a block, whatever the width of the vectors.</summary>
    public const int Lanes = 8;

    // All satellites.
    public const int MeanAnomaly = 0, MeanAnomalyRate = 1, Pericenter = 2, PericenterRate = 3, Node = 4, NodeRate = 5, NodeT2 = 6;
    public const int C1 = 7, BStarC4 = 8, T2 = 9, MeanMotion = 10, SemiMajorAxis = 11, Eccentricity = 12;

    // Near Earth.
    public const int D2 = 13, D3 = 14, D4 = 15, BStarC5 = 16, T3 = 17, T4 = 18, T5 = 19, PericenterT = 20, AnomalyOfEta = 21, Eta = 22, EtaCubed = 23, SinMeanAnomaly = 24;
    public const int SinInclination = 25, CosInclination = 26, AyCof = 27, XlCof = 28, ThreeCosI2Minus1 = 29, OneMinusCosI2 = 30, SevenCosI2Minus1 = 31;
    public const int NearCount = 32;

    // Deep space.
    public const int Inclination = 13, EccentricityRate = 14, InclinationRate = 15, MeanAnomalyRateOfBodies = 16, PericenterRateOfBodies = 17, NodeRateOfBodies = 18, SiderealAngle = 19;
    public const int Sun = 20, Moon = Sun + BodyCount, ResonantLongitude = Moon + BodyCount, ResonantDrift = ResonantLongitude + 1, Strengths = ResonantDrift + 1;
    public const int DeepCount = Strengths + 10;

    // Sun and Moon, counted from their own first row.
    public const int Phase = 0, E2 = 1, E3 = 2, I2 = 3, I3 = 4, L2 = 5, L3 = 6, L4 = 7, G2 = 8, G3 = 9, G4 = 10, H2 = 11, H3 = 12, BodyCount = 13;

    // Where the integration of a resonance stands; the last three are the rates at epoch, where it starts anew.
    public const int Minutes = 0, Longitude = 1, Motion = 2, LongitudeRate = 3, MotionRate = 4, MotionRateRate = 5, StartLongitudeRate = 6, StartMotionRate = 7, StartMotionRateRate = 8, ResonanceCount = 9;

    // A result: position (km) and velocity (km/s).
    public const int X = 0, Y = 1, Z = 2, Vx = 3, Vy = 4, Vz = 5, StateCount = 6;

    /// <summary>Writes one satellite into its lane.</summary>
    public static void Fill(Span<double> block, int lane, Sgp4Propagator satellite)
    {
        var terms = satellite.Terms;
        ReadOnlySpan<double> common =
        [
            terms.MeanAnomaly, terms.MeanAnomalyRate, terms.Pericenter, terms.PericenterRate, terms.Node, terms.NodeRate, terms.NodeT2,
            terms.C1, terms.BStarC4, terms.T2, terms.MeanMotion, terms.SemiMajorAxis, terms.Eccentricity,
        ];
        Put(block, lane, MeanAnomaly, common);
        if (satellite.DeepSpace is { } deep) FillDeep(block, lane, terms, deep);
        else FillNear(block, lane, terms);
    }

    private static void FillNear(Span<double> block, int lane, NearEarthTerms terms)
        => Put(block, lane, D2,
        [
            terms.D2, terms.D3, terms.D4, terms.BStarC5, terms.T3, terms.T4, terms.T5, terms.PericenterT, terms.AnomalyOfEta, terms.Eta, terms.EtaCubed, terms.SinMeanAnomaly,
            terms.SinInclination, terms.CosInclination, terms.LongPeriod.AyCof, terms.LongPeriod.XlCof,
            terms.LongPeriod.ThreeCosI2Minus1, terms.LongPeriod.OneMinusCosI2, terms.LongPeriod.SevenCosI2Minus1,
        ]);

    private static void FillDeep(Span<double> block, int lane, NearEarthTerms terms, DeepSpaceTerms deep)
    {
        var rates = deep.Rates;
        Put(block, lane, Inclination, [terms.Inclination, rates.Eccentricity, rates.Inclination, rates.MeanAnomaly, rates.Pericenter, rates.Node, deep.SiderealAngle]);
        FillBody(block, lane, Sun, deep.Sun);
        FillBody(block, lane, Moon, deep.Moon);
        if (deep.Resonance is not { } resonance) return;
        Put(block, lane, ResonantLongitude, [resonance.Longitude0, resonance.Drift]);
        Put(block, lane, Strengths, resonance.Strengths);
    }

    private static void FillBody(Span<double> block, int lane, int first, ThirdBody body)
        => Put(block, lane, first, [body.Phase, body.E2, body.E3, body.I2, body.I3, body.L2, body.L3, body.L4, body.G2, body.G3, body.G4, body.H2, body.H3]);

    private static void Put(Span<double> block, int lane, int first, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++) block[(first + i) * Lanes + lane] = values[i];
    }
}
