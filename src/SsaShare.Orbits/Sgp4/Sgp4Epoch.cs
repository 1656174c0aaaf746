using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The instant of the elements in the terms of the theory.</summary>
internal static class Sgp4Epoch
{
    private static readonly int Day1950 = new DateOnly(1949, 12, 31).DayNumber;

    /// <summary>Days of UTC since 1949-12-31T00:00; before 1972 days of TAI, which are at most 10 s off.</summary>
    /// <remarks>Rounded as a Julian date in double is (20 µs), as in the published program: that shows in the place of the Moon.</remarks>
    public static double Days1950(Epoch epoch)
    {
        const double JulianDate1950 = 2_433_281.5;
        double days = Utc.TrySplit(epoch, out var day, out long nanosecondOfDay)
            ? day.DayNumber - Day1950 + nanosecondOfDay / 86_400e9
            : (epoch.TtSecondsSinceJ2000 - EarthRotation.TtMinusTaiSeconds) / 86_400 + 18_263.5;
        return days + JulianDate1950 - JulianDate1950;
    }

    /// <summary>Minutes of TAI from the elements' epoch.</summary>
    public static double MinutesSince(long nanoseconds, long epochNanoseconds) => (nanoseconds - epochNanoseconds) / 60e9;

    /// <summary>Greenwich mean sidereal time, rad; UTC is taken for UT1.</summary>
    public static double SiderealAngleRad(double days1950, Sgp4Mode mode)
    {
        double angle;
        if (mode == Sgp4Mode.Afspc)
        {
            const double RadPerDay = 1.72027916940703639e-2;
            double days1970 = days1950 - 7_305, whole = Math.Floor(days1970 + 1e-8);
            angle = (1.7321343856509374 + RadPerDay * whole + (RadPerDay + Math.Tau) * (days1970 - whole) + days1970 * days1970 * 5.07551419432269442e-15) % Math.Tau;
        }
        else
        {
            // Aoki et al. 1982: seconds of sidereal time from Julian centuries of UT1 since J2000.
            double t = (days1950 - 18_263.5) / 36_525;
            double seconds = 67_310.54841 + t * (876_600.0 * 3_600 + 8_640_184.812866 + t * (0.093104 - 6.2e-6 * t));
            angle = seconds * (Math.PI / 43_200) % Math.Tau;
        }
        return angle < 0 ? angle + Math.Tau : angle;
    }
}
