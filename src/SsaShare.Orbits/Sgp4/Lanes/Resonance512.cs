using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SsaShare.Orbits;

/// <summary><see cref="Resonance"/> in lanes, each stepping by itself. Where it stands is kept between times, so that later times cost only the steps between.</summary>
internal static class Resonance512
{
    /// <summary>Puts the lanes at their epochs.</summary>
    public static void Start(ref double block, ResonanceKind kind, ref double resonance)
    {
        V longitude = Get(ref block, Row.ResonantLongitude), motion = Get(ref block, Row.MeanMotion);
        Rates(ref block, kind, V.Zero, longitude, motion, out V longitudeRate, out V motionRate, out V motionRateRate);
        Set(ref resonance, Row.Minutes, V.Zero);
        Set(ref resonance, Row.Longitude, longitude);
        Set(ref resonance, Row.Motion, motion);
        Set(ref resonance, Row.LongitudeRate, longitudeRate);
        Set(ref resonance, Row.MotionRate, motionRate);
        Set(ref resonance, Row.MotionRateRate, motionRateRate);
        Set(ref resonance, Row.StartLongitudeRate, longitudeRate);
        Set(ref resonance, Row.StartMotionRate, motionRate);
        Set(ref resonance, Row.StartMotionRateRate, motionRateRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At(ref double block, ResonanceKind kind, ref double resonance, V t, out V longitude, out V motion)
    {
        V at = Get(ref resonance, Row.Minutes), rest = t - at;
        if (Vector512.GreaterThanOrEqualAny(Vector512.Abs(rest), Vector512.Create(Resonance.StepMinutes)) || Vector512.LessThanAny(rest * at, V.Zero))
        {
            Advance(ref block, kind, ref resonance, t);
            rest = t - Get(ref resonance, Row.Minutes);
        }
        V half = rest * rest * Vector512.Create(0.5), rate = Get(ref resonance, Row.MotionRate);
        longitude = Get(ref resonance, Row.Longitude) + Get(ref resonance, Row.LongitudeRate) * rest + rate * half;
        motion = Get(ref resonance, Row.Motion) + rate * rest + Get(ref resonance, Row.MotionRateRate) * half;
    }

    /// <summary>The semi-major axis of a mean motion near that of the elements, by Halley's method for the cube root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SemiMajorAxis(V motion, V start, double xke)
    {
        V perMotion = Vector512.Create(xke) / motion, cube = perMotion * perMotion, a = start, active = V.AllBitsSet;
        for (int i = 0; i < 20; i++)
        {
            V a3 = a * a * a, next = a * ((a3 + cube + cube) / (a3 + a3 + cube)), change = Vector512.Abs(next - a);
            a = Vector512.ConditionalSelect(active, next, a);
            active &= Vector512.GreaterThan(change, a * Vector512.Create(1e-6));
            if (active == V.Zero) break;
        }
        return a;
    }

    /// <summary>Steps every lane to within half a day of its time; one that stands beyond its time, or on the other side of the epoch, starts anew.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Advance(ref double block, ResonanceKind kind, ref double resonance, V t)
    {
        V at = Get(ref resonance, Row.Minutes), longitude = Get(ref resonance, Row.Longitude), motion = Get(ref resonance, Row.Motion);
        V longitudeRate = Get(ref resonance, Row.LongitudeRate), motionRate = Get(ref resonance, Row.MotionRate), motionRateRate = Get(ref resonance, Row.MotionRateRate);
        V anew = Vector512.LessThan((t - at) * at, V.Zero);
        at = Vector512.ConditionalSelect(anew, V.Zero, at);
        longitude = Vector512.ConditionalSelect(anew, Get(ref block, Row.ResonantLongitude), longitude);
        motion = Vector512.ConditionalSelect(anew, Get(ref block, Row.MeanMotion), motion);
        longitudeRate = Vector512.ConditionalSelect(anew, Get(ref resonance, Row.StartLongitudeRate), longitudeRate);
        motionRate = Vector512.ConditionalSelect(anew, Get(ref resonance, Row.StartMotionRate), motionRate);
        motionRateRate = Vector512.ConditionalSelect(anew, Get(ref resonance, Row.StartMotionRateRate), motionRateRate);

        V stepSize = Vector512.Create(Resonance.StepMinutes), halfSquared = Vector512.Create(Resonance.HalfStepSquared);
        V step = Vector512.ConditionalSelect(Vector512.GreaterThan(t, V.Zero), stepSize, -stepSize);
        while (true)
        {
            V behind = Vector512.GreaterThanOrEqual(Vector512.Abs(t - at), stepSize);
            if (behind.AsInt64() == Vector512<long>.Zero) break;
            V nextLongitude = longitude + longitudeRate * step + motionRate * halfSquared, nextMotion = motion + motionRate * step + motionRateRate * halfSquared;
            at = Vector512.ConditionalSelect(behind, at + step, at);
            longitude = Vector512.ConditionalSelect(behind, nextLongitude, longitude);
            motion = Vector512.ConditionalSelect(behind, nextMotion, motion);
            Rates(ref block, kind, at, longitude, motion, out longitudeRate, out motionRate, out motionRateRate);
        }
        Set(ref resonance, Row.Minutes, at);
        Set(ref resonance, Row.Longitude, longitude);
        Set(ref resonance, Row.Motion, motion);
        Set(ref resonance, Row.LongitudeRate, longitudeRate);
        Set(ref resonance, Row.MotionRate, motionRate);
        Set(ref resonance, Row.MotionRateRate, motionRateRate);
    }

    private static void Rates(ref double block, ResonanceKind kind, V at, V longitude, V motion, out V longitudeRate, out V motionRate, out V motionRateRate)
    {
        longitudeRate = motion + Get(ref block, Row.ResonantDrift);
        V pericenter = Get(ref block, Row.Pericenter) + Get(ref block, Row.PericenterRate) * at, force = V.Zero, slope = V.Zero;
        var harmonics = kind == ResonanceKind.Synchronous ? Resonance.SynchronousHarmonics : Resonance.HalfDayHarmonics;
        for (int term = 0; term < harmonics.Length; term++)
        {
            var (ofPericenter, ofLongitude, phase) = harmonics[term];
            V argument = Vector512.Create(ofPericenter) * pericenter + Vector512.Create(ofLongitude) * longitude - Vector512.Create(phase);
            Trig512.SinCos(argument, out V sin, out V cos);
            V strength = Get(ref block, Row.Strengths + term);
            force += strength * sin;
            slope += Vector512.Create(ofLongitude) * strength * cos;
        }
        motionRate = force;
        motionRateRate = slope * longitudeRate;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Get(ref double rows, int row) => Vector512.LoadUnsafe(ref rows, (nuint)(row * Row.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(ref double rows, int row, V value) => value.StoreUnsafe(ref rows, (nuint)(row * Row.Lanes));
}
