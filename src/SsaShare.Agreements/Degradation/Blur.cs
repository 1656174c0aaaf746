using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What all kinds of record share: noise on a number, and an epoch that is moved to a step.</summary>
internal static class Blur
{
    /// <summary>
    /// Degraded values are multiples of this share of their sigma. All digits of a sum of a short decimal and a noise would tell which
    /// decimals are possible (Mironov, CCS 2012); these tell nothing, and their own error is a millionth of the variance.
    /// </summary>
    private const double LatticeShare = 0.001;

    private const double NanosecondsPerSecond = 1e9;

    /// <summary>The value with noise of a figure of the profile.</summary>
    public static double Value(double value, DegradedFigure figure, LadderStep sigma, NoiseQuantity quantity, ItemNoise noise)
        => OnLattice(value + noise.At(quantity, DegradationFigures.Range(figure).Least, sigma), sigma.Value);

    public static Vector3d Vector(Vector3d value, DegradedFigure figure, LadderStep sigma, NoiseQuantity first, ItemNoise noise) => new(
        Value(value.X, figure, sigma, first, noise), Value(value.Y, figure, sigma, first + 1, noise), Value(value.Z, figure, sigma, first + 2, noise));

    public static double OnLattice(double value, double sigma)
    {
        double lattice = LatticeShare * sigma;
        return Math.Round(value / lattice) * lattice;
    }

    /// <summary>The epoch with noise of half a step, rounded to the step; and the sigma of that, step / √3.</summary>
    /// <remarks>
    /// Rounding alone would move all epochs of a pass that is shorter than the step, or whose cadence is the step, by the same time; a receiver
    /// who takes their errors for independent would then trust them too much. Half a step of noise makes them independent to 1 %.
    /// </remarks>
    public static (Epoch Epoch, double? SigmaS) Time(Epoch epoch, DegradationFigures figures, ItemNoise noise)
    {
        if (figures.Step(DegradedFigure.EpochStepS) is not { } step) return (epoch, null);
        double noiseS = noise.At(NoiseQuantity.Epoch, DegradationFigures.Range(DegradedFigure.EpochStepS).Least, step) / 2;
        long stepNs = (long)Math.Round(step.Value * NanosecondsPerSecond);
        Int128 moved = (Int128)epoch.NanosecondsSinceJ2000 + (long)Math.Round(noiseS * NanosecondsPerSecond);
        Int128 half = moved >= 0 ? stepNs / 2 : -stepNs / 2;
        Int128 rounded = (moved + half) / stepNs * stepNs;
        return (new Epoch((long)Int128.Clamp(rounded, long.MinValue, long.MaxValue)), step.Value / Math.Sqrt(3));
    }
}
