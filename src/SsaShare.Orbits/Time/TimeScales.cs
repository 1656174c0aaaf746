using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From an instant to the reading of a clock in each time scale, and back.</summary>
/// <remarks>
/// TAI, TT and GPS are exact to the nanosecond, UTC with the leap seconds of <see cref="LeapSeconds"/>; UT1 needs measured Earth orientation;
/// TDB is good to 10 µs from 1600 to 2200 (see <see cref="TdbMinusTtSeconds"/>), in which the Moon goes 1 cm.
/// </remarks>
public static class TimeScales
{
    /// <summary>TT-TAI, by definition.</summary>
    public const double TtMinusTaiSeconds = 32.184;

    /// <summary>TAI-GPS, by definition.</summary>
    public const double TaiMinusGpsSeconds = 19;

    internal const long NanosecondsPerDay = 86_400_000_000_000;

    private const long TtMinusTaiNanoseconds = 32_184_000_000, TtMinusGpsNanoseconds = 51_184_000_000;
    private const double JulianDate2000 = 2_451_544.5;

    /// <summary>TDB-TT at the geocentre, s: at most 1.7 ms.</summary>
    /// <remarks>Kaplan 2005, USNO Circular 179, equation 2.6 (after Fairhead and Bretagnon 1990): errs by at most 10 µs from 1600 to 2200.</remarks>
    public static double TdbMinusTtSeconds(Epoch epoch)
    {
        double t = epoch.TtCenturiesSinceJ2000;
        return 0.001657 * Math.Sin(628.3076 * t + 6.2401) + 0.000022 * Math.Sin(575.3385 * t + 4.2970) + 0.000014 * Math.Sin(1256.6152 * t + 6.1969)
            + 0.000005 * Math.Sin(606.9777 * t + 4.0212) + 0.000005 * Math.Sin(52.9691 * t + 0.4444) + 0.000002 * Math.Sin(21.3299 * t + 5.5431)
            + 0.000010 * t * Math.Sin(628.3076 * t + 4.2490);
    }

    /// <summary>TDB elapsed since J2000.0 TDB, s: the argument of planetary ephemerides.</summary>
    public static double TdbSecondsSinceJ2000(Epoch epoch) => epoch.TtSecondsSinceJ2000 + TdbMinusTtSeconds(epoch);

    /// <summary>TAI-UTC, whole seconds; inside a leap second that of the day that it ends.</summary>
    /// <returns>False before 1972.</returns>
    public static bool TryTaiMinusUtc(Epoch epoch, out int seconds)
    {
        seconds = 0;
        if (!Utc.TrySplit(epoch, out var day, out long nanosecondOfDay)) return false;
        long clock = (day.DayNumber - Midnight2000.DayNumber) * NanosecondsPerDay - NanosecondsPerDay / 2 + nanosecondOfDay;
        seconds = (int)((epoch.NanosecondsSinceJ2000 - TtMinusTaiNanoseconds - clock) / 1_000_000_000);
        return true;
    }

    /// <summary>UT1-UTC, s.</summary>
    /// <returns>False where the table does not cover the instant.</returns>
    public static bool TryUt1MinusUtc(Epoch epoch, EarthOrientation orientation, out double seconds)
    {
        seconds = 0;
        if (!orientation.Covers(epoch) || !TryTaiMinusUtc(epoch, out int taiMinusUtc)) return false;
        seconds = orientation.At(epoch).Ut1MinusTaiSeconds + taiMinusUtc;
        return true;
    }

    /// <summary>The Julian date that a clock of the time scale shows.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="scale">Of the date. UTC is counted as SOFA does it: a day with a leap second is one second longer, and its fraction is of that length.</param>
    /// <param name="orientation">Needed for UT1 only.</param>
    /// <exception cref="ArgumentException">UTC before 1972; UT1 without a table that covers the instant; no such time scale.</exception>
    public static JulianDate ToJulianDate(Epoch epoch, TimeScale scale, EarthOrientation? orientation = null)
    {
        long ns = epoch.NanosecondsSinceJ2000;
        switch (scale)
        {
            case TimeScale.Tt: return FromNanoseconds(ns);
            case TimeScale.Tai: return FromNanoseconds(ns - TtMinusTaiNanoseconds);
            case TimeScale.Gps: return FromNanoseconds(ns - TtMinusGpsNanoseconds);
            case TimeScale.Tdb: return FromNanoseconds(ns + Nanoseconds(TdbMinusTtSeconds(epoch)));
            case TimeScale.Ut1:
                if (orientation is null || !orientation.Covers(epoch)) throw new ArgumentException("UT1 needs a table of Earth orientation that covers the instant.", nameof(orientation));
                return FromNanoseconds(ns - TtMinusTaiNanoseconds + Nanoseconds(orientation.At(epoch).Ut1MinusTaiSeconds));
            case TimeScale.Utc:
                if (!Utc.TrySplit(epoch, out var day, out long nanosecondOfDay)) throw new ArgumentException("UTC is defined here from 1972 on.", nameof(epoch));
                return new JulianDate(JulianDate2000 + (day.DayNumber - Midnight2000.DayNumber), (double)nanosecondOfDay / LengthOfUtcDay(day));
            default: throw new ArgumentException($"{scale} is no time scale.", nameof(scale));
        }
    }

