using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SsaShare.Orbits;

/// <summary><see cref="ShortPeriodics"/> in lanes: from the eccentric longitude's equation to position and velocity.</summary>
internal static class ShortPeriodics512
{
    /// <summary>Mean elements with the long-period terms: Earth radii, rad.</summary>
    /// <param name="u">Mean anomaly and argument of pericentre together.</param>
    public readonly ref struct Orbit(V a, V ax, V ay, V u, V node)
    {
        public readonly V A = a, Ax = ax, Ay = ay, U = u, Node = node;
    }

    /// <summary>Sine and cosine of the inclination and what follows from them.</summary>
    public readonly ref struct Plane(V sin, V cos, V threeCos2Minus1, V oneMinusCos2, V sevenCos2Minus1)
    {
        public readonly V Sin = sin, Cos = cos, ThreeCos2Minus1 = threeCos2Minus1, OneMinusCos2 = oneMinusCos2, SevenCos2Minus1 = sevenCos2Minus1;
    }

    /// <summary>Writes the states of the lanes. The caller looks for errors, with these two among others.</summary>
    /// <param name="p">Semi-latus rectum, Earth radii: an error below 0.</param>
    /// <param name="distance">From the centre, Earth radii: an error below 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToState(in Orbit orbit, in Plane plane, in LaneSetting setting, ref double tile, out V p, out V distance)
    {
        V a = orbit.A, ax = orbit.Ax, ay = orbit.Ay;
        Kepler(orbit.U, ax, ay, out V sinE, out V cosE);
        V eCosE = Vector512.FusedMultiplyAdd(ax, cosE, ay * sinE), eSinE = Vector512.FusedMultiplyAdd(ax, sinE, -(ay * cosE));
        V oneMinusE2 = V.One - Vector512.FusedMultiplyAdd(ax, ax, ay * ay);
        p = a * oneMinusE2;
        V sqrtA = Vector512.Sqrt(a), beta = Vector512.Sqrt(oneMinusE2), r = a * (V.One - eCosE), perR = V.One / r, rootPerR = sqrtA * perR;
        V k = eSinE / (V.One + beta), aPerR = a * perR;
        V sinU = aPerR * Vector512.FusedMultiplyAdd(-ax, k, sinE - ay), cosU = aPerR * Vector512.FusedMultiplyAdd(ay, k, cosE - ax);
        V sin2U = (cosU + cosU) * sinU, cos2U = Vector512.FusedMultiplyAdd(-(sinU + sinU), sinU, V.One);

        // One division for 1/p and 1/a^1.5.
        V a32 = a * sqrtA, motion = Vector512.Create(setting.HalfJ2) / (p * a32), j2PerP = motion * a32, j2PerP2 = j2PerP * j2PerP * Vector512.Create(1 / setting.HalfJ2);
        V squash = j2PerP2 * Vector512.Create(1.5), flat = plane.OneMinusCos2 * cos2U;
        distance = Vector512.FusedMultiplyAdd(r, Vector512.FusedMultiplyAdd(-(squash * beta), plane.ThreeCos2Minus1, V.One), Vector512.Create(0.5) * j2PerP * flat);
        V outward = Vector512.FusedMultiplyAdd(rootPerR, eSinE, -(motion * plane.OneMinusCos2 * sin2U));
        V transverse = Vector512.FusedMultiplyAdd(rootPerR, beta, motion * Vector512.FusedMultiplyAdd(Vector512.Create(1.5), plane.ThreeCos2Minus1, flat));

        V turnOfNode = squash * plane.Cos * sin2U, sinI = plane.Sin, cosI = plane.Cos;
        Trig512.Turn(Vector512.Create(-0.25) * j2PerP2 * plane.SevenCos2Minus1 * sin2U, ref sinU, ref cosU);
        Trig512.SinCos(orbit.Node + turnOfNode, out V sinNode, out V cosNode);
        Trig512.Turn(squash * plane.Cos * plane.Sin * cos2U, ref sinI, ref cosI);

        V mx = -(sinNode * cosI), my = cosNode * cosI;
        V ux = Vector512.FusedMultiplyAdd(mx, sinU, cosNode * cosU), uy = Vector512.FusedMultiplyAdd(my, sinU, sinNode * cosU), uz = sinI * sinU;
        V vx = Vector512.FusedMultiplyAdd(mx, cosU, -(cosNode * sinU)), vy = Vector512.FusedMultiplyAdd(my, cosU, -(sinNode * sinU)), vz = sinI * cosU;
        V km = distance * Vector512.Create(setting.EarthRadiusKm);
        outward *= Vector512.Create(setting.KmPerSecond);
        transverse *= Vector512.Create(setting.KmPerSecond);
        (ux * km).StoreUnsafe(ref tile, Row.X * Row.Lanes);
        (uy * km).StoreUnsafe(ref tile, Row.Y * Row.Lanes);
        (uz * km).StoreUnsafe(ref tile, Row.Z * Row.Lanes);
        Vector512.FusedMultiplyAdd(outward, ux, transverse * vx).StoreUnsafe(ref tile, Row.Vx * Row.Lanes);
        Vector512.FusedMultiplyAdd(outward, uy, transverse * vy).StoreUnsafe(ref tile, Row.Vy * Row.Lanes);
        Vector512.FusedMultiplyAdd(outward, uz, transverse * vz).StoreUnsafe(ref tile, Row.Vz * Row.Lanes);
    }

    /// <summary>Where a lane has an error, its number, and no state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refuse(V codes, ref double tile, ref byte errors)
    {
        V failed = Vector512.GreaterThan(codes, V.Zero);
        for (int row = 0; row < Row.StateCount; row++)
        {
            nuint at = (nuint)(row * Row.Lanes);
            Vector512.ConditionalSelect(failed, Vector512.Create(double.NaN), Vector512.LoadUnsafe(ref tile, at)).StoreUnsafe(ref tile, at);
        }
        for (int lane = 0; lane < V.Count; lane++) Unsafe.Add(ref errors, lane) = (byte)codes[lane];
    }

    /// <summary>Newton's method; a lane that has converged stands still.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Kepler(V u, V ax, V ay, out V sin, out V cos)
    {
        Trig512.SinCos(u, out V s, out V c);
        V gone = V.Zero, active = V.AllBitsSet;
        for (int steps = 0; steps < LaneSetting.KeplerSteps; steps++)
        {
            V rest = Vector512.FusedMultiplyAdd(ax, s, Vector512.FusedMultiplyAdd(-ay, c, -gone));
            V slope = Vector512.FusedMultiplyAdd(-ay, s, Vector512.FusedMultiplyAdd(-ax, c, V.One));
            V step = Vector512.Min(Vector512.Max(rest / slope, Vector512.Create(-LaneSetting.KeplerLongestStep)), Vector512.Create(LaneSetting.KeplerLongestStep)) & active;
            gone += step;
            Trig512.Turn(step, ref s, ref c);
            active = Vector512.GreaterThanOrEqual(Vector512.Abs(step), Vector512.Create(LaneSetting.KeplerTolerance));
            if (active == V.Zero) break;
        }
        (sin, cos) = (s, c);
    }
}
