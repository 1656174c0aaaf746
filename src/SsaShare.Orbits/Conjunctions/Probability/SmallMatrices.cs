using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Products of 6×6 matrices, row-major, in memory of the caller.</summary>
internal static class SmallMatrices
{
    public static void Times(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> result)
    {
        for (int i = 0; i < 6; i++)
        {
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += a[i * 6 + k] * x[k];
            result[i] = sum;
        }
    }

    /// <summary>A·B.</summary>
    public static void Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += a[i * 6 + k] * b[k * 6 + j];
            result[i * 6 + j] = sum;
        }
    }

    /// <summary>J·Q·Jᵀ, symmetric to the last digit.</summary>
    public static void Congruence(ReadOnlySpan<double> j, ReadOnlySpan<double> q, Span<double> result)
    {
        Span<double> half = stackalloc double[36];
        Product(j, q, half);
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += half[row * 6 + k] * j[column * 6 + k];
            result[row * 6 + column] = result[column * 6 + row] = sum;
        }
    }

    /// <summary>By Gauss and Jordan with the largest pivots of each column.</summary>
    /// <returns>False where the matrix is singular.</returns>
    public static bool TryInvert(ReadOnlySpan<double> matrix, Span<double> inverse)
    {
        Span<double> a = stackalloc double[36];
        matrix.CopyTo(a);
        inverse.Clear();
        for (int i = 0; i < 6; i++) inverse[i * 7] = 1;
        for (int column = 0; column < 6; column++)
        {
            int pivot = column;
            for (int i = column + 1; i < 6; i++)
                if (Math.Abs(a[i * 6 + column]) > Math.Abs(a[pivot * 6 + column])) pivot = i;
            double value = a[pivot * 6 + column];
            if (!(Math.Abs(value) > 0) || !double.IsFinite(value)) return false;
            for (int k = 0; k < 6; k++)
            {
                (a[column * 6 + k], a[pivot * 6 + k]) = (a[pivot * 6 + k], a[column * 6 + k]);
                (inverse[column * 6 + k], inverse[pivot * 6 + k]) = (inverse[pivot * 6 + k], inverse[column * 6 + k]);
            }
            for (int k = 0; k < 6; k++) (a[column * 6 + k], inverse[column * 6 + k]) = (a[column * 6 + k] / value, inverse[column * 6 + k] / value);
            for (int i = 0; i < 6; i++)
            {
                double share = a[i * 6 + column];
                if (i == column || share == 0) continue;
                for (int k = 0; k < 6; k++)
                {
                    a[i * 6 + k] -= share * a[column * 6 + k];
                    inverse[i * 6 + k] -= share * inverse[column * 6 + k];
                }
            }
        }
        return true;
    }

    /// <summary>The inverse of a symmetric 3×3 matrix and its determinant.</summary>
    /// <returns>False where it is not positive definite.</returns>
    public static bool TryInvert(Matrix3 a, out Matrix3 inverse, out double determinant)
    {
        inverse = default;
        Vector3d x = a.Row0, y = a.Row1, z = a.Row2, yz = y.Cross(z), zx = z.Cross(x), xy = x.Cross(y);
        determinant = x.Dot(yz);
        double minor = a.M00 * a.M11 - a.M01 * a.M10;
        if (!(a.M00 > 0) || !(minor > 1e-15 * a.M00 * a.M11) || !(determinant > 1e-15 * minor * a.M22)) return false;
        inverse = (1 / determinant) * new Matrix3(yz.X, zx.X, xy.X, yz.Y, zx.Y, xy.Y, yz.Z, zx.Z, xy.Z);
        return true;
    }

    public static Covariance6 Moved(Covariance6 covariance, ReadOnlySpan<double> transition)
    {
        Span<double> before = stackalloc double[36], after = stackalloc double[36];
        Full(covariance, before);
        Congruence(transition, before, after);
        return Lower(after);
    }

    public static void Full(Covariance6 covariance, Span<double> full)
    {
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) full[i * 6 + j] = covariance[i, j];
    }

    /// <summary>Variances that rounding brought below zero become zero.</summary>
    public static Covariance6 Lower(ReadOnlySpan<double> full)
    {
        Span<double> lower = stackalloc double[21];
        for (int row = 0, entry = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, entry++) lower[entry] = row == column ? Math.Max(0, full[row * 7]) : 0.5 * (full[row * 6 + column] + full[column * 6 + row]);
        return new Covariance6(lower);
    }
}