    /// <summary>The instant at which a clock of the time scale shows the Julian date, to the nanosecond.</summary>
    /// <param name="date">As <see cref="ToJulianDate"/> gives it.</param>
    /// <param name="scale">Of the date: TAI, TT, GPS, TDB or UTC. (UT1 would need the table at the instant that is sought.)</param>
    /// <param name="epoch">The instant.</param>
    /// <returns>False where the date is out of the range of <see cref="Epoch"/>, not finite, or before 1972 in UTC, and for other time scales.</returns>
    public static bool TryFromJulianDate(JulianDate date, TimeScale scale, out Epoch epoch)
    {
        epoch = default;
        double days = date.Day - JulianDate2000, whole = Math.Floor(days), fraction = date.Fraction + (days - whole);
        if (!(Math.Abs(whole) < 106_750) || !(Math.Abs(fraction) < 2)) return false;
        long midnight = (long)whole * NanosecondsPerDay - NanosecondsPerDay / 2;
        if (scale == TimeScale.Utc)
        {
            var day = Midnight2000.AddDays((int)whole);
            if (day < LeapSeconds.Start || day.Year > 2290 || fraction is < 0 or >= 1 || !Utc.TryCreate(day, 0, 0, 0, 0, out epoch)) return false;
            epoch = new Epoch(epoch.NanosecondsSinceJ2000 + (long)Math.Round(fraction * LengthOfUtcDay(day)));
            return true;
        }
        long reading = midnight + (long)Math.Round(fraction * NanosecondsPerDay);
        long? toTt = scale switch
        {
            TimeScale.Tt => 0,
            TimeScale.Tai => TtMinusTaiNanoseconds,
            TimeScale.Gps => TtMinusGpsNanoseconds,
            TimeScale.Tdb => -Nanoseconds(TdbMinusTtSeconds(new Epoch(reading))),
            _ => null,
        };
        if (toTt is null) return false;
        epoch = new Epoch(reading + toTt.Value);
        return true;
    }

    /// <summary>UT1 since J2000.0 (2000-01-01T12:00:00 UT1): whole days and the rest of a day, 0 to 1, computed on integers.</summary>
    internal static (long Days, double Fraction) Ut1SinceJ2000(Epoch epoch, double ut1MinusTaiSeconds)
    {
        long ns = epoch.NanosecondsSinceJ2000 - TtMinusTaiNanoseconds + Nanoseconds(ut1MinusTaiSeconds);
        long days = Math.DivRem(ns, NanosecondsPerDay, out long rest);
        if (rest < 0) (days, rest) = (days - 1, rest + NanosecondsPerDay);
        return (days, (double)rest / NanosecondsPerDay);
    }

    private static DateOnly Midnight2000 { get; } = new(2000, 1, 1);

    private static long LengthOfUtcDay(DateOnly day)
        => Utc.TryCreate(day, 0, 0, 0, 0, out var start) && Utc.TryCreate(day.AddDays(1), 0, 0, 0, 0, out var end)
            ? end.NanosecondsSinceJ2000 - start.NanosecondsSinceJ2000
            : NanosecondsPerDay;

    private static long Nanoseconds(double seconds) => (long)Math.Round(seconds * 1e9);

    private static JulianDate FromNanoseconds(long sinceNoon)
    {
        long sinceMidnight = sinceNoon + NanosecondsPerDay / 2;
        long days = Math.DivRem(sinceMidnight, NanosecondsPerDay, out long rest);
        if (rest < 0) (days, rest) = (days - 1, rest + NanosecondsPerDay);
        return new JulianDate(JulianDate2000 + days, (double)rest / NanosecondsPerDay);
    }
}
