using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SsaShare.Orbits;

/// <summary>SGP4 in deep space, one satellite a lane, all with the same kind of resonance.</summary>
internal static class DeepKernel512
{
    /// <param name="block">First of the lanes of <see cref="Row.DeepCount"/> rows.</param>
    /// <param name="resonance"><see cref="Row.ResonanceCount"/> rows, kept from call to call with the same block; not read where there is no resonance.</param>
    /// <param name="minutes">Since each satellite's epoch: a row for each time; fastest in the order of time away from the epoch.</param>
    /// <param name="tiles">Receives <see cref="Row.StateCount"/> rows for each time.</param>
    /// <param name="errors">Receives a row of <see cref="Sgp4Error"/> for each time; zero before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref double block, ResonanceKind kind, ref double resonance, ref double minutes, int times, in LaneSetting setting, ref double tiles, ref byte errors)
    {
        for (int i = 0; i < times; i++)
        {
            V t = Vector512.LoadUnsafe(ref minutes, (nuint)(i * Row.Lanes)), t2 = t * t;
            V m = Get(ref block, Row.MeanAnomaly) + Get(ref block, Row.MeanAnomalyRate) * t;
            V g = Get(ref block, Row.Pericenter) + Get(ref block, Row.PericenterRate) * t + Get(ref block, Row.PericenterRateOfBodies) * t;
            V node = Get(ref block, Row.Node) + Get(ref block, Row.NodeRate) * t + Get(ref block, Row.NodeT2) * t2 + Get(ref block, Row.NodeRateOfBodies) * t;
            V inclination = Get(ref block, Row.Inclination) + Get(ref block, Row.InclinationRate) * t;
            V drag = V.One - Get(ref block, Row.C1) * t;
            V mean = Get(ref block, Row.Eccentricity) + Get(ref block, Row.EccentricityRate) * t - Get(ref block, Row.BStarC4) * t;

            V n = Get(ref block, Row.MeanMotion), a = Get(ref block, Row.SemiMajorAxis);
            if (kind == ResonanceKind.None)
            {
                m += Get(ref block, Row.MeanAnomalyRateOfBodies) * t;
            }
            else
            {
                V sidereal = Trig512.Reduce(Get(ref block, Row.SiderealAngle) + t * Vector512.Create(DeepSpaceTerms.EarthRate));
                Resonance512.At(ref block, kind, ref resonance, t, out V longitudeOfResonance, out n);
                m = kind == ResonanceKind.Synchronous ? longitudeOfResonance - node - g + sidereal : longitudeOfResonance - (node + node) + (sidereal + sidereal);
                a = Resonance512.SemiMajorAxis(n, a, setting.Xke);
            }
            a = a * drag * drag;
            V e = Vector512.Max(mean, Vector512.Create(Sgp4Reach.LeastEccentricity));
            m += Get(ref block, Row.MeanMotion) * (Get(ref block, Row.T2) * t2);
            V reach = Vector512.Max(Vector512.Max(Vector512.Abs(m), Vector512.Abs(g)), Vector512.Max(Vector512.Abs(node), Vector512.Abs(inclination)));
            V longitude = Trig512.Reduce(m + g + node);
            node = Trig512.Remainder(node);
            g = Trig512.Reduce(g);
            m = longitude - g - node;

            AddBodies(ref block, t, setting, ref e, ref inclination, ref node, ref g, ref m, out V sinI, out V cosI);

            V cos2 = cosI * cosI, onePlusCos = V.One + cosI, least = Vector512.Create(1.5e-12);
            V ofJ3 = Vector512.Create(setting.J3OverJ2) * sinI, perP = V.One / (a * Vector512.FusedMultiplyAdd(-e, e, V.One));
            V xlCof = Vector512.Create(-0.25) * ofJ3 * Vector512.FusedMultiplyAdd(Vector512.Create(5.0), cosI, Vector512.Create(3.0))
                / Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(onePlusCos), least), onePlusCos, least);
            Trig512.SinCos(g, out V sinG, out V cosG);
            V ax = e * cosG, ay = Vector512.FusedMultiplyAdd(e, sinG, perP * ofJ3 * Vector512.Create(-0.5));
            V u = Vector512.FusedMultiplyAdd(perP * xlCof, ax, m + g), reachOfU = Vector512.Abs(u), largest = Vector512.Create(Sgp4Reach.LargestAngle);

