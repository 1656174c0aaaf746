namespace SsaShare.Orbits;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices.</summary>
internal static class SymmetricEigen
{
    /// <summary>Rotations of Jacobi (Golub and Van Loan, Matrix Computations, 8.5), cyclic, until nothing is left off the diagonal.</summary>
    /// <param name="a">Row-major n×n, symmetric; on return its diagonal holds the eigenvalues, in no order.</param>
    /// <param name="vectors">Row-major n×n; column i belongs to eigenvalue i.</param>
    public static void InPlace(Span<double> a, int n, Span<double> vectors)
    {
        vectors.Clear();
        for (int i = 0; i < n; i++) vectors[i * n + i] = 1;
        for (int sweep = 0; sweep < 60; sweep++)
        {
            bool isDone = true;
            for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++)
            {
                double off = a[p * n + q];
                // Against both diagonals, so that small eigenvalues keep their digits where the matrix is graded.
                if (off == 0 || Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(a[p * n + p] * a[q * n + q]))) continue;
                isDone = false;
                double theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
                double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(1 + theta * theta)), c = 1 / Math.Sqrt(1 + t * t), s = t * c;
                for (int k = 0; k < n; k++) (a[k * n + p], a[k * n + q]) = (c * a[k * n + p] - s * a[k * n + q], s * a[k * n + p] + c * a[k * n + q]);
                for (int k = 0; k < n; k++) (a[p * n + k], a[q * n + k]) = (c * a[p * n + k] - s * a[q * n + k], s * a[p * n + k] + c * a[q * n + k]);
                a[p * n + q] = a[q * n + p] = 0;
                for (int k = 0; k < n; k++) (vectors[k * n + p], vectors[k * n + q]) = (c * vectors[k * n + p] - s * vectors[k * n + q], s * vectors[k * n + p] + c * vectors[k * n + q]);
            }
            if (isDone) return;
        }
    }
}
