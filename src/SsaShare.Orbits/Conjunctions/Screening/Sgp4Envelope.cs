using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Where one element set keeps an object over a span: between which distances from the centre (the perigee and apogee filter), and from when to when its drag terms describe an orbit at all.
/// </summary>
/// <remarks>
/// <para>
/// SGP4's semi-major axis is a·q² with q = 1 - C1·t - D2·t² - D3·t³ - D4·t⁴ (deep space: C1 alone), a series in the time from the epoch. Far from it q falls through zero and the square rises again without
/// end: a satellite that has long decayed comes back as one beyond the Moon, at any speed. From the first instant on at which the axis has left <see cref="LeastAxis"/> to <see cref="LargestGrowth"/> there is no orbit.
/// </para>
/// <para>
/// Distance. r = a(1 - e'·cos E')·(1 - ¾·J2·β·(3cos²i - 1)/p²) + ¼·J2·sin²i·cos 2u/p with e' at most e plus the long-period term (Spacetrack Report 3, section 6). The axis is bounded by q at the
/// middle of the span and the largest |q'|; the eccentricity by its secular and periodic drag and, in deep space, by the sum of the coefficients of Sun and Moon. Resonant orbits, whose mean motion librates,
/// have no shell.
/// </para>
/// </remarks>
internal readonly record struct Sgp4Envelope
{
    /// <summary>Earth radii: decayed whatever the eccentricity. Elements that begin below it may sink by as much.</summary>
    private const double LeastAxis = 0.95;

    /// <summary>Drag that is negative, or followed backward in time, may not make an axis larger than this many times the one at epoch.</summary>
    private const double LargestGrowth = 1.5;

    /// <summary>Steps from the epoch to the span in which the end of the orbit is looked for.</summary>
    private const int Steps = 128;

    /// <summary>Single precision and the kernels' rounding, km.</summary>
    private const double RoundingKm = 0.01;

    private const double NsPerMinute = 60e9;

    public Sgp4Envelope(Sgp4Propagator satellite, Epoch start, Epoch end)
    {
        var terms = satellite.Terms;
        (From, To) = (long.MinValue, long.MaxValue);
        (LowKm, HighKm, AxisKm, Eccentricity) = (0, double.PositiveInfinity, terms.SemiMajorAxis * terms.Gravity.EarthRadiusKm, Math.Clamp(terms.Eccentricity, 0, 1));
        double first = start.SecondsSince(satellite.Elements.Epoch) / 60, last = end.SecondsSince(satellite.Elements.Epoch) / 60;
        double exitBefore = Exit(terms, Math.Min(first, 0)) ?? double.NegativeInfinity, exitAfter = Exit(terms, Math.Max(last, 0)) ?? double.PositiveInfinity;
        long epoch = satellite.Elements.Epoch.NanosecondsSinceJ2000;
        if (exitBefore > first) From = epoch + (long)(exitBefore * NsPerMinute);
        if (exitAfter < last) To = epoch + (long)(exitAfter * NsPerMinute);
        (first, last) = (Math.Max(first, exitBefore), Math.Min(last, exitAfter));
        IsNever = !(first <= last);
        if (IsNever) return;
        FurthestMinutes = Math.Max(Math.Abs(first), Math.Abs(last));

        double half = 0.5 * (last - first), middle = first + half, furthest = FurthestMinutes;
        double q = Share(terms, middle), slip = half * (Math.Abs(terms.C1) + furthest * (2 * Math.Abs(terms.D2) + furthest * (3 * Math.Abs(terms.D3) + 4 * furthest * Math.Abs(terms.D4))));
        double a = terms.SemiMajorAxis, least = a * Math.Pow(Math.Max(0, q - slip), 2), most = a * Math.Pow(q + slip, 2);
        double e = terms.Eccentricity - terms.BStarC4 * middle, spread = Math.Abs(terms.BStarC4) * half + Math.Abs(terms.BStarC5) * (1 + Math.Abs(terms.SinMeanAnomaly));
        if (satellite.DeepSpace is { } deep)
        {
            e += deep.Rates.Eccentricity * middle;
            spread += Math.Abs(deep.Rates.Eccentricity) * half + Periodics(deep.Sun) + Periodics(deep.Moon);
        }
        double largest = Math.Max(e + spread, Sgp4Reach.LeastEccentricity);
        (AxisKm, Eccentricity) = (most * terms.Gravity.EarthRadiusKm, Math.Min(1, largest));
        Mismatch = Math.Max(Unlike(terms, first), Math.Max(Unlike(terms, middle), Unlike(terms, last)));
        MayFlicker = !terms.IsDeepSpace && !(e - spread > Sgp4Reach.LowestMeanEccentricity && largest < 1);
        if (satellite.DeepSpace?.Resonance is not null) return;

        double semiLatus = least * (1 - largest * largest), eccentricity = largest + 0.5 * Math.Abs(terms.Gravity.J3OverJ2) / semiLatus;
        if (!(largest < 1 && eccentricity < 1 && semiLatus > 0)) return;
        double p = least * (1 - eccentricity * eccentricity), share = 1.5 * terms.Gravity.J2 / (p * p), swing = 0.25 * terms.Gravity.J2 / p;
        LowKm = Math.Max(0, (least * (1 - eccentricity) * (1 - share) - swing) * terms.Gravity.EarthRadiusKm - RoundingKm);
        HighKm = (most * (1 + eccentricity) * (1 + share) + swing) * terms.Gravity.EarthRadiusKm + RoundingKm;
        IsSurelyKnown = From == long.MinValue && To == long.MaxValue && LowKm > terms.Gravity.EarthRadiusKm && e - spread > (terms.IsDeepSpace ? 0 : Sgp4Reach.LowestMeanEccentricity) && furthest < Sgp4Reach.LongestMinutes;
    }

    /// <summary>Nanoseconds since J2000 of TAI from which on the elements describe an orbit.</summary>
    public long From { get; private init; }

    /// <summary>Up to this instant.</summary>
    public long To { get; private init; }

    /// <summary>No instant of the span is between the two.</summary>
    public bool IsNever { get; private init; }

    /// <summary>From the epoch to that end of the span, as far as it is between the two, that is further away.</summary>
    public double FurthestMinutes { get; }

    /// <summary>SGP4 has a state at every instant of the span.</summary>
    public bool IsSurelyKnown { get; private init; }

    /// <summary>The eccentricity may leave what SGP4 has states for, and come back, within one revolution: its periodic drag swings with the anomaly.</summary>
    public bool MayFlicker { get; }

    /// <summary>Never nearer to the centre, km.</summary>
    public double LowKm { get; }

    /// <summary>Never further, km; infinite where there is no bound.</summary>
    public double HighKm { get; }

    /// <summary>Largest semi-major axis, km.</summary>
    public double AxisKm { get; }

    /// <summary>Largest mean eccentricity, at most 1.</summary>
    public double Eccentricity { get; }

    /// <summary>By how much of itself the pull of the Earth differs from what the turning in longitude and the axis ask for: the two series of drag part with time.</summary>
    public double Mismatch { get; }

    /// <summary>
    /// The part of a span, from the instant nearest to the epoch outward, in which the acceleration beyond the Earth's pull (<see cref="MotionBound.Sgp4Extra"/>, km/s²) stays within
    /// <see cref="MotionBound.LargestSgp4Extra"/>: close to the end of an orbit drag moves it as no orbit moves.
    /// </summary>
    public static (Sgp4Envelope Envelope, double Extra) Bounded(Sgp4Propagator satellite, Epoch start, Epoch end)
    {
        long from = start.NanosecondsSinceJ2000, to = end.NanosecondsSinceJ2000;
        var (whole, extra) = Of(from, to);
        if (IsBounded(whole, extra)) return (whole, extra);
        long near = Math.Clamp(satellite.Elements.Epoch.NanosecondsSinceJ2000, Math.Max(from, Math.Min(to, whole.From)), Math.Min(to, Math.Max(from, whole.To)));
        if (whole.IsNever || !IsBoundedIn(near, near)) return (whole with { IsNever = true, IsSurelyKnown = false }, MotionBound.LargestSgp4Extra);
        to = Outermost(near, to, last => IsBoundedIn(near, last));
        from = Outermost(near, from, first => IsBoundedIn(first, to));
        var (part, rest) = Of(from, to);
        return (part with { From = Math.Max(part.From, from), To = Math.Min(part.To, to), IsSurelyKnown = false }, rest);

        (Sgp4Envelope Envelope, double Extra) Of(long first, long last)
        {
            var envelope = new Sgp4Envelope(satellite, new Epoch(first), new Epoch(last));
            return (envelope, MotionBound.Sgp4Extra(satellite, envelope, envelope.FurthestMinutes));
        }

        bool IsBoundedIn(long first, long last)
        {
            var (envelope, rate) = Of(first, last);
            return IsBounded(envelope, rate);
        }
    }

    private static bool IsBounded(in Sgp4Envelope envelope, double extra) => !envelope.IsNever && extra <= MotionBound.LargestSgp4Extra;

    /// <summary>The furthest instant, to a second, up to which a bound holds that holds at the nearest.</summary>
    private static long Outermost(long near, long far, Func<long, bool> holds)
    {
        if (holds(far)) return far;
        while (Math.Abs(far - near) > 1_000_000_000)
        {
            long middle = near + (far - near) / 2;
            if (holds(middle)) near = middle;
            else far = middle;
        }
        return near;
    }

    public bool Holds(long at) => at >= From && at <= To;

    /// <summary>Square root of the semi-major axis by that at epoch.</summary>
    private static double Share(NearEarthTerms terms, double t) => 1 - t * (terms.C1 + t * (terms.D2 + t * (terms.D3 + t * terms.D4)));

    private static double Unlike(NearEarthTerms terms, double t)
    {
        double rate = 1 + t * (2 * terms.T2 + t * (3 * terms.T3 + t * (4 * terms.T4 + 5 * t * terms.T5))), q = Share(terms, t), q3 = q * q * q;
        return Math.Abs(rate * rate * q3 * q3 - 1);
    }

    /// <summary>Where the orbit ends on the way from the epoch to a time, minutes; null where it does not.</summary>
    private static double? Exit(NearEarthTerms terms, double t)
    {
        if (IsOrbit(terms, 0.5 * t, 0.5 * Math.Abs(t))) return null;
        double before = 0;
        for (int i = 1; i <= Steps; i++)
        {
            double after = t * i / Steps;
            if (IsOrbit(terms, after, 0))
            {
                before = after;
                continue;
            }
            while (Math.Abs(after - before) > 0.01)
            {
                double middle = 0.5 * (before + after);
                if (IsOrbit(terms, middle, 0)) before = middle;
                else after = middle;
            }
            return before;
        }
        return null;
    }

    /// <summary>Whether the axis is one of an orbit at a time and so far around it.</summary>
    private static bool IsOrbit(NearEarthTerms terms, double t, double half)
    {
        double furthest = Math.Abs(t) + half;
        double slip = half * (Math.Abs(terms.C1) + furthest * (2 * Math.Abs(terms.D2) + furthest * (3 * Math.Abs(terms.D3) + 4 * furthest * Math.Abs(terms.D4))));
        double q = Share(terms, t), least = LeastAxis * Math.Min(1, 1 / terms.SemiMajorAxis);
        return q - slip > 0 && (q - slip) * (q - slip) >= least && (q + slip) * (q + slip) <= LargestGrowth;
    }

    /// <summary>Of the eccentricity: both factors stay within a quarter.</summary>
    private static double Periodics(ThirdBody body) => 0.25 * (Math.Abs(body.E2) + Math.Abs(body.E3));
}
