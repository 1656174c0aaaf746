namespace SsaShare.Orbits;

/// <summary>Upper triangular matrices, row-major, n×n.</summary>
internal static class UpperTriangle
{
    /// <summary>
    /// Below this share of its column's length a diagonal element is rounding: the parameter is a combination of those before it, as far as the equations tell.
    /// </summary>
    public const double LeastShare = 1e-11;

    /// <summary>The first column whose diagonal says nothing of its own; -1 where every parameter is determined.</summary>
    public static int Undetermined(ReadOnlySpan<double> r, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double diagonal = Math.Abs(r[j * n + j]);
            // Written so that NaN fails too.
            if (!(diagonal > LeastShare * ColumnLength(r, n, j)) || !double.IsFinite(diagonal)) return j;
        }
        return -1;
    }

    public static double ColumnLength(ReadOnlySpan<double> r, int n, int column)
    {
        double squares = 0;
        for (int i = 0; i <= column; i++) squares += r[i * n + column] * r[i * n + column];
        return Math.Sqrt(squares);
    }

    /// <summary>Solves R·x = b.</summary>
    public static void Solve(ReadOnlySpan<double> r, int n, ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            double rest = b[i];
            for (int k = i + 1; k < n; k++) rest -= r[i * n + k] * x[k];
            x[i] = rest / r[i * n + i];
        }
    }

    /// <summary>Solves Rᵀ·x = b; x may be b.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> r, int n, ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            double rest = b[i];
            for (int k = 0; k < i; k++) rest -= r[k * n + i] * x[k];
            x[i] = rest / r[i * n + i];
        }
    }

    /// <summary>R⁻¹, upper triangular too: its rows are the square root of the covariance.</summary>
    public static double[] Inverse(ReadOnlySpan<double> r, int n)
    {
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            inverse[j * n + j] = 1 / r[j * n + j];
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++) sum += r[i * n + k] * inverse[k * n + j];
                inverse[i * n + j] = -sum / r[i * n + i];
            }
        }
        return inverse;
    }

    /// <summary>
    /// Condition number (by the 1-norm) of R with its columns scaled to length one, so that mixed units do not count: 1 for parameters that are determined
    /// independently of each other; with 1e8 the least determined combination has eight digits less than the best.
    /// </summary>
    public static double ConditionNumber(ReadOnlySpan<double> r, int n)
    {
        double[] inverse = Inverse(r, n);
        double largest = 0, largestInverse = 0;
        Span<double> length = n <= 64 ? stackalloc double[n] : new double[n];
        for (int j = 0; j < n; j++) length[j] = ColumnLength(r, n, j);
        for (int j = 0; j < n; j++)
        {
            double sum = 0, sumInverse = 0;
            for (int i = 0; i <= j; i++)
            {
                sum += Math.Abs(r[i * n + j]) / length[j];
                sumInverse += Math.Abs(inverse[i * n + j]) * length[i];
            }
            (largest, largestInverse) = (Math.Max(largest, sum), Math.Max(largestInverse, sumInverse));
        }
        return largest * largestInverse;
    }

    /// <summary>The combination of parameters 0 to <paramref name="column"/> that an undetermined column leaves open, each in units of its own sensitivity; the largest is 1.</summary>
    public static double[] OpenDirection(ReadOnlySpan<double> r, int n, int column)
    {
        double[] direction = new double[n];
        direction[column] = -1;
        for (int i = column - 1; i >= 0; i--)
        {
            double rest = 0;
            for (int k = i + 1; k <= column; k++) rest -= r[i * n + k] * direction[k];
            direction[i] = rest / r[i * n + i];
        }
        double largest = 0;
        for (int i = 0; i <= column; i++)
        {
            double length = ColumnLength(r, n, i);
            direction[i] *= length > 0 ? length : 1;
            largest = Math.Max(largest, Math.Abs(direction[i]));
        }
        for (int i = 0; i < n && largest > 0; i++) direction[i] /= largest;
        return direction;
    }
}
