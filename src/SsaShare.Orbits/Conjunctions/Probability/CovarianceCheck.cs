using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What is wrong, or strange, with a covariance.</summary>
public enum CovarianceFault
{
    /// <summary>There is none, or all of it is zero.</summary>
    Missing = 1,
    /// <summary>A default stands in for it.</summary>
    Replaced = 2,
    /// <summary>It is not symmetric.</summary>
    NotSymmetric = 3,
    /// <summary>It has a negative eigenvalue, which was raised to zero.</summary>
    NotPositive = 4,
    /// <summary>The position's part alone has a negative eigenvalue.</summary>
    PositionNotPositive = 5,
    /// <summary>Nothing is said of the velocity: only methods in two dimensions mean something.</summary>
    NoVelocity = 6,
    /// <summary>Position known to less than a centimetre.</summary>
    TooSmall = 7,
    /// <summary>Position unknown to more than a tenth of the distance from the Earth's centre: a normal distribution there means nothing.</summary>
    TooLarge = 8,
}

/// <summary>One finding about a covariance, with its figure in words.</summary>
public sealed record CovarianceRemark(CovarianceFault Fault, string Text);

/// <summary>What came of a check.</summary>
/// <param name="Usable">Remedied where it had to be; null where there is none to use.</param>
/// <param name="Remarks">Nothing where all is well.</param>
public sealed record CovarianceVerdict(Covariance6? Usable, IReadOnlyList<CovarianceRemark> Remarks);

/// <summary>Tests a covariance before it is used, and remedies what can be remedied.</summary>
/// <remarks>
/// Clipping of eigenvalues: Hall, Hejduk and Johnson 2017, AAS 17-567. It is done on the matrix scaled to unit variances, so that kilometres and kilometres per second count alike.
/// </remarks>
public static class CovarianceCheck
{
    /// <summary>Asymmetry that rounding explains, relative to the standard deviations.</summary>
    private const double Asymmetry = 1e-6;

    /// <summary>Negative eigenvalues that rounding explains, of the scaled matrix.</summary>
    private const double Rounding = 1e-12;

    private const double LeastSigmaKm = 1e-5, LargestShare = 0.1;

    /// <param name="state">The state that the covariance belongs to.</param>
    /// <param name="covariance">In the frame of the state; null where there is none.</param>
    /// <param name="defaults">What stands in for a missing covariance; null refuses it.</param>
    public static CovarianceVerdict Examine(CartesianState state, Covariance6? covariance, CovarianceDefaults? defaults = null)
    {
        List<CovarianceRemark> remarks = [];
        if (covariance is null || covariance.PositionSigmaKm == 0)
        {
            remarks.Add(new CovarianceRemark(CovarianceFault.Missing, covariance is null ? "There is no covariance." : "All position variances are zero."));
            if (defaults?.For(state) is not { } stand) return new CovarianceVerdict(null, remarks);
            remarks.Add(new CovarianceRemark(CovarianceFault.Replaced, FormattableString.Invariant($"A default of {stand.PositionSigmaKm:G3} km by regime stands in for it: no decision should rest on it.")));
            return new CovarianceVerdict(stand, remarks);
        }
        if (covariance.VelocitySigmaKmPerS == 0) remarks.Add(new CovarianceRemark(CovarianceFault.NoVelocity, "All velocity variances are zero: methods on curved paths and trials take the velocity as exact."));
        if (covariance.PositionSigmaKm < LeastSigmaKm) remarks.Add(new CovarianceRemark(CovarianceFault.TooSmall, FormattableString.Invariant($"Position is said to be known to {covariance.PositionSigmaKm * 1e6:G3} mm, which is not credible: ask the maker.")));
        if (covariance.PositionSigmaKm > LargestShare * state.PositionKm.Norm)
            remarks.Add(new CovarianceRemark(CovarianceFault.TooLarge, FormattableString.Invariant($"Position is uncertain by {covariance.PositionSigmaKm:G3} km: a normal distribution of that size means nothing, and neither does a probability from it.")));
        return new CovarianceVerdict(Positive(covariance, remarks), remarks);
    }

    /// <summary>A full matrix as a covariance; of an asymmetric one the mean of both halves.</summary>
    /// <param name="full">36 figures, row by row: km², km²/s, km²/s².</param>
    /// <param name="remark">What is wrong with it; null where nothing is.</param>
    /// <returns>False where it holds what is no covariance: a figure not finite, or a negative variance.</returns>
    /// <exception cref="ArgumentException">Not 36 figures.</exception>
    public static bool TryFrom(ReadOnlySpan<double> full, out Covariance6? covariance, out CovarianceRemark? remark)
    {
        if (full.Length != 36) throw new ArgumentException($"Expected 36 figures, got {full.Length}.", nameof(full));
        (covariance, remark) = (null, null);
        double largest = 0;
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            if (!double.IsFinite(full[i * 6 + j]) || full[i * 7] < 0) return false;
            double difference = Math.Abs(full[i * 6 + j] - full[j * 6 + i]);
            if (difference > 0) largest = Math.Max(largest, difference / Math.Sqrt(full[i * 7] * full[j * 7]));
        }
        if (!(largest <= Asymmetry)) remark = new CovarianceRemark(CovarianceFault.NotSymmetric, FormattableString.Invariant($"Its halves differ by up to {largest:G3} of the standard deviations; their mean is taken."));
        covariance = SmallMatrices.Lower(full);
        return true;
    }

    private static Covariance6 Positive(Covariance6 covariance, List<CovarianceRemark> remarks)
    {
        Span<double> root = stackalloc double[36], full = stackalloc double[36];
        double position = Least(covariance, 3), whole = Least(covariance, 6);
        if (position < -Rounding) remarks.Add(new CovarianceRemark(CovarianceFault.PositionNotPositive, FormattableString.Invariant($"Its part of the position is not positive definite (least eigenvalue {position:G2} at unit variances).")));
        if (!(whole < -Rounding)) return covariance;
        remarks.Add(new CovarianceRemark(CovarianceFault.NotPositive, FormattableString.Invariant($"It is not positive definite (least eigenvalue {whole:G2} at unit variances{(whole > -1e-3 ? ", as rounding leaves it" : ", more than rounding leaves: ask the maker")}); negative eigenvalues are raised to zero.")));
        OverlapPull.SquareRoot(covariance, root);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            full[i * 6 + j] = 0;
            for (int k = 0; k < 6; k++) full[i * 6 + j] += root[i * 6 + k] * root[j * 6 + k];
        }
        return SmallMatrices.Lower(full);
    }

    /// <summary>Of the first rows and columns, scaled to unit variances.</summary>
    private static double Least(Covariance6 covariance, int size)
    {
        Span<double> scaled = stackalloc double[36], vectors = stackalloc double[36];
        for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++)
        {
            double scale = Math.Sqrt(covariance[i, i] * covariance[j, j]);
            // A correlation with what has no variance cannot be.
            scaled[i * size + j] = scale > 0 ? covariance[i, j] / scale : covariance[i, j] == 0 ? 0 : double.NegativeInfinity;
            if (double.IsInfinity(scaled[i * size + j])) return double.NegativeInfinity;
        }
        SymmetricEigen.InPlace(scaled[..(size * size)], size, vectors[..(size * size)]);
        double least = double.PositiveInfinity;
        for (int i = 0; i < size; i++) least = Math.Min(least, scaled[i * (size + 1)]);
        return least;
    }
}
