using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SsaShare.Orbits;

/// <summary>Up to sixteen expansions over <see cref="HorizontalBasis"/>, side by side, so that all are summed in one pass; one table for quiet air, one per unit of geomagnetic activity.</summary>
internal sealed class ExpansionTable
{
    public const int Lanes = 16;
    private const int Width = 4;

    private readonly double[] _quiet = new double[HorizontalBasis.Rows * Lanes], _magnetic = new double[HorizontalBasis.MagneticRows * Lanes];

    public void AddQuiet(int lane, int row, double amplitude) => _quiet[row * Lanes + lane] += amplitude;

    public void AddMagnetic(int lane, int row, double amplitude) => _magnetic[row * Lanes + lane] += amplitude;

    /// <summary>sums = quiet + activity × magnetic, for the first 12 or all 16 lanes.</summary>
    public void Sum(ReadOnlySpan<double> basis, ReadOnlySpan<double> activity, bool all, Span<double> sums)
    {
        basis = basis[..HorizontalBasis.Rows];
        var quiet = MemoryMarshal.Cast<double, Vector256<double>>(_quiet.AsSpan());
        var magnetic = MemoryMarshal.Cast<double, Vector256<double>>(_magnetic.AsSpan());
        var factors = MemoryMarshal.Cast<double, Vector256<double>>(activity[..Lanes]);
        var results = MemoryMarshal.Cast<double, Vector256<double>>(sums[..Lanes]);
        Vector256<double> m0 = default, m1 = default, m2 = default, m3 = default, q0 = default, q1 = default, q2 = default, q3 = default;
        int at = 0;
        for (int row = 0; row < HorizontalBasis.MagneticRows; row++, at += Width)
        {
            var b = Vector256.Create(basis[row]);
            q0 = Vector256.FusedMultiplyAdd(b, quiet[at], q0);
            q1 = Vector256.FusedMultiplyAdd(b, quiet[at + 1], q1);
            q2 = Vector256.FusedMultiplyAdd(b, quiet[at + 2], q2);
            m0 = Vector256.FusedMultiplyAdd(b, magnetic[at], m0);
            m1 = Vector256.FusedMultiplyAdd(b, magnetic[at + 1], m1);
            m2 = Vector256.FusedMultiplyAdd(b, magnetic[at + 2], m2);
        }
        for (int row = HorizontalBasis.MagneticRows; row < HorizontalBasis.Rows; row++, at += Width)
        {
            var b = Vector256.Create(basis[row]);
            q0 = Vector256.FusedMultiplyAdd(b, quiet[at], q0);
            q1 = Vector256.FusedMultiplyAdd(b, quiet[at + 1], q1);
            q2 = Vector256.FusedMultiplyAdd(b, quiet[at + 2], q2);
        }
        results[0] = Vector256.FusedMultiplyAdd(factors[0], m0, q0);
        results[1] = Vector256.FusedMultiplyAdd(factors[1], m1, q1);
        results[2] = Vector256.FusedMultiplyAdd(factors[2], m2, q2);
        if (!all) return;
        for (int row = 0; row < HorizontalBasis.Rows; row++)
        {
            var b = Vector256.Create(basis[row]);
            q3 = Vector256.FusedMultiplyAdd(b, quiet[row * Width + 3], q3);
            if (row < HorizontalBasis.MagneticRows) m3 = Vector256.FusedMultiplyAdd(b, magnetic[row * Width + 3], m3);
        }
        results[3] = Vector256.FusedMultiplyAdd(factors[3], m3, q3);
    }
}
