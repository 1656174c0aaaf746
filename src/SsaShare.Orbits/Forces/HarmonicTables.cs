using System.Numerics;

namespace SsaShare.Orbits;

/// <summary>How harmonics up to a degree lie in memory, and the factors of their recursion. Immutable.</summary>
/// <remarks>
/// Orders lie side by side in the lanes of vectors: block b holds the orders b·L to b·L+L-1, row by row from degree b·L on; lanes whose order is above the degree hold zeros,
/// and the last block is filled up with them.
/// The functions are the derived Legendre functions, fully normalised (the associated ones over cosᵐ of the latitude), as in Pines, AIAA Journal 11 (1973), 1508;
/// none of them comes near the ends of the range of double at the degrees allowed.
/// </remarks>
internal sealed class HarmonicTables
{
    private readonly Factors[] _factors;

    public HarmonicTables(int degree)
    {
        Degree = degree;
        Blocks = degree / Lanes + 1;
        int rows = FirstRow(Blocks);
        double[] a = new double[rows * Lanes], b = new double[rows * Lanes], seeds = new double[rows * Lanes];
        double sectoral = 1;
        for (int m = 0; m <= degree; m++)
        {
            if (m > 0) sectoral *= m == 1 ? Math.Sqrt(3) : Math.Sqrt((2.0 * m + 1) / (2 * m));
            seeds[Index(m, m)] = sectoral;
            for (int n = m + 1; n <= degree; n++)
            {
                double across = (double)(n - m) * (n + m);
                a[Index(n, m)] = Math.Sqrt((2.0 * n - 1) * (2 * n + 1) / across);
                b[Index(n, m)] = n == m + 1 ? 0 : Math.Sqrt((2.0 * n + 1) * (n + m - 1) * (n - m - 1) / (across * (2 * n - 3)));
            }
        }
        _factors = [.. Enumerable.Range(0, rows).Select(row => new Factors(new(a, row * Lanes), new(b, row * Lanes), new(seeds, row * Lanes)))];
    }

    /// <summary>Orders side by side in one vector.</summary>
    public static int Lanes => Vector<double>.Count;

    public int Degree { get; }

    /// <summary>Groups of <see cref="Lanes"/> orders.</summary>
    public int Blocks { get; }

    /// <summary>Numbers that a table of coefficients has.</summary>
    public int Size => _factors.Length * Lanes;

    /// <summary>Where the coefficient of a degree and an order stands in a table.</summary>
    public int Index(int n, int m) => (FirstRow(m / Lanes) + n - m / Lanes * Lanes) * Lanes + m % Lanes;

    /// <summary>The row at which a block begins.</summary>
    public int FirstRow(int block) => block * (Degree + 1) - Lanes * block * (block - 1) / 2;

    /// <summary>The rows of a block, by degree.</summary>
    public ReadOnlySpan<Factors> Rows(int block) => _factors.AsSpan(FirstRow(block), Degree + 1 - block * Lanes);

    /// <summary>Of one degree and several orders: H(n) = A u H(n-1) - B H(n-2) + Seed.</summary>
    internal readonly record struct Factors(Vector<double> A, Vector<double> B, Vector<double> Seed);
}