            var orbit = new ShortPeriodics512.Orbit(a, ax, ay, u, node);
            var plane = new ShortPeriodics512.Plane(
                sinI, cosI, Vector512.FusedMultiplyAdd(Vector512.Create(3.0), cos2, -V.One), V.One - cos2, Vector512.FusedMultiplyAdd(Vector512.Create(7.0), cos2, -V.One));
            ref double tile = ref Unsafe.Add(ref tiles, i * (Row.StateCount * Row.Lanes));
            ShortPeriodics512.ToState(orbit, plane, setting, ref tile, out V p, out V distance);
            if (Vector512.GreaterThanAll(n, V.Zero) && Vector512.LessThanAll(mean, V.One) && Vector512.GreaterThanOrEqualAll(mean, Vector512.Create(Sgp4Reach.LowestMeanEccentricity))
                && Vector512.GreaterThanOrEqualAll(e, V.Zero) && Vector512.LessThanOrEqualAll(e, V.One)
                && Vector512.GreaterThanOrEqualAll(p, Vector512.Create(Sgp4Reach.LeastSemiLatusRectum)) && Vector512.LessThanAll(Vector512.Max(reach, reachOfU), largest) && Vector512.GreaterThanOrEqualAll(distance, V.One)) continue;

            // The first error met is the one that counts.
            V codes = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(distance, V.One), V.Zero, Vector512.Create((double)Sgp4Error.Decayed));
            codes = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(p, Vector512.Create(Sgp4Reach.LeastSemiLatusRectum)), codes, Vector512.Create((double)Sgp4Error.SemiLatusRectum));
            codes = Vector512.ConditionalSelect(Vector512.LessThan(reachOfU, largest), codes, Vector512.Create((double)Sgp4Error.OutOfReach));
            V perturbed = Vector512.GreaterThanOrEqual(e, V.Zero) & Vector512.LessThanOrEqual(e, V.One);
            codes = Vector512.ConditionalSelect(perturbed, codes, Vector512.Create((double)Sgp4Error.PerturbedEccentricity));
            codes = Vector512.ConditionalSelect(Vector512.LessThan(reach, largest), codes, Vector512.Create((double)Sgp4Error.OutOfReach));
            V inRange = Vector512.LessThan(mean, V.One) & Vector512.GreaterThanOrEqual(mean, Vector512.Create(Sgp4Reach.LowestMeanEccentricity));
            codes = Vector512.ConditionalSelect(inRange, codes, Vector512.Create((double)Sgp4Error.MeanEccentricity));
            codes = Vector512.ConditionalSelect(Vector512.GreaterThan(n, V.Zero), codes, Vector512.Create((double)Sgp4Error.MeanMotion));
            codes = Vector512.ConditionalSelect(Vector512.Equals(t, t), codes, Vector512.Create((double)Sgp4Error.OutOfReach));
            ShortPeriodics512.Refuse(codes, ref tile, ref Unsafe.Add(ref errors, i * Row.Lanes));
        }
    }

    /// <summary>The periodics of Sun and Moon; near the equator in the form of Lyddane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBodies(ref double block, V t, in LaneSetting setting, ref V e, ref V inclination, ref V node, ref V g, ref V m, out V sinI, out V cosI)
    {
        Body(ref block, Row.Sun, t, ThirdBody.SunRate, ThirdBody.SunEccentricity, out V sunE, out V sunI, out V sunL, out V sunG, out V sunH);
        Body(ref block, Row.Moon, t, ThirdBody.MoonRate, ThirdBody.MoonEccentricity, out V moonE, out V moonI, out V moonL, out V moonG, out V moonH);
        V ofI = sunI + moonI, ofL = sunL + moonL, ofG = sunG + moonG, ofH = sunH + moonH;
        e += sunE + moonE;
        inclination += ofI;
        Trig512.SinCos(inclination, out sinI, out cosI);
        V turn = ofH / sinI, newNode = node + turn, newG = g + Vector512.FusedMultiplyAdd(-cosI, turn, ofG);
        V newM = m + ofL, lyddane = Vector512.Create(DeepSpaceTerms.LyddaneInclination);
        if (Vector512.LessThanAny(inclination, lyddane))
        {
            Trig512.SinCos(node, out V sinNode, out V cosNode);
            V alpha = sinI * sinNode + (ofH * cosNode + ofI * cosI * sinNode);
            V beta = sinI * cosNode + (-ofH * sinNode + ofI * cosI * cosNode);
            V negative = Vector512.Create(setting.TurnOfNegativeNode), before = node + (negative & Vector512.LessThan(node, V.Zero));
            V sum = m + g + cosI * before + (ofL + ofG - ofI * before * sinI);
            V after = Trig512.Atan2(alpha, beta);
            after += negative & Vector512.LessThan(after, V.Zero);
            V whole = Vector512.ConditionalSelect(Vector512.LessThan(after, before), Vector512.Create(Math.Tau), Vector512.Create(-Math.Tau));
            after += whole & Vector512.GreaterThan(Vector512.Abs(before - after), Vector512.Create(Math.PI));
            V lyddaneG = sum - newM - cosI * after;

            V low = Vector512.LessThan(inclination, lyddane), below = Vector512.LessThan(inclination, V.Zero);
            newNode = Vector512.ConditionalSelect(low, after + (Vector512.Create(Math.PI) & below), newNode);
            newG = Vector512.ConditionalSelect(low, lyddaneG - (Vector512.Create(Math.PI) & below), newG);
            sinI ^= below & Vector512.Create(-0.0);
        }
        (node, g, m) = (newNode, newG, newM);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Body(ref double block, int first, V t, double rate, double eccentricity, out V e, out V i, out V l, out V g, out V h)
    {
        V mean = Get(ref block, first + Row.Phase) + Vector512.Create(rate) * t;
        Trig512.SinCos(mean, out V sin, out V cos);
        Trig512.Turn(Vector512.Create(2 * eccentricity) * sin, ref sin, ref cos);
        V f2 = Vector512.FusedMultiplyAdd(Vector512.Create(0.5) * sin, sin, Vector512.Create(-0.25)), f3 = Vector512.Create(-0.5) * sin * cos;
        e = Vector512.FusedMultiplyAdd(Get(ref block, first + Row.E2), f2, Get(ref block, first + Row.E3) * f3);
        i = Vector512.FusedMultiplyAdd(Get(ref block, first + Row.I2), f2, Get(ref block, first + Row.I3) * f3);
        h = Vector512.FusedMultiplyAdd(Get(ref block, first + Row.H2), f2, Get(ref block, first + Row.H3) * f3);
        l = Vector512.FusedMultiplyAdd(Get(ref block, first + Row.L2), f2, Vector512.FusedMultiplyAdd(Get(ref block, first + Row.L3), f3, Get(ref block, first + Row.L4) * sin));
        g = Vector512.FusedMultiplyAdd(Get(ref block, first + Row.G2), f2, Vector512.FusedMultiplyAdd(Get(ref block, first + Row.G3), f3, Get(ref block, first + Row.G4) * sin));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Get(ref double block, int row) => Vector512.LoadUnsafe(ref block, (nuint)(row * Row.Lanes));
}
