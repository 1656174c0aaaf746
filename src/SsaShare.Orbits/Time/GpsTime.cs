using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An instant as GPS counts it: weeks since 1980-01-06T00:00:00 UTC without leap seconds, and the time in the week.</summary>
/// <param name="Week">Full count of weeks, not cut to 10 bits; negative before 1980.</param>
/// <param name="NanosecondOfWeek">From 0 to 604,799,999,999,999.</param>
public readonly record struct GpsTime(int Week, long NanosecondOfWeek)
{
    private const long NanosecondsPerWeek = 7 * TimeScales.NanosecondsPerDay;

    /// <summary>1980-01-06T00:00:00 GPS as TT since J2000.0: 7,300.5 days before, and 51.184 s of TT-GPS.</summary>
    private const long StartNanoseconds = -7_300 * TimeScales.NanosecondsPerDay - TimeScales.NanosecondsPerDay / 2 + 51_184_000_000;

    /// <summary>Seconds of the week.</summary>
    public double SecondOfWeek => NanosecondOfWeek / 1e9;

    /// <summary>Exact.</summary>
    public static GpsTime FromEpoch(Epoch epoch)
    {
        // Epochs reach 292 years either way: the difference must not overflow at their very ends.
        Int128 since = (Int128)epoch.NanosecondsSinceJ2000 - StartNanoseconds;
        var week = since / NanosecondsPerWeek;
        var rest = since - week * NanosecondsPerWeek;
        if (rest < 0) (week, rest) = (week - 1, rest + NanosecondsPerWeek);
        return new GpsTime((int)week, (long)rest);
    }

    /// <summary>Exact.</summary>
    /// <returns>False where the time is out of the range of <see cref="Epoch"/> or the nanosecond not within a week.</returns>
    public bool TryToEpoch(out Epoch epoch)
    {
        var ns = (Int128)Week * NanosecondsPerWeek + NanosecondOfWeek + StartNanoseconds;
        bool fits = NanosecondOfWeek is >= 0 and < NanosecondsPerWeek && ns >= long.MinValue && ns <= long.MaxValue;
        epoch = fits ? new Epoch((long)ns) : default;
        return fits;
    }
}
