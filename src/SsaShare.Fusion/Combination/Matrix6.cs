using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Products and inverses of symmetric 6×6 matrices, row-major, in memory of the caller.</summary>
internal static class Matrix6
{
    public const int Size = 6, Entries = Size * Size;

    // A pivot that lost 13 digits of its scaled diagonal is rounding.
    private const double LeastPivot = 1e-13;

    public static void Fill(Covariance6 covariance, Span<double> full)
    {
        for (int i = 0; i < Size; i++)
        for (int j = 0; j < Size; j++) full[i * Size + j] = covariance[i, j];
    }

    /// <exception cref="ArgumentException">An entry is not finite or a variance negative.</exception>
    public static Covariance6 ToCovariance(ReadOnlySpan<double> full)
    {
        Span<double> lower = stackalloc double[21];
        for (int row = 0, entry = 0; row < Size; row++)
        for (int column = 0; column <= row; column++, entry++) lower[entry] = 0.5 * (full[row * Size + column] + full[column * Size + row]);
        return new Covariance6(lower);
    }

    public static void Times(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> result)
    {
        for (int i = 0; i < Size; i++)
        {
            double sum = 0;
            for (int k = 0; k < Size; k++) sum += a[i * Size + k] * x[k];
            result[i] = sum;
        }
    }

    public static void Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        for (int i = 0; i < Size; i++)
        for (int j = 0; j < Size; j++)
        {
            double sum = 0;
            for (int k = 0; k < Size; k++) sum += a[i * Size + k] * b[k * Size + j];
            result[i * Size + j] = sum;
        }
    }

    /// <summary>A·B·Aᵀ.</summary>
    public static void Congruence(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        Span<double> half = stackalloc double[Entries];
        Product(a, b, half);
        for (int i = 0; i < Size; i++)
        for (int j = 0; j <= i; j++)
        {
            double sum = 0;
            for (int k = 0; k < Size; k++) sum += half[i * Size + k] * a[j * Size + k];
            result[i * Size + j] = result[j * Size + i] = sum;
        }
    }

    /// <summary>Trace of A·B, both symmetric.</summary>
    public static double TraceOfProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < Entries; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>dᵀ·A·d.</summary>
    public static double Quadratic(ReadOnlySpan<double> a, ReadOnlySpan<double> d)
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
        for (int j = 0; j < Size; j++) sum += d[i] * a[i * Size + j] * d[j];
        return sum;
    }

    /// <summary>By Cholesky's factors, scaled to unit diagonal first so that mixed units do no harm; exactly symmetric.</summary>
    /// <returns>False where the matrix is not positive definite to working precision, or not finite.</returns>
    public static bool TryInvert(ReadOnlySpan<double> p, Span<double> inverse)
    {
        Span<double> scale = stackalloc double[Size], l = stackalloc double[Entries], column = stackalloc double[Size];
        if (!TryFactor(p, scale, l)) return false;
        for (int j = 0; j < Size; j++)
        {
            column.Clear();
            column[j] = 1;
            for (int i = 0; i < Size; i++)
            {
                for (int k = 0; k < i; k++) column[i] -= l[i * Size + k] * column[k];
                column[i] /= l[i * Size + i];
            }
            for (int i = Size - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < Size; k++) column[i] -= l[k * Size + i] * column[k];
                column[i] /= l[i * Size + i];
            }
            for (int i = 0; i < Size; i++) inverse[i * Size + j] = column[i] * scale[i] * scale[j];
        }
        for (int i = 0; i < Size; i++)
        for (int j = 0; j < i; j++) inverse[i * Size + j] = inverse[j * Size + i] = 0.5 * (inverse[i * Size + j] + inverse[j * Size + i]);
        return true;
    }

    /// <summary>Whether all eigenvalues are above zero, to working precision.</summary>
    public static bool IsPositiveDefinite(ReadOnlySpan<double> p) => TryFactor(p, stackalloc double[Size], stackalloc double[Entries]);

    /// <summary>Whether no eigenvalue is below zero by more than a part in 1e10 of the diagonal: what figures rounded to print leave.</summary>
    public static bool IsNearlyPositive(ReadOnlySpan<double> p, ReadOnlySpan<double> whole)
    {
        Span<double> raised = stackalloc double[Entries];
        p.CopyTo(raised);
        for (int i = 0; i < Size; i++) raised[i * 7] += 1e-10 * whole[i * 7];
        return IsPositiveDefinite(raised);
    }

    private static bool TryFactor(ReadOnlySpan<double> p, Span<double> scale, Span<double> l)
    {
        for (int i = 0; i < Size; i++)
        {
            // Written so that NaN fails too.
            if (!(p[i * 7] > 0) || !double.IsFinite(p[i * 7])) return false;
            scale[i] = 1 / Math.Sqrt(p[i * 7]);
        }
        for (int row = 0; row < Size; row++)
        for (int column = 0; column <= row; column++)
        {
            double rest = p[row * Size + column] * scale[row] * scale[column];
            for (int k = 0; k < column; k++) rest -= l[row * Size + k] * l[column * Size + k];
            if (row != column) l[row * Size + column] = rest / l[column * Size + column];
            else if (!(rest > LeastPivot) || !double.IsFinite(rest)) return false;
            else l[row * Size + row] = Math.Sqrt(rest);
        }
        return true;
    }
}
