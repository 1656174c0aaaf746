using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>What a partner states of the errors of its state, before anything is computed from it: the codec lets through what no errors can be.</summary>
/// <param name="Usable">Remedied where rounding explains what is wrong; null where there is none that can be used.</param>
/// <param name="MayAssume">Whether an assumed one may stand in: not where the stated one is so large that the state says next to nothing, which an assumed one would hide.</param>
/// <param name="Remarks">What was done, for whoever is told of the orbit.</param>
internal sealed record StatedCovariance(Covariance6? Usable, bool MayAssume, IReadOnlyList<string> Remarks)
{
    /// <summary>Correlations beyond this are no rounding: figures of another unit, or in another order.</summary>
    private const double CorrelationMax = 1.01;

    /// <summary>More than this of the distance from the Earth's centre, and of the speed, is no error of an orbit: nothing about it is linear.</summary>
    private const double LargestShare = 0.1;

    /// <summary>Added to the variances of one that is all but singular, of themselves: what rounding takes from it on its way then leaves it positive.</summary>
    private const double Stiffening = 1e-6;

    public static StatedCovariance Of(OrbitState orbit)
    {
        if (orbit.Covariance is not { } stated) return new StatedCovariance(null, true, []);
        // Roots first: sums of variances may be too large for a number.
        double position = Enumerable.Range(0, 3).Max(i => Math.Sqrt(stated[i, i])), velocity = Enumerable.Range(3, 3).Max(i => Math.Sqrt(stated[i, i]));
        if (position > LargestShare * orbit.State.PositionKm.Norm || velocity > LargestShare * orbit.State.VelocityKmPerS.Norm)
            return new StatedCovariance(null, false, [FormattableString.Invariant($"The stated covariance is not used: {position:G3} km and {velocity:G3} km/s are no errors of an orbit.")]);
        if (Correlation(stated) is > CorrelationMax and var beyond)
            return new StatedCovariance(null, true, [FormattableString.Invariant($"The stated covariance is not used: it has a correlation of {beyond:G3}. An assumed one stands in.")]);
        var verdict = CovarianceCheck.Examine(orbit.State, stated);
        return new StatedCovariance(verdict.Usable, true,
            [.. verdict.Remarks.Where(remark => remark.Fault is CovarianceFault.Missing or CovarianceFault.NotPositive).Select(remark => $"The stated covariance: {remark.Text}{(verdict.Usable is null ? " An assumed one stands in." : "")}")]);
    }

    /// <summary>A millionth more variance.</summary>
    public static Covariance6 Stiffened(Covariance6 covariance)
    {
        double[] lower = covariance.Lower.ToArray();
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] *= 1 + Stiffening;
        return new Covariance6(lower);
    }

    private static double Correlation(Covariance6 stated)
    {
        double largest = 0;
        for (int row = 1; row < 6; row++)
        for (int column = 0; column < row; column++)
            if (stated[row, column] != 0) largest = Math.Max(largest, Math.Abs(stated[row, column]) / Math.Sqrt(stated[row, row]) / Math.Sqrt(stated[column, column]));
        return largest;
    }
}
