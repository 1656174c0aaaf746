using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// The equinox-based chain of IAU 1976/80: GCRF, EME2000, mean of date, true of date, TEME. Rotations of coordinates; velocities turn with the same ones,
/// for the frames of date are taken as at rest (their turning would change velocities in low orbit by less than 1e-7 km/s).
/// </summary>
/// <remarks>
/// <para>Precession: Lieske 1979, Astronomy and Astrophysics 73, 282. Nutation: IAU 1980 (Seidelmann 1982). Equation of the equinoxes: IAU 1994. TEME: Vallado,
/// Crawford, Hujsak and Kelso 2006, AIAA 2006-6753, appendix C. Reproduces the SOFA routines of these theories to 1e-12 rad.</para>
/// <para>The theories miss the observed pole by dPsi and dEpsilon: 0.5 m to 1.2 m in low orbit, up to 7 m in the geostationary ring, in the years 1990 to 2024.</para>
/// </remarks>
public static class Fk5
{
    private const double RadPerArcsecond = Math.PI / 648_000.0;

    /// <summary>From GCRF to EME2000 (mean equator and equinox of J2000.0): the frame bias, 23 mas: 0.8 m in low orbit.</summary>
    /// <remarks>IERS Conventions (2010), section 5.4.4: offsets of the pole -16.6170 and -6.8192 mas, of the equinox -14.6 mas.</remarks>
    public static Matrix3 GcrfToEme2000 { get; }
        = Matrix3.RotationX(0.0068192 * RadPerArcsecond) * (Matrix3.RotationY(-0.0166170 * RadPerArcsecond) * Matrix3.RotationZ(-0.0146 * RadPerArcsecond));

    /// <summary>From EME2000 to the mean equator and equinox of date: precession, IAU 1976.</summary>
    public static Matrix3 Eme2000ToMeanOfDate(Epoch epoch)
    {
        double t = epoch.TtCenturiesSinceJ2000;
        double zeta = t * (2_306.2181 + t * (0.30188 + t * 0.017998)) * RadPerArcsecond;
        double z = t * (2_306.2181 + t * (1.09468 + t * 0.018203)) * RadPerArcsecond;
        double theta = t * (2_004.3109 + t * (-0.42665 - t * 0.041833)) * RadPerArcsecond;
        return Matrix3.RotationZ(-z) * (Matrix3.RotationY(theta) * Matrix3.RotationZ(-zeta));
    }

    /// <summary>From the mean to the true equator and equinox of date: nutation, IAU 1980.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="offsets">What was observed beyond the theory; none by default.</param>
    public static Matrix3 MeanToTrueOfDate(Epoch epoch, NutationOffsets offsets = default)
    {
        double t = epoch.TtCenturiesSinceJ2000, mean = MeanObliquityRad(t);
        var (longitude, obliquity) = NutationIau1980.Default.At(t);
        return Matrix3.RotationX(-(mean + obliquity + offsets.ObliquityRad)) * (Matrix3.RotationZ(-(longitude + offsets.LongitudeRad)) * Matrix3.RotationX(mean));
    }

    /// <summary>From the true equator and equinox of date to TEME: a turn by the equation of the equinoxes.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="offsets">What was observed beyond the theory; none by default.</param>
    public static Matrix3 TrueOfDateToTeme(Epoch epoch, NutationOffsets offsets = default)
        => Matrix3.RotationZ(EquationOfEquinoxesRad(epoch) + offsets.LongitudeRad * Math.Cos(MeanObliquityRad(epoch.TtCenturiesSinceJ2000)));

    /// <summary>From TEME to GCRF without measured turn of the Earth: by theory alone, or with the offsets that the IERS observed.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="offsets">
    /// With them the chain ends at GCRF itself, for they are observed there; without (null) at EME2000, and the frame bias follows. By theory alone it is within 1.2 m of the way over ITRF
    /// (<see cref="EarthRotation.To"/>) at 7,000 km from 1990 to 2024, half of the time within 0.6 m.
    /// </param>
    public static Matrix3 TemeToGcrf(Epoch epoch, NutationOffsets? offsets = null)
    {
        var observed = offsets ?? default;
        var fromMean = TrueOfDateToTeme(epoch, observed) * (MeanToTrueOfDate(epoch, observed) * Eme2000ToMeanOfDate(epoch));
        return (offsets is null ? fromMean * GcrfToEme2000 : fromMean).Transposed;
    }

    /// <summary>The state in GCRF, from TEME by theory alone.</summary>
    /// <exception cref="ArgumentException">The state is not in TEME.</exception>
    public static CartesianState TemeToGcrf(CartesianState state, NutationOffsets? offsets = null)
    {
        if (state.Frame != Frame.Teme) throw new ArgumentException($"Expected TEME, got {state.Frame}.", nameof(state));
        var turn = TemeToGcrf(state.Epoch, offsets);
        return new CartesianState(state.Epoch, Frame.Gcrf, turn * state.PositionKm, turn * state.VelocityKmPerS);
    }

    /// <summary>The state in TEME, from GCRF by theory alone.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    public static CartesianState GcrfToTeme(CartesianState state, NutationOffsets? offsets = null)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        var turn = TemeToGcrf(state.Epoch, offsets);
        return new CartesianState(state.Epoch, Frame.Teme, turn.TransposedTimes(state.PositionKm), turn.TransposedTimes(state.VelocityKmPerS));
    }

    /// <summary>Greenwich apparent less mean sidereal time, rad: IAU 1994, with both terms of the Moon's node at all times.</summary>
    public static double EquationOfEquinoxesRad(Epoch epoch)
    {
        double t = epoch.TtCenturiesSinceJ2000, node = NutationIau1980.MoonNodeRad(t);
        return NutationIau1980.Default.At(t).LongitudeRad * Math.Cos(MeanObliquityRad(t))
            + (0.00264 * Math.Sin(node) + 0.000063 * Math.Sin(2 * node)) * RadPerArcsecond;
    }

    /// <summary>Greenwich mean sidereal time, rad, 0 to 2π: Aoki and others 1982, Astronomy and Astrophysics 105, 359.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="ut1MinusTaiSeconds">From <see cref="EarthOrientation.At"/>.</param>
    public static double MeanSiderealTimeRad(Epoch epoch, double ut1MinusTaiSeconds)
    {
        var (days, fraction) = TimeScales.Ut1SinceJ2000(epoch, ut1MinusTaiSeconds);
        double t = (days + fraction) / 36_525.0;
        // The day's fraction counts from noon: that is the half turn taken off the constant of midnight.
        double seconds = 24_110.54841 - 43_200 + t * (8_640_184.812866 + t * (0.093104 - 6.2e-6 * t));
        double turns = fraction + seconds / 86_400;
        return Math.Tau * (turns - Math.Floor(turns));
    }

    /// <summary>Mean obliquity of the ecliptic, IAU 1980, rad.</summary>
    /// <param name="ttCenturies">Julian centuries of TT since J2000.0.</param>
    internal static double MeanObliquityRad(double ttCenturies)
        => (84_381.448 + ttCenturies * (-46.8150 + ttCenturies * (-0.00059 + ttCenturies * 0.001813))) * RadPerArcsecond;
}
