using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SsaShare.Orbits;

/// <summary>SGP4 near Earth, one satellite a lane. The secular angles are rounded exactly as <see cref="Sgp4Propagator"/> rounds them; the rest fuses.</summary>
internal static class NearKernel512
{
    /// <param name="block">First of the lanes of <see cref="Row.NearCount"/> rows.</param>
    /// <param name="minutes">Since each satellite's epoch: a row for each time.</param>
    /// <param name="tiles">Receives <see cref="Row.StateCount"/> rows for each time.</param>
    /// <param name="errors">Receives a row of <see cref="Sgp4Error"/> for each time; zero before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref double block, ref double minutes, int times, in LaneSetting setting, ref double tiles, ref byte errors)
    {
        for (int i = 0; i < times; i++)
        {
            V t = Vector512.LoadUnsafe(ref minutes, (nuint)(i * Row.Lanes)), t2 = t * t, t3 = t2 * t, t4 = t3 * t;
            V m = Get(ref block, Row.MeanAnomaly) + Get(ref block, Row.MeanAnomalyRate) * t;
            V g = Get(ref block, Row.Pericenter) + Get(ref block, Row.PericenterRate) * t;
            V node = Get(ref block, Row.Node) + Get(ref block, Row.NodeRate) * t + Get(ref block, Row.NodeT2) * t2;

            Trig512.SinCos(m, out V sinM, out V cosM);
            V eta = Vector512.FusedMultiplyAdd(Get(ref block, Row.Eta), cosM, V.One);
            V turn = Get(ref block, Row.PericenterT) * t + Get(ref block, Row.AnomalyOfEta) * (eta * eta * eta - Get(ref block, Row.EtaCubed));
            Trig512.Turn(turn, ref sinM, ref cosM);
            m += turn;
            g -= turn;
            V drag = V.One - Get(ref block, Row.C1) * t - Get(ref block, Row.D2) * t2 - Get(ref block, Row.D3) * t3 - Get(ref block, Row.D4) * t4;
            V eDrag = Get(ref block, Row.BStarC4) * t + Get(ref block, Row.BStarC5) * (sinM - Get(ref block, Row.SinMeanAnomaly));
            V longitudeDrag = Get(ref block, Row.T2) * t2 + (Get(ref block, Row.T3) * t3 + t4 * (Get(ref block, Row.T4) + t * Get(ref block, Row.T5)));

            V a = Get(ref block, Row.SemiMajorAxis) * drag * drag, mean = Get(ref block, Row.Eccentricity) - eDrag;
            V e = Vector512.Max(mean, Vector512.Create(Sgp4Reach.LeastEccentricity));
            m += Get(ref block, Row.MeanMotion) * longitudeDrag;
            V reach = Vector512.Max(Vector512.Max(Vector512.Abs(m), Vector512.Abs(g)), Vector512.Abs(node));
            V longitude = Trig512.Reduce(m + g + node);
            node = Trig512.Reduce(node);
            Trig512.SinCos(Trig512.Reduce(g), out V sinG, out V cosG);
            V perP = V.One / (a * Vector512.FusedMultiplyAdd(-e, e, V.One));
            V ax = e * cosG, ay = Vector512.FusedMultiplyAdd(e, sinG, perP * Get(ref block, Row.AyCof));
            V u = Vector512.FusedMultiplyAdd(perP * Get(ref block, Row.XlCof), ax, longitude - node);
            reach = Vector512.Max(reach, Vector512.Abs(u));

            var orbit = new ShortPeriodics512.Orbit(a, ax, ay, u, node);
            var plane = new ShortPeriodics512.Plane(
                Get(ref block, Row.SinInclination), Get(ref block, Row.CosInclination),
                Get(ref block, Row.ThreeCosI2Minus1), Get(ref block, Row.OneMinusCosI2), Get(ref block, Row.SevenCosI2Minus1));
            ref double tile = ref Unsafe.Add(ref tiles, i * (Row.StateCount * Row.Lanes));
            ShortPeriodics512.ToState(orbit, plane, setting, ref tile, out V p, out V distance);
            if (Vector512.LessThanAll(mean, V.One) && Vector512.GreaterThanOrEqualAll(mean, Vector512.Create(Sgp4Reach.LowestMeanEccentricity))
                && Vector512.GreaterThanOrEqualAll(p, Vector512.Create(Sgp4Reach.LeastSemiLatusRectum)) && Vector512.LessThanAll(reach, Vector512.Create(Sgp4Reach.LargestAngle)) && Vector512.GreaterThanOrEqualAll(distance, V.One)) continue;

            // The first error met is the one that counts.
            V codes = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(distance, V.One), V.Zero, Vector512.Create((double)Sgp4Error.Decayed));
            codes = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(p, Vector512.Create(Sgp4Reach.LeastSemiLatusRectum)), codes, Vector512.Create((double)Sgp4Error.SemiLatusRectum));
            codes = Vector512.ConditionalSelect(Vector512.LessThan(reach, Vector512.Create(Sgp4Reach.LargestAngle)), codes, Vector512.Create((double)Sgp4Error.OutOfReach));
            V inRange = Vector512.LessThan(mean, V.One) & Vector512.GreaterThanOrEqual(mean, Vector512.Create(Sgp4Reach.LowestMeanEccentricity));
            codes = Vector512.ConditionalSelect(inRange, codes, Vector512.Create((double)Sgp4Error.MeanEccentricity));
            codes = Vector512.ConditionalSelect(Vector512.GreaterThan(Get(ref block, Row.MeanMotion), V.Zero), codes, Vector512.Create((double)Sgp4Error.MeanMotion));
            codes = Vector512.ConditionalSelect(Vector512.Equals(t, t), codes, Vector512.Create((double)Sgp4Error.OutOfReach));
            ShortPeriodics512.Refuse(codes, ref tile, ref Unsafe.Add(ref errors, i * Row.Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Get(ref double block, int row) => Vector512.LoadUnsafe(ref block, (nuint)(row * Row.Lanes));
}
