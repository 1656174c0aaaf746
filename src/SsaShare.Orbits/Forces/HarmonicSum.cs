using System.Numerics;
using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sums harmonics whose coefficients lie as <see cref="HarmonicTables"/> says. Allocates nothing; safe for concurrent use.</summary>
/// <remarks>
/// With r the distance, s t u the direction and ρ = R/r the potential is GM/r Σ ρⁿ H(u) (C Re + S Im)(s+it)ᵐ. Here ρᵐ goes with the power of s+it, the rest of ρⁿ with H, so that
/// nothing leaves the range of double.
/// </remarks>
internal sealed partial class HarmonicSum(HarmonicTables tables)
{
    private const int MostLanes = 8, Before = 2;

    private static readonly Vector<double> LaneNumbers = Lanes();

    public Vector3d Acceleration(ReadOnlySpan<double> c, ReadOnlySpan<double> s, double mu, double radius, Vector3d position)
    {
        double r = position.Norm, rho = radius / r;
        var q = position / r;
        Span<double> re = stackalloc double[tables.Degree + 1 + MostLanes + Before], im = stackalloc double[tables.Degree + 1 + MostLanes + Before];
        FillPowers(rho * q.X, rho * q.Y, tables.Degree, re, im);
        ReadOnlySpan<Vector<double>> allC = MemoryMarshal.Cast<double, Vector<double>>(c), allS = MemoryMarshal.Cast<double, Vector<double>>(s);
        var (up, back, step) = (new Vector<double>(rho * q.Z), new Vector<double>(rho * rho), new Vector<double>(rho));
        Vector<double> sumS = default, sumT = default, sumU = default, sumR = default;
        for (int block = 0; block < tables.Blocks; block++)
        {
            var rows = tables.Rows(block);
            ReadOnlySpan<Vector<double>> rowsC = allC.Slice(tables.FirstRow(block), rows.Length), rowsS = allS.Slice(tables.FirstRow(block), rows.Length);
            // The function and its slope by u, of this degree and the two before it; the sums over the degrees.
            Vector<double> h1 = default, h2 = default, d1 = default, d2 = default;
            Vector<double> c0 = default, s0 = default, cn = default, sn = default, cd = default, sd = default;
            var weight = new Vector<double>(block * HarmonicTables.Lanes + 1.0);
            for (int i = 0; i < rows.Length; i++)
            {
                ref readonly var row = ref rows[i];
                var (vc, vs) = (rowsC[i], rowsS[i]);
                Vector<double> au = row.A * up, b = row.B * back;
                var h = Vector.FusedMultiplyAdd(au, h1, row.Seed - b * h2);
                var d = Vector.FusedMultiplyAdd(au, d1, row.A * step * h1 - b * d2);
                var hn = h * weight;
                c0 = Vector.FusedMultiplyAdd(h, vc, c0);
                s0 = Vector.FusedMultiplyAdd(h, vs, s0);
                cn = Vector.FusedMultiplyAdd(hn, vc, cn);
                sn = Vector.FusedMultiplyAdd(hn, vs, sn);
                cd = Vector.FusedMultiplyAdd(d, vc, cd);
                sd = Vector.FusedMultiplyAdd(d, vs, sd);
                weight += Vector<double>.One;
                (h2, h1, d2, d1) = (h1, h, d1, d);
            }
            int first = block * HarmonicTables.Lanes;
            var order = LaneNumbers + new Vector<double>((double)first);
            var (re0, im0) = (new Vector<double>(re[(first + Before)..]), new Vector<double>(im[(first + Before)..]));
            var (re1, im1) = (order * new Vector<double>(re[(first + Before - 1)..]), order * new Vector<double>(im[(first + Before - 1)..]));
            sumS += re1 * c0 + im1 * s0;
            sumT += re1 * s0 - im1 * c0;
            sumU += re0 * cd + im0 * sd;
            sumR += re0 * cn + im0 * sn;
        }
        double scale = mu / (r * r);
        var slope = scale * new Vector3d(rho * Vector.Sum(sumS), rho * Vector.Sum(sumT), Vector.Sum(sumU));
        return slope - (q.Dot(slope) + scale * Vector.Sum(sumR)) * q;
    }

    /// <summary>The powers of x+iy; entry <see cref="Before"/>+m holds the m-th, entries before it zero.</summary>
    private static void FillPowers(double x, double y, int degree, Span<double> re, Span<double> im)
    {
        re[..Before].Clear();
        im[..Before].Clear();
        (re[Before], im[Before]) = (1, 0);
        if (degree > 0) (re[Before + 1], im[Before + 1]) = (x, y);
        for (int m = 2; m <= degree; m++)
        {
            int half = Before + m / 2, rest = Before + m - m / 2;
            (re[Before + m], im[Before + m]) = (re[half] * re[rest] - im[half] * im[rest], re[half] * im[rest] + im[half] * re[rest]);
        }
        re[(Before + degree + 1)..].Clear();
        im[(Before + degree + 1)..].Clear();
    }

    private static Vector<double> Lanes()
    {
        Span<double> numbers = stackalloc double[HarmonicTables.Lanes];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = i;
        return new Vector<double>(numbers);
    }
}
