using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Covariances as triangular factors, P = L·Lᵀ: by rows, the upper part zero.</summary>
internal static class CovarianceFactor
{
    // Of a variance: what rounding may have left of one that is nothing but the others'.
    private const double Rounding = 1e-14;

    /// <summary>Cholesky's factor of an n×n covariance; a variance of zero, or one that rounding leaves below it, makes a column of zeros.</summary>
    /// <returns>False when the matrix is none of a covariance: some combination has a variance well below zero.</returns>
    public static bool TryFactor(ReadOnlySpan<double> covariance, int n, Span<double> factor)
    {
        factor.Clear();
        for (int j = 0; j < n; j++)
        {
            var row = factor.Slice(j * n, n);
            double variance = covariance[j * n + j], left = variance;
            for (int k = 0; k < j; k++) left -= row[k] * row[k];
            if (!(left >= -Rounding * variance)) return false;
            if (left <= 0) continue;
            row[j] = Math.Sqrt(left);
            for (int i = j + 1; i < n; i++)
            {
                double sum = covariance[i * n + j];
                for (int k = 0; k < j; k++) sum -= factor[i * n + k] * row[k];
                factor[i * n + j] = sum / row[j];
            }
        }
        return true;
    }

    /// <summary>The triangular factor of W·Wᵀ from rows W that may be much wider, by orthogonalising them in turn (Gram and Schmidt, modified), which leaves the factor as exact as reflections do.</summary>
    /// <param name="wide">n rows; used up.</param>
    /// <param name="n">Rows.</param>
    /// <param name="factor">n×n by rows.</param>
    public static void Triangularise(Span<double> wide, int n, Span<double> factor)
    {
        int width = wide.Length / n;
        for (int i = 0; i < n; i++)
        {
            var row = wide.Slice(i * width, width);
            for (int j = 0; j < i; j++)
            {
                var unit = wide.Slice(j * width, width);
                double along = 0;
                for (int k = 0; k < width; k++) along += row[k] * unit[k];
                for (int k = 0; k < width; k++) row[k] -= along * unit[k];
                factor[i * n + j] = along;
            }
            double norm = 0;
            for (int k = 0; k < width; k++) norm += row[k] * row[k];
            norm = Math.Sqrt(norm);
            factor[i * n + i] = norm;
            factor[(i * n + i + 1)..((i + 1) * n)].Clear();
            for (int k = 0; k < width && norm > 0; k++) row[k] /= norm;
        }
    }

    /// <summary>The lower triangle by rows of L·Lᵀ, of the first six rows of a triangular factor.</summary>
    /// <param name="factor">By rows.</param>
    /// <param name="n">Length of a row.</param>
    public static Covariance6 Product(ReadOnlySpan<double> factor, int n)
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++)
            for (int k = 0; k <= j; k++) lower[at] += factor[i * n + k] * factor[j * n + k];
        return new Covariance6(lower);
    }
}
