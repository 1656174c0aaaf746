using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Solves with the sum of two position covariances from their square roots, so that a sigma of metres keeps its digits beside one of a hundred kilometres.</summary>
internal static class OverlapPull
{
    /// <summary>A square root of a covariance, row-major 6×6: C with P = C·Cᵀ. Negative eigenvalues count as zero.</summary>
    public static void SquareRoot(Covariance6 covariance, Span<double> root)
    {
        Span<double> scaled = stackalloc double[36], vectors = stackalloc double[36], scale = stackalloc double[6];
        for (int i = 0; i < 6; i++) scale[i] = Math.Sqrt(covariance[i, i]);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) scaled[i * 6 + j] = scale[i] > 0 && scale[j] > 0 ? covariance[i, j] / (scale[i] * scale[j]) : 0;
        SymmetricEigen.InPlace(scaled, 6, vectors);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) root[i * 6 + j] = scale[i] * vectors[i * 6 + j] * Math.Sqrt(Math.Max(0, scaled[j * 7]));
    }

    /// <param name="j1">Partials of the first state, row-major 6×6; the positions' rows come first.</param>
    /// <param name="s1">Square root of the covariance that the partials apply to.</param>
    /// <param name="least">A sigma in every direction, against singular sums.</param>
    /// <param name="pull">(A₁ + A₂)⁻¹ times <paramref name="apart"/>.</param>
    /// <returns>False where the sum is singular.</returns>
    public static bool TrySolve(ReadOnlySpan<double> j1, ReadOnlySpan<double> s1, ReadOnlySpan<double> j2, ReadOnlySpan<double> s2, double least, Vector3d apart, out Vector3d pull)
    {
        // Three columns of 15: position rows of J₁S₁ and J₂S₂, and the least sigma.
        const int rows = 15;
        Span<double> m = stackalloc double[3 * rows];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int k = 0; k < 6; k++)
            {
                double one = 0, two = 0;
                for (int i = 0; i < 6; i++)
                {
                    one += j1[axis * 6 + i] * s1[i * 6 + k];
                    two += j2[axis * 6 + i] * s2[i * 6 + k];
                }
                (m[axis * rows + k], m[axis * rows + 6 + k]) = (one, two);
            }
            m[axis * rows + 12 + axis] = least;
        }
        // Gram and Schmidt, modified and done twice: M = Q·R, A = Rᵀ·R.
        Span<double> r = stackalloc double[9];
        for (int column = 0; column < 3; column++)
        {
            var own = m.Slice(column * rows, rows);
            for (int pass = 0; pass < 2; pass++)
            for (int before = 0; before < column; before++)
            {
                double share = Dot(own, m.Slice(before * rows, rows));
                r[before * 3 + column] += share;
                for (int k = 0; k < rows; k++) own[k] -= share * m[before * rows + k];
            }
            double length = Math.Sqrt(Dot(own, own));
            pull = default;
            if (!(length > 0) || !double.IsFinite(length)) return false;
            r[column * 4] = length;
            for (int k = 0; k < rows; k++) own[k] /= length;
        }
        double x = apart.X / r[0], y = (apart.Y - r[1] * x) / r[4], z = (apart.Z - r[2] * x - r[5] * y) / r[8];
        z /= r[8];
        y = (y - r[5] * z) / r[4];
        pull = new Vector3d((x - r[1] * y - r[2] * z) / r[0], y, z);
        return pull.IsFinite;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
