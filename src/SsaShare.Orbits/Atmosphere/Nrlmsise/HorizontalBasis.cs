namespace SsaShare.Orbits;

/// <summary>
/// The functions of place and time of day over which NRLMSISE-00 expands temperatures and densities: products of Legendre functions of the
/// latitude with the harmonics of local time, longitude and universal time.
/// </summary>
/// <remarks>
/// Hedin 1987, J. Geophys. Res. 92, A5, 4649, appendix. Legendre functions are not normalised and have no sign of Condon and Shortley. The first rows are those of
/// geomagnetic activity.
/// </remarks>
internal static class HorizontalBasis
{
    public const int Zonal = 0, DiurnalCos = 7, DiurnalSin = 10, LongitudeCos = 13, LongitudeSin = 19, SkewCos = 25, SkewSin = 31, UniversalCos = 37, UniversalSin = 40;
    public const int MagneticRows = 43;
    public const int DiurnalCosAntisymmetric = 43, DiurnalSinAntisymmetric = 44, SemidiurnalCos = 45, SemidiurnalSin = 49, TerdiurnalCos = 53, TerdiurnalSin = 56;
    public const int UniversalCosSkew = 59, UniversalSinSkew = 62, UniversalCosSkew2 = 65, UniversalSinSkew2 = 68, UniversalLongitudeCos = 71, UniversalLongitudeSin = 74;
    public const int Rows = 77;

    /// <summary>The model's own constants, rounded as it was fitted with them.</summary>
    public const double RadPerDegree = 1.74533e-2, RadPerHour = 0.2618, RadPerSecond = 7.2722e-5, RadPerDayOfYear = 1.72142e-2;

    /// <param name="latitudeDegrees">Geodetic.</param>
    /// <param name="longitudeDegrees">East.</param>
    /// <param name="universalSeconds">UT of the day.</param>
    /// <param name="localHours">Apparent or mean local solar time.</param>
    /// <param name="rows"><see cref="Rows"/> values.</param>
    public static void Fill(double latitudeDegrees, double longitudeDegrees, double universalSeconds, double localHours, Span<double> rows)
    {
        rows = rows[..Rows];
        var (x, s) = Math.SinCos(latitudeDegrees * RadPerDegree);
        double x2 = x * x, s2 = s * s;
        double p1 = x, p2 = 0.5 * (3 * x2 - 1), p3 = 0.5 * x * (5 * x2 - 3), p4 = (7 * x * p3 - 3 * p2) / 4, p5 = (9 * x * p4 - 4 * p3) / 5, p6 = (11 * x * p5 - 5 * p4) / 6;
        double p11 = s, p12 = 3 * x * s, p13 = (5 * x * p12 - 3 * p11) / 2, p14 = (7 * x * p13 - 4 * p12) / 3, p15 = (9 * x * p14 - 5 * p13) / 4, p16 = (11 * x * p15 - 6 * p14) / 5;
        double p22 = 3 * s2, p23 = 5 * x * p22, p24 = (7 * x * p23 - 5 * p22) / 2, p25 = (9 * x * p24 - 6 * p23) / 3, p26 = (11 * x * p25 - 7 * p24) / 4, p27 = (13 * x * p26 - 8 * p25) / 5;
        double p33 = 15 * s * s2, p34 = 7 * x * p33, p35 = (9 * x * p34 - 7 * p33) / 2, p36 = (11 * x * p35 - 8 * p34) / 3;

        (rows[Zonal], rows[Zonal + 1], rows[Zonal + 2], rows[Zonal + 3], rows[Zonal + 4], rows[Zonal + 5], rows[Zonal + 6]) = (1, p1, p2, p3, p4, p5, p6);

        var (sinDay, cosDay) = Math.SinCos(RadPerHour * localHours);
        double cos2 = 2 * cosDay * cosDay - 1, sin2 = 2 * sinDay * cosDay, cos3 = cosDay * (2 * cos2 - 1), sin3 = sinDay * (2 * cos2 + 1);
        (rows[DiurnalCos], rows[DiurnalCos + 1], rows[DiurnalCos + 2]) = (p11 * cosDay, p13 * cosDay, p15 * cosDay);
        (rows[DiurnalSin], rows[DiurnalSin + 1], rows[DiurnalSin + 2]) = (p11 * sinDay, p13 * sinDay, p15 * sinDay);
        (rows[DiurnalCosAntisymmetric], rows[DiurnalSinAntisymmetric]) = (p12 * cosDay, p12 * sinDay);
        (rows[SemidiurnalCos], rows[SemidiurnalCos + 1], rows[SemidiurnalCos + 2], rows[SemidiurnalCos + 3]) = (p22 * cos2, p23 * cos2, p24 * cos2, p25 * cos2);
        (rows[SemidiurnalSin], rows[SemidiurnalSin + 1], rows[SemidiurnalSin + 2], rows[SemidiurnalSin + 3]) = (p22 * sin2, p23 * sin2, p24 * sin2, p25 * sin2);
        (rows[TerdiurnalCos], rows[TerdiurnalCos + 1], rows[TerdiurnalCos + 2]) = (p33 * cos3, p34 * cos3, p36 * cos3);
        (rows[TerdiurnalSin], rows[TerdiurnalSin + 1], rows[TerdiurnalSin + 2]) = (p33 * sin3, p34 * sin3, p36 * sin3);

        var (sinLongitude, cosLongitude) = Math.SinCos(RadPerDegree * longitudeDegrees);
        ReadOnlySpan<double> tesseral = [p11, p12, p13, p14, p15, p16];
        for (int i = 0; i < tesseral.Length; i++)
        {
            double cos = tesseral[i] * cosLongitude, sin = tesseral[i] * sinLongitude;
            (rows[LongitudeCos + i], rows[LongitudeSin + i], rows[SkewCos + i], rows[SkewSin + i]) = (cos, sin, x * cos, x * sin);
        }

        var (sinUniversal, cosUniversal) = Math.SinCos(RadPerSecond * universalSeconds);
        double cosBoth = cosUniversal * (1 - 2 * sinLongitude * sinLongitude) - 2 * sinUniversal * sinLongitude * cosLongitude;
        double sinBoth = sinUniversal * (1 - 2 * sinLongitude * sinLongitude) + 2 * cosUniversal * sinLongitude * cosLongitude;
        ReadOnlySpan<double> odd = [p1, p3, p5], sectoral = [p23, p25, p27];
        for (int i = 0; i < odd.Length; i++)
        {
            double cos = odd[i] * cosUniversal, sin = odd[i] * sinUniversal;
            (rows[UniversalCos + i], rows[UniversalCosSkew + i], rows[UniversalCosSkew2 + i]) = (cos, x * cos, x2 * cos);
            (rows[UniversalSin + i], rows[UniversalSinSkew + i], rows[UniversalSinSkew2 + i]) = (sin, x * sin, x2 * sin);
            (rows[UniversalLongitudeCos + i], rows[UniversalLongitudeSin + i]) = (sectoral[i] * cosBoth, sectoral[i] * sinBoth);
        }
    }
}
