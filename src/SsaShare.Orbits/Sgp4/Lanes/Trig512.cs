using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SsaShare.Orbits;

/// <summary>Angles, eight lanes at a time. A lane's result never depends on the other lanes.</summary>
internal static class Trig512
{
    /// <summary>To 2e-16 up to 1e9 rad: the quadrant is taken off in two steps without rounding between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(V x, out V sin, out V cos)
    {
        V shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(Polynomials.TwoOverPi), Vector512.Create(Polynomials.RoundingShift));
        V quadrants = shifted - Vector512.Create(Polynomials.RoundingShift);
        V r = Vector512.FusedMultiplyAdd(quadrants, Vector512.Create(-Polynomials.HalfPi), x);
        r = Vector512.FusedMultiplyAdd(quadrants, Vector512.Create(-Polynomials.HalfPiRest), r);
        V z = r * r, z2 = z * z;

        // Both by pairs of terms: shorter chains than Horner's.
        V s = Vector512.FusedMultiplyAdd(z2, Pair(z, Polynomials.S4, Polynomials.S5), Pair(z, Polynomials.S2, Polynomials.S3));
        s = Vector512.FusedMultiplyAdd(z2, s, Pair(z, Polynomials.S0, Polynomials.S1));
        s = Vector512.FusedMultiplyAdd(r * z, s, r);
        V c = Vector512.FusedMultiplyAdd(z2, Pair(z, Polynomials.C4, Polynomials.C5), Pair(z, Polynomials.C2, Polynomials.C3));
        c = Vector512.FusedMultiplyAdd(z2, c, Pair(z, Polynomials.C0, Polynomials.C1));
        c = Vector512.FusedMultiplyAdd(z2, c, Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5), V.One));

        var quadrant = shifted.AsInt64();
        V odd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        V sinSign = ((quadrant << 62) & Vector512.Create(long.MinValue)).AsDouble();
        V cosSign = (((quadrant + Vector512<long>.One) << 62) & Vector512.Create(long.MinValue)).AsDouble();
        sin = Vector512.ConditionalSelect(odd, c, s) ^ sinSign;
        cos = Vector512.ConditionalSelect(odd, s, c) ^ cosSign;
    }

    /// <summary>Turns a direction given by sine and cosine on by an angle that is mostly small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(V angle, ref V sin, ref V cos)
    {
        V z = angle * angle;
        V s = Vector512.FusedMultiplyAdd(z * z, Pair(z, Polynomials.SmallS2, Polynomials.SmallS3), Pair(z, Polynomials.SmallS0, Polynomials.SmallS1));
        s = Vector512.FusedMultiplyAdd(angle * z, s, angle);
        V oneMinusCos = Vector512.FusedMultiplyAdd(z, Vector512.Create(Polynomials.SmallC2), Vector512.Create(Polynomials.SmallC1));
        oneMinusCos = Vector512.FusedMultiplyAdd(z, oneMinusCos, Vector512.Create(Polynomials.SmallC0));
        oneMinusCos = z * Vector512.FusedMultiplyAdd(-z, oneMinusCos, Vector512.Create(0.5));
        V size = Vector512.Abs(angle);
        if (Vector512.GreaterThanAny(size, Vector512.Create(Polynomials.SmallTurn)))
        {
            SinCos(angle, out V wideSin, out V wideCos);
            V wide = Vector512.GreaterThan(size, Vector512.Create(Polynomials.SmallTurn));
            s = Vector512.ConditionalSelect(wide, wideSin, s);
            oneMinusCos = Vector512.ConditionalSelect(wide, V.One - wideCos, oneMinusCos);
        }
        V turned = Vector512.FusedMultiplyAdd(cos, s, Vector512.FusedMultiplyAdd(-sin, oneMinusCos, sin));
        cos = Vector512.FusedMultiplyAdd(-sin, s, Vector512.FusedMultiplyAdd(-cos, oneMinusCos, cos));
        sin = turned;
    }

    /// <summary>The angle less whole turns, about -π to π, exactly with 2π as a double: as the remainder that the scalar form takes, a turn apart at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce(V angle)
    {
        V turns = Vector512.FusedMultiplyAdd(angle, Vector512.Create(1 / Math.Tau), Vector512.Create(Polynomials.RoundingShift)) - Vector512.Create(Polynomials.RoundingShift);
        return Vector512.FusedMultiplyAdd(turns, Vector512.Create(-Math.Tau), angle);
    }

    /// <summary>The same with the sign of the angle kept, -2π to 2π.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Remainder(V angle)
    {
        V turns = Vector512.Truncate(angle * Vector512.Create(1 / Math.Tau));
        return Vector512.FusedMultiplyAdd(turns, Vector512.Create(-Math.Tau), angle);
    }

    /// <summary>-π to π, to 5e-16; not a number for (0, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan2(V y, V x)
    {
        V ax = Vector512.Abs(x), ay = Vector512.Abs(y);
        V steep = Vector512.GreaterThan(ay, ax);
        V ratio = Vector512.Min(ax, ay) / Vector512.Max(ax, ay);
        V upper = Vector512.GreaterThan(ratio, Vector512.Create(Polynomials.TanEighthPi));
        V q = Vector512.ConditionalSelect(upper, (ratio - V.One) / (ratio + V.One), ratio);
        V z = q * q, z2 = z * z, z4 = z2 * z2;
        V low = Vector512.FusedMultiplyAdd(z2, Pair(z, Polynomials.A2, Polynomials.A3), Pair(z, Polynomials.A0, Polynomials.A1));
        V high = Vector512.FusedMultiplyAdd(z2, Pair(z, Polynomials.A6, Polynomials.A7), Pair(z, Polynomials.A4, Polynomials.A5));
        high = Vector512.FusedMultiplyAdd(z4, Pair(z, Polynomials.A8, Polynomials.A9), high);
        V angle = Vector512.FusedMultiplyAdd(q * z, Vector512.FusedMultiplyAdd(z4, high, low), q);
        angle += Vector512.ConditionalSelect(upper, Vector512.Create(Math.PI / 4), V.Zero);
        angle = Vector512.ConditionalSelect(steep, Vector512.Create(Math.PI / 2) - angle, angle);
        angle = Vector512.ConditionalSelect(Vector512.LessThan(x, V.Zero), Vector512.Create(Math.PI) - angle, angle);
        return Vector512.ConditionalSelect(Vector512.LessThan(y, V.Zero), -angle, angle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V z, double even, double odd) => Vector512.FusedMultiplyAdd(z, Vector512.Create(odd), Vector512.Create(even));
}
