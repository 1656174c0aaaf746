using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What the Love numbers of single waves differ from the nominal ones.</summary>
public static partial class SolidEarthTide
{
    /// <param name="S">Multiple of the Moon's mean longitude, and so on: the Sun's, the Moon's perigee, its node with reversed sign, the Sun's perigee.</param>
    /// <param name="RadialInMm">Amplitude in phase, mm.</param>
    /// <param name="RadialOutMm">Amplitude out of phase, mm.</param>
    /// <param name="AcrossInMm">The same of the horizontal displacement.</param>
    /// <param name="AcrossOutMm">The same out of phase.</param>
    private readonly record struct Wave(int S, int H, int P, int N, int PerigeeOfSun, double RadialInMm, double RadialOutMm, double AcrossInMm, double AcrossOutMm);

    // Table 7.3a; what it rounds to zero is left out.
    private static readonly Wave[] Diurnal =
    [
        new(-3, 0, 2, 0, 0, -0.01, 0, 0, 0), new(-3, 2, 0, 0, 0, -0.01, 0, 0, 0), new(-2, 0, 1, -1, 0, -0.02, 0, 0, 0), new(-2, 0, 1, 0, 0, -0.08, 0, -0.01, 0.01),
        new(-2, 2, -1, 0, 0, -0.02, 0, 0, 0), new(-1, 0, 0, -1, 0, -0.10, 0, 0, 0), new(-1, 0, 0, 0, 0, -0.51, 0, -0.02, 0.03), new(-1, 2, 0, 0, 0, 0.01, 0, 0, 0),
        new(0, -2, 1, 0, 0, 0.01, 0, 0, 0), new(0, 0, -1, 0, 0, 0.02, 0, 0, 0), new(0, 0, 1, 0, 0, 0.06, 0, 0, 0), new(0, 0, 1, 1, 0, 0.01, 0, 0, 0),
        new(0, 2, -1, 0, 0, 0.01, 0, 0, 0), new(1, -3, 0, 0, 1, -0.06, 0, 0, 0), new(1, -2, 0, -1, 0, 0.01, 0, 0, 0), new(1, -2, 0, 0, 0, -1.23, -0.07, 0.06, 0.01),
        new(1, -1, 0, 0, -1, 0.02, 0, 0, 0), new(1, -1, 0, 0, 1, 0.04, 0, 0, 0), new(1, 0, 0, -1, 0, -0.22, 0.01, 0.01, 0), new(1, 0, 0, 0, 0, 12.00, -0.80, -0.67, -0.03),
        new(1, 0, 0, 1, 0, 1.73, -0.12, -0.10, 0), new(1, 0, 0, 2, 0, -0.04, 0, 0, 0), new(1, 1, 0, 0, -1, -0.50, -0.01, 0.03, 0), new(1, 1, 0, 0, 1, 0.01, 0, 0, 0),
        new(0, 1, 0, 1, -1, -0.01, 0, 0, 0), new(1, 2, -2, 0, 0, -0.01, 0, 0, 0), new(1, 2, 0, 0, 0, -0.11, 0.01, 0.01, 0), new(2, -2, 1, 0, 0, -0.01, 0, 0, 0),
        new(2, 0, -1, 0, 0, -0.02, 0, 0, 0),
    ];

    // Table 7.3b.
    private static readonly Wave[] LongPeriod =
    [
        new(0, 0, 0, 1, 0, 0.47, 0.16, 0.23, 0.07), new(0, 2, 0, 0, 0, -0.20, -0.11, -0.12, -0.05), new(1, 0, -1, 0, 0, -0.11, -0.09, -0.08, -0.04),
        new(2, 0, 0, 0, 0, -0.13, -0.15, -0.11, -0.07), new(2, 0, 0, 1, 0, -0.05, -0.06, -0.05, -0.03),
    ];

    /// <summary>East, north, up, km: equations 7.12 and 7.13.</summary>
    private static Vector3d ByFrequency(double latitude, double longitude, Epoch epoch, double siderealTime)
    {
        Span<double> fundamental = stackalloc double[FundamentalArguments.Count];
        FundamentalArguments.At(epoch.TtCenturiesSinceJ2000, fundamental);
        double s = fundamental[2] + fundamental[4], h = s - fundamental[3], p = s - fundamental[0], n = -fundamental[4], sunPerigee = h - fundamental[1];
        double moonTime = siderealTime + Math.PI - s;
        var (sin, cos) = Math.SinCos(latitude);
        double east = 0, north = 0, up = 0;
        foreach (var wave in Diurnal)
        {
            var (sine, cosine) = Math.SinCos(moonTime + Phase(wave, s, h, p, n, sunPerigee) + longitude);
            up += (wave.RadialInMm * sine + wave.RadialOutMm * cosine) * 2 * sin * cos;
            east += (wave.AcrossInMm * cosine - wave.AcrossOutMm * sine) * sin;
            north += (wave.AcrossInMm * sine + wave.AcrossOutMm * cosine) * (cos * cos - sin * sin);
        }
        foreach (var wave in LongPeriod)
        {
            var (sine, cosine) = Math.SinCos(Phase(wave, s, h, p, n, sunPerigee));
            up += (wave.RadialInMm * cosine + wave.RadialOutMm * sine) * (1.5 * sin * sin - 0.5);
            north += (wave.AcrossInMm * cosine + wave.AcrossOutMm * sine) * 2 * sin * cos;
        }
        return new Vector3d(east, north, up) * 1e-6;
    }

    private static double Phase(in Wave wave, double s, double h, double p, double n, double sunPerigee)
        => wave.S * s + wave.H * h + wave.P * p + wave.N * n + wave.PerigeeOfSun * sunPerigee;
}
