using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How the Moon is turned, by a series; what serves where no ephemeris gives its libration.</summary>
/// <remarks>
/// Report of the IAU working group on cartographic coordinates and rotational elements 2009 (Archinal and others 2011, Celestial Mechanics 109, 101; its report of 2015 keeps the series
/// and recommends the libration of an ephemeris): mean Earth and polar axes, good to 150 m on the ground. From these to principal axes by the constant turns of DE430
/// (Folkner and others 2014).
/// </remarks>
internal static class MoonOrientation
{
    private const double RadPerDegree = Math.PI / 180, RadPerArcsecond = Math.PI / 648_000, DaysPerCentury = 36_525;

    // Argument at J2000.0 and per day; amplitudes in right ascension (sine), declination (cosine), meridian (sine); degrees.
    private static readonly (double At, double PerDay, double RightAscension, double Declination, double Meridian)[] Terms =
    [
        (125.045, -0.0529921, -3.8787, 1.5419, 3.5610), (250.089, -0.1059842, -0.1204, 0.0239, 0.1208), (260.008, 13.0120009, 0.0700, -0.0278, -0.0642),
        (176.625, 13.3407154, -0.0172, 0.0068, 0.0158), (357.529, 0.9856003, 0, 0, 0.0252), (311.589, 26.4057084, 0.0072, -0.0029, -0.0066),
        (134.963, 13.0649930, 0, 0.0009, -0.0047), (276.617, 0.3287146, 0, 0, -0.0046), (34.226, 1.7484877, 0, 0, 0.0028), (15.134, -0.1589763, -0.0052, 0.0008, 0.0052),
        (119.743, 0.0036096, 0, 0, 0.0040), (239.961, 0.1643573, 0, 0, 0.0019), (25.053, 12.9590088, 0.0043, -0.0009, -0.0044),
    ];

    private static readonly Matrix3 MeanEarthToPrincipal
        = Matrix3.RotationZ(67.573 * RadPerArcsecond) * (Matrix3.RotationY(78.580 * RadPerArcsecond) * Matrix3.RotationX(0.285 * RadPerArcsecond));

    /// <summary>The turn from GCRF axes to the Moon's principal axes, to which its harmonics refer.</summary>
    public static Matrix3 GcrfToPrincipalAxes(Epoch epoch)
    {
        double t = epoch.TtCenturiesSinceJ2000, days = t * DaysPerCentury;
        double rightAscension = 269.9949 + 0.0031 * t, declination = 66.5392 + 0.0130 * t, meridian = 38.3213 + (13.17635815 - 1.4e-12 * days) * days;
        foreach (var term in Terms)
        {
            var (sin, cos) = Math.SinCos((term.At + term.PerDay * days) * RadPerDegree);
            rightAscension += term.RightAscension * sin;
            declination += term.Declination * cos;
            meridian += term.Meridian * sin;
        }
        var toMeanEarth = Matrix3.RotationZ(meridian * RadPerDegree) * (Matrix3.RotationX((90 - declination) * RadPerDegree) * Matrix3.RotationZ((90 + rightAscension) * RadPerDegree));
        return MeanEarthToPrincipal * toMeanEarth;
    }
}
