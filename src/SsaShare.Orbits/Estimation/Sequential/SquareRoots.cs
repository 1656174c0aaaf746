namespace SsaShare.Orbits;

/// <summary>The algebra of square-root filters: factors L with P = L·Lᵀ, lower triangular, row-major. Allocates nothing.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, section 5.2; Kailath, Sayed and Hassibi, Linear Estimation (2000), chapter 12 (array algorithms).</remarks>
internal static class SquareRoots
{
    /// <summary>Replaces A (rows × columns) by a lower triangular (trapezoidal where it is wider or higher) array with the same A·Aᵀ, its diagonal not negative.</summary>
    /// <remarks>Householder reflections from the right; never forms A·Aᵀ, so the digits of small variances beside large ones survive.</remarks>
    public static void Triangularise(Span<double> a, int rows, int columns)
    {
        int steps = Math.Min(rows, columns);
        for (int k = 0; k < steps; k++)
        {
            var pivot = a.Slice(k * columns + k, columns - k);
            double largest = 0;
            foreach (double value in pivot[1..]) largest = Math.Max(largest, Math.Abs(value));
            if (largest == 0)
            {
                if (pivot[0] < 0) for (int row = k; row < rows; row++) a[row * columns + k] = -a[row * columns + k];
                continue;
            }
            largest = Math.Max(largest, Math.Abs(pivot[0]));
            double sum = 0;
            foreach (double value in pivot) sum += value / largest * (value / largest);
            double norm = largest * Math.Sqrt(sum), first = pivot[0];
            // The reflection sends the row to +norm; the form of its first entry avoids cancellation.
            double rest = 0;
            foreach (double value in pivot[1..]) rest += value * value;
            double head = first <= 0 ? first - norm : -rest / (first + norm);
            double scale = 2 / (rest + head * head);
            if (!double.IsFinite(scale)) { pivot[1..].Clear(); pivot[0] = norm; continue; }
            for (int row = k + 1; row < rows; row++)
            {
                var other = a.Slice(row * columns + k, columns - k);
                double dot = head * other[0];
                for (int j = 1; j < other.Length; j++) dot += pivot[j] * other[j];
                dot *= scale;
                other[0] -= dot * head;
                for (int j = 1; j < other.Length; j++) other[j] -= dot * pivot[j];
            }
            pivot.Clear();
            pivot[0] = norm;
        }
    }

    /// <summary>Solves L·x = b in place. A pivot of zero (a figure known exactly) gives zero.</summary>
    public static void SolveLower(ReadOnlySpan<double> l, int n, int stride, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            double rest = x[i];
            for (int k = 0; k < i; k++) rest -= l[i * stride + k] * x[k];
            double pivot = l[i * stride + i];
            x[i] = pivot == 0 ? 0 : rest / pivot;
        }
    }

    /// <summary>Solves Lᵀ·x = b in place. A pivot of zero gives zero.</summary>
    public static void SolveUpper(ReadOnlySpan<double> l, int n, int stride, Span<double> x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            double rest = x[i];
            for (int k = i + 1; k < n; k++) rest -= l[k * stride + i] * x[k];
            double pivot = l[i * stride + i];
            x[i] = pivot == 0 ? 0 : rest / pivot;
        }
    }

    /// <summary>Entry of L·Lᵀ; L may have any number of columns.</summary>
    public static double Product(ReadOnlySpan<double> l, int stride, int columns, int row, int column)
    {
        double sum = 0;
        for (int k = 0; k < columns; k++) sum += l[row * stride + k] * l[column * stride + k];
        return sum;
    }

    /// <summary>Squared length of b in the metric of L·Lᵀ: bᵀ(L·Lᵀ)⁻¹b. Overwrites b with L⁻¹b.</summary>
    public static double MahalanobisSquared(ReadOnlySpan<double> l, int n, int stride, Span<double> b)
    {
        SolveLower(l, n, stride, b);
        double sum = 0;
        for (int i = 0; i < n; i++) sum += b[i] * b[i];
        return sum;
    }

    /// <summary>Cholesky factor of a symmetric matrix that may be only semidefinite: what is lost to rounding becomes a column of zeros.</summary>
    /// <returns>False when it is indefinite by more than rounding.</returns>
    public static bool TryFactor(Span<double> p, int n)
    {
        for (int column = 0; column < n; column++)
        {
            double whole = p[column * n + column], rest = whole;
            for (int k = 0; k < column; k++) rest -= p[column * n + k] * p[column * n + k];
            if (!(rest >= -1e-12 * Math.Abs(whole)) || !double.IsFinite(rest)) return false;
            bool isLost = rest <= 1e-15 * whole;
            double pivot = p[column * n + column] = isLost ? 0 : Math.Sqrt(rest);
            for (int row = column + 1; row < n; row++)
            {
                double value = p[row * n + column];
                for (int k = 0; k < column; k++) value -= p[row * n + k] * p[column * n + k];
                p[row * n + column] = isLost ? 0 : value / pivot;
                p[column * n + row] = 0;
            }
        }
        return true;
    }
}
