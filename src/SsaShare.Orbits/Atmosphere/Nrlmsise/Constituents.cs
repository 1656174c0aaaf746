namespace SsaShare.Orbits;

/// <summary>The gases of NRLMSISE-00 with their constants; N2 apart, which the others are measured against.</summary>
internal sealed class Constituents
{
    /// <summary>Mean mass of mixed air, atomic mass units.</summary>
    public const double MixedMass = 28.95;

    public const double NitrogenMass = 28, NitrogenMixedBelowKm = 160, HighestMixedKm = 450;

    private const double MeanFlux = 150;

    private Constituents(NrlmsiseCoefficients tables)
    {
        double[] first = tables["PDL1"], second = tables["PDL2"];
        Nitrogen2LogBase = LogBase(tables, 3, "PD3");
        MixingLengthKm = tables["PDM3"][4] * second[6];
        TurbopauseKm = tables["PDM3"][3] * second[25];
        (TurbopauseSwing, TurbopausePhaseDay) = (first[25], tables["PT"][14]);
        FluxGain = first[24];
        double[] hot = tables["PDM8"];
        (AnomalousLogBase, AnomalousTemperatureK, AnomalousHeightKm, AnomalousLengthKm) = (LogBase(tables, 8, "PD9"), hot[10] * first[7], hot[5], hot[6]);
        ChemicalStep ground(double[] m, double center, double length, double strength = 0, double secondLength = double.NaN)
            => new(strength, m[5] * center, m[6] * length, m[6] * (double.IsNaN(secondLength) ? length : secondLength));
        ChemicalStep chemistry(double[] m, double center, double length, double strength, double secondLength = double.NaN)
            => new(m[4] * strength, m[7] * center, m[8] * length, m[8] * (double.IsNaN(secondLength) ? length : secondLength));
        double[] he = tables["PDM1"], o = tables["PDM2"], o2 = tables["PDM4"], ar = tables["PDM5"], h = tables["PDM6"], n = tables["PDM7"];
        // Gases with the same turbopause stand together, so that its temperature is computed once.
        Others =
        [
            new(NrlmsiseLanes.Oxygen, 16, 0, LogBase(tables, 2, "PD2"), o[3], 300, null, ground(o, second[3], second[4], o[2] * second[17], second[5]), chemistry(o, second[13], second[14], second[15])),
            new(NrlmsiseLanes.Oxygen2, 32, 0, LogBase(tables, 4, "PD5"), o2[3], 250, Math.Log(o2[2]), ground(o2, second[7], second[8]), chemistry(o2, second[22], second[23], second[24], first[23])),
            new(NrlmsiseLanes.Argon, 40, 0.17, LogBase(tables, 5, "PD6"), ar[3], 240, Math.Log(ar[2]), ground(ar, second[9], second[10]), default),
            new(NrlmsiseLanes.Nitrogen, 14, 0, LogBase(tables, 7, "PD8"), n[3], HighestMixedKm, Math.Log(n[2] * Math.Abs(first[3])), ground(n, first[1], first[2]), chemistry(n, first[4], first[5], first[6])),
            new(NrlmsiseLanes.Helium, 4, -0.38, LogBase(tables, 1, "PD1"), he[3], 200, Math.Log(he[2]), ground(he, second[1], second[2]), default),
            new(NrlmsiseLanes.Hydrogen, 1, -0.38, LogBase(tables, 6, "PD7"), h[3], 320, Math.Log(h[2] * Math.Abs(second[18])), ground(h, second[11], second[12]), chemistry(h, second[19], second[20], second[21])),
        ];
    }

    public static Constituents Default { get; } = new(NrlmsiseCoefficients.Default);

    public Constituent[] Others { get; }

    public double Nitrogen2LogBase { get; }

    /// <summary>Over how many units of mass times logarithm the turbopause is drawn out.</summary>
    public double MixingLengthKm { get; }

    /// <summary>Mean height of N2's turbopause.</summary>
    public double TurbopauseKm { get; }

    /// <summary>Share by which it swings with the seasons, times the sine of the latitude.</summary>
    public double TurbopauseSwing { get; }

    public double TurbopausePhaseDay { get; }

    /// <summary>Change of the strengths of oxygen's corrections per unit of solar flux above the mean.</summary>
    public double FluxGain { get; }

    public double AnomalousLogBase { get; }

    public double AnomalousTemperatureK { get; }

    public double AnomalousHeightKm { get; }

    public double AnomalousLengthKm { get; }

    /// <summary>What the strengths of the corrections of O (below) and O2 (above 120 km) are multiplied with.</summary>
    public double StrengthGain(double fluxAverage) => 1 + FluxGain * (fluxAverage - MeanFlux);

    /// <summary>Logarithm of a density where diffusion and mixing meet.</summary>
    /// <remarks>Hedin 1987, appendix; beyond e^10 of one over the other the larger stands alone.</remarks>
    public double LogNet(double logDiffusive, double logMixed, double mass)
    {
        double sharpness = MixingLengthKm / (MixedMass - mass), ratio = sharpness * (logMixed - logDiffusive);
        return ratio > 10 ? logMixed : ratio < -10 ? logDiffusive : logDiffusive + Math.Log(1 + Math.Exp(ratio)) / sharpness;
    }

    private static double LogBase(NrlmsiseCoefficients tables, int gas, string expansion) => Math.Log(tables[$"PDM{gas}"][1] * tables[expansion][1]);
}
