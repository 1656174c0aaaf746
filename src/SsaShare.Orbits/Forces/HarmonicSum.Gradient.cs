using System.Numerics;
using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

internal sealed partial class HarmonicSum
{
    /// <summary>Second derivatives of the potential by position.</summary>
    /// <remarks>
    /// With W the derivatives by the direction q = (s, t, u), taken as independent, and R those of r V_r by q:
    /// r² V_ij = W_ij + δ_ij G + q_i K_j + q_j K_i + q_i q_j (r² V_rr - r V_r + 3 q·W - 2 q·R + q·w), where w_i = W_ik q_k, G = r V_r - q·W and K = R - w - W.
    /// </remarks>
    public Matrix3 Gradient(ReadOnlySpan<double> c, ReadOnlySpan<double> s, double mu, double radius, Vector3d position)
    {
        double r = position.Norm, rho = radius / r;
        var q = position / r;
        Span<double> re = stackalloc double[tables.Degree + 1 + MostLanes + Before], im = stackalloc double[tables.Degree + 1 + MostLanes + Before];
        FillPowers(rho * q.X, rho * q.Y, tables.Degree, re, im);
        ReadOnlySpan<Vector<double>> allC = MemoryMarshal.Cast<double, Vector<double>>(c), allS = MemoryMarshal.Cast<double, Vector<double>>(s);
        var (up, back, step) = (new Vector<double>(rho * q.Z), new Vector<double>(rho * rho), new Vector<double>(rho));
        Vector<double> sumS = default, sumT = default, sumU = default, sumR = default, sumRr = default, sumSs = default, sumSt = default;
        Vector<double> sumSu = default, sumTu = default, sumUu = default, sumRs = default, sumRt = default, sumRu = default;
        for (int block = 0; block < tables.Blocks; block++)
        {
            var rows = tables.Rows(block);
            ReadOnlySpan<Vector<double>> rowsC = allC.Slice(tables.FirstRow(block), rows.Length), rowsS = allS.Slice(tables.FirstRow(block), rows.Length);
            Vector<double> h1 = default, h2 = default, d1 = default, d2 = default, e1 = default, e2 = default;
            Vector<double> c0 = default, s0 = default, cn = default, sn = default, cnn = default, snn = default;
            Vector<double> cd = default, sd = default, cnd = default, snd = default, cdd = default, sdd = default;
            var weight = new Vector<double>(block * HarmonicTables.Lanes + 1.0);
            for (int i = 0; i < rows.Length; i++)
            {
                ref readonly var row = ref rows[i];
                var (vc, vs) = (rowsC[i], rowsS[i]);
                Vector<double> au = row.A * up, a = row.A * step, b = row.B * back;
                var h = au * h1 + (row.Seed - b * h2);
                var d = au * d1 + (a * h1 - b * d2);
                var e = au * e1 + (2 * a * d1 - b * e2);
                Vector<double> hn = h * weight, hnn = hn * (weight + Vector<double>.One), dn = d * weight;
                c0 += h * vc;
                s0 += h * vs;
                cn += hn * vc;
                sn += hn * vs;
                cnn += hnn * vc;
                snn += hnn * vs;
                cd += d * vc;
                sd += d * vs;
                cnd += dn * vc;
                snd += dn * vs;
                cdd += e * vc;
                sdd += e * vs;
                weight += Vector<double>.One;
                (h2, h1, d2, d1, e2, e1) = (h1, h, d1, d, e1, e);
            }
            int first = block * HarmonicTables.Lanes;
            var order = LaneNumbers + new Vector<double>((double)first);
            var orders = order * (order - Vector<double>.One);
            var (re0, im0) = (new Vector<double>(re[(first + Before)..]), new Vector<double>(im[(first + Before)..]));
            var (re1, im1) = (order * new Vector<double>(re[(first + Before - 1)..]), order * new Vector<double>(im[(first + Before - 1)..]));
            var (re2, im2) = (orders * new Vector<double>(re[(first + Before - 2)..]), orders * new Vector<double>(im[(first + Before - 2)..]));
            sumS += re1 * c0 + im1 * s0;
            sumT += re1 * s0 - im1 * c0;
            sumU += re0 * cd + im0 * sd;
            sumR += re0 * cn + im0 * sn;
            sumRr += re0 * cnn + im0 * snn;
            sumSs += re2 * c0 + im2 * s0;
            sumSt += re2 * s0 - im2 * c0;
            sumSu += re1 * cd + im1 * sd;
            sumTu += re1 * sd - im1 * cd;
            sumUu += re0 * cdd + im0 * sdd;
            sumRs += re1 * cn + im1 * sn;
            sumRt += re1 * sn - im1 * cn;
            sumRu += re0 * cnd + im0 * snd;
        }
        double scale = mu / (r * r * r), scaled = scale * rho, twice = scaled * rho;
        var w = new Vector3d(scaled * Vector.Sum(sumS), scaled * Vector.Sum(sumT), scale * Vector.Sum(sumU));
        var radial = -new Vector3d(scaled * Vector.Sum(sumRs), scaled * Vector.Sum(sumRt), scale * Vector.Sum(sumRu));
        double ss = twice * Vector.Sum(sumSs), st = twice * Vector.Sum(sumSt), su = scaled * Vector.Sum(sumSu), tu = scaled * Vector.Sum(sumTu), uu = scale * Vector.Sum(sumUu);
        double radialSlope = -scale * Vector.Sum(sumR), radialCurve = scale * Vector.Sum(sumRr);
        var along = new Vector3d(ss * q.X + st * q.Y + su * q.Z, st * q.X - ss * q.Y + tu * q.Z, su * q.X + tu * q.Y + uu * q.Z);
        var k = radial - along - w;
        double g = radialSlope - q.Dot(w), outer = radialCurve - radialSlope + 3 * q.Dot(w) - 2 * q.Dot(radial) + q.Dot(along);
        double xy = st + q.X * k.Y + q.Y * k.X + outer * q.X * q.Y;
        double xz = su + q.X * k.Z + q.Z * k.X + outer * q.X * q.Z;
        double yz = tu + q.Y * k.Z + q.Z * k.Y + outer * q.Y * q.Z;
        return new Matrix3(
            ss + g + q.X * (2 * k.X + outer * q.X), xy, xz,
            xy, -ss + g + q.Y * (2 * k.Y + outer * q.Y), yz,
            xz, yz, uu + g + q.Z * (2 * k.Z + outer * q.Z));
    }
}
