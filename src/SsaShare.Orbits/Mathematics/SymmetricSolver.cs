namespace SsaShare.Orbits;

/// <summary>Symmetric positive definite systems of a few tens of unknowns, matrices row-major.</summary>
public static class SymmetricSolver
{
    /// <summary>Replaces the lower triangle of P (n×n) by L with P = L·Lᵀ.</summary>
    /// <returns>False when P is not positive definite to working precision; the content is then unspecified.</returns>
    public static bool TryCholeskyInPlace(Span<double> p, int n)
    {
        for (int row = 0; row < n; row++)
        for (int column = 0; column <= row; column++)
        {
            double rest = p[row * n + column];
            for (int k = 0; k < column; k++) rest -= p[row * n + k] * p[column * n + k];
            if (row == column)
            {
                // A pivot that lost 14 digits is rounding, not information. Written so that NaN fails too.
                if (!(rest > 1e-14 * p[row * n + row]) || !double.IsFinite(rest)) return false;
                p[row * n + row] = Math.Sqrt(rest);
            }
            else
            {
                p[row * n + column] = rest / p[column * n + column];
            }
        }
        return true;
    }

    /// <summary>The inverse of a symmetric positive definite matrix, scaled to unit diagonal first so that mixed units do no harm.</summary>
    /// <returns>False when the matrix is not positive definite to working precision.</returns>
    public static bool TryInvert(ReadOnlySpan<double> p, int n, Span<double> inverse)
    {
        double[] scale = new double[n], l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            if (!(p[i * n + i] > 0)) return false;
            scale[i] = 1 / Math.Sqrt(p[i * n + i]);
        }
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) l[i * n + j] = p[i * n + j] * scale[i] * scale[j];
        if (!TryCholeskyInPlace(l, n)) return false;
        Span<double> column = new double[n];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            Substitute(l, n, column);
            for (int i = 0; i < n; i++) inverse[i * n + j] = column[i] * scale[i] * scale[j];
        }
        for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            inverse[i * n + j] = inverse[j * n + i] = 0.5 * (inverse[i * n + j] + inverse[j * n + i]);
        return true;
    }

    /// <summary>Solves P·x = b.</summary>
    /// <returns>False when the matrix is not positive definite to working precision.</returns>
    public static bool TrySolve(ReadOnlySpan<double> p, ReadOnlySpan<double> b, Span<double> x)
    {
        int n = b.Length;
        double[] scale = new double[n], l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            if (!(p[i * n + i] > 0)) return false;
            scale[i] = 1 / Math.Sqrt(p[i * n + i]);
        }
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) l[i * n + j] = p[i * n + j] * scale[i] * scale[j];
        if (!TryCholeskyInPlace(l, n)) return false;
        for (int i = 0; i < n; i++) x[i] = b[i] * scale[i];
        Substitute(l, n, x);
        for (int i = 0; i < n; i++) x[i] *= scale[i];
        return true;
    }

    private static void Substitute(ReadOnlySpan<double> l, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
            x[i] /= l[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
            x[i] /= l[i * n + i];
        }
    }
}
