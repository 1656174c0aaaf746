using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Greenwich mean sidereal time of 1982, which the published corrections of the reference data take, with UT1 as UTC: in 1995 0.4 s apart, 30 m on the orbit.</summary>
internal static class MeanSiderealTime
{
    public static double Rad(Epoch epoch)
    {
        double t = (Utc.ToDateTime(epoch) - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays / 36_525;
        return (67_310.54841 + (876_600.0 * 3_600 + 8_640_184.812866) * t + 0.093104 * t * t) % 86_400 / 86_400 * Math.Tau;
    }
}
