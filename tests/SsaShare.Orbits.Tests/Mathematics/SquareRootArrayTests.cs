namespace SsaShare.Orbits.Tests;

public class SquareRootArrayTests
{
    [Fact]
    public void Row_OfManyEquations_IsTheRootOfTheNormalMatrix()
    {
        const int n = 5, rows = 331;
        var normal = Testing.Normal(1);
        var array = new SquareRootArray(n, n + 1);
        double[] information = new double[n * n], right = new double[n];
        double squares = 0;
        Span<double> row = stackalloc double[n + 1];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= n; j++) row[j] = normal() * Math.Pow(10, j);
            row.CopyTo(array.NextRow());
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++) information[j * n + k] += row[j] * row[k];
                right[j] += row[j] * row[n];
            }
            squares += row[n] * row[n];
        }
        double[] r = Triangle(array, n, out double[] z), expected = new double[n], x = new double[n];
        for (int j = 0; j < n; j++)
        for (int k = 0; k < n; k++)
        {
            double sum = 0;
            for (int i = 0; i < n; i++) sum += r[i * n + j] * r[i * n + k];
            Assert.Equal(1, sum / information[j * n + k], 1e-9);
        }
        Assert.True(SymmetricSolver.TrySolve(information, right, expected));
        UpperTriangle.Solve(r, n, z, x);
        for (int j = 0; j < n; j++) Assert.Equal(1, x[j] / expected[j], 1e-9);
        Assert.Equal(1, (array.UnexplainedSquares + z.Sum(v => v * v)) / squares, 1e-12);
    }

    /// <summary>Läuchli's equations: the normal matrix is singular in doubles, the square root is not.</summary>
    [Fact]
    public void Solve_WhereTheNormalMatrixIsSingular_KeepsItsDigits()
    {
        const double small = 1e-9;
        var array = new SquareRootArray(2, 3);
        foreach (double[] row in (double[][])[[1, 1, 3], [small, 0, small], [0, small, 2 * small]]) row.CopyTo(array.NextRow());
        double[] r = Triangle(array, 2, out double[] z), x = new double[2];
        Assert.Equal(-1, UpperTriangle.Undetermined(r, 2));
        UpperTriangle.Solve(r, 2, z, x);
        Assert.Equal(1, x[0], 1e-6);
        Assert.Equal(2, x[1], 1e-6);
        Assert.InRange(UpperTriangle.ConditionNumber(r, 2), 1e9, 1e10);
        Assert.False(SymmetricSolver.TryInvert([1 + small * small, 1, 1, 1 + small * small], 2, new double[4]));
    }

    [Fact]
    public void OpenDirection_OfEquationsThatKnowOnlyASum_NamesBoth()
    {
        var array = new SquareRootArray(3, 4);
        for (int i = 1; i < 9; i++) new double[] { i, i * i, i * i, 1 }.CopyTo(array.NextRow());
        double[] r = Triangle(array, 3, out _);
        Assert.Equal(2, UpperTriangle.Undetermined(r, 3));
        double[] open = UpperTriangle.OpenDirection(r, 3, 2);
        Assert.Equal(0, open[0], 1e-9);
        Assert.Equal(1, open[1], 1e-9);
        Assert.Equal(-1, open[2], 1e-9);
    }

    [Fact]
    public void Inverse_TimesTheTriangle_IsOne()
    {
        double[] r = [2, 1, -3, 0, 0.5, 4, 0, 0, -7], inverse = UpperTriangle.Inverse(r, 3);
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
        {
            double sum = 0;
            for (int k = 0; k < 3; k++) sum += r[i * 3 + k] * inverse[k * 3 + j];
            Assert.Equal(i == j ? 1 : 0, sum, 1e-14);
        }
    }

    [Fact]
    public void NextRow_ManyTimes_AllocatesNothing()
    {
        var array = new SquareRootArray(8, 12);
        double sink = fill();
        long before = GC.GetAllocatedBytesForCurrentThread();
        sink += fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sink));

        double fill()
        {
            for (int i = 0; i < 1_000; i++)
            {
                var row = array.NextRow();
                for (int j = 0; j < row.Length; j++) row[j] = Math.Sin(i * j + j);
            }
            return array.Row(3)[3];
        }
    }

    private static double[] Triangle(SquareRootArray array, int n, out double[] z)
    {
        double[] r = new double[n * n];
        z = new double[n];
        for (int i = 0; i < n; i++)
        {
            var row = array.Row(i);
            row[..n].CopyTo(r.AsSpan(i * n));
            z[i] = row[^1];
        }
        return r;
    }
}
