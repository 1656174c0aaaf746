using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The turn from GCRF to ITRF at one instant and its rate.</summary>
/// <param name="GcrfToItrf">Rotation of coordinates.</param>
/// <param name="AngularVelocityRadPerS">Of the Earth against GCRF, in ITRF axes.</param>
public readonly record struct EarthAttitude(Matrix3 GcrfToItrf, Vector3d AngularVelocityRadPerS)
{
    /// <summary>The pole of rotation (celestial intermediate pole up to polar motion) in GCRF axes, length one.</summary>
    public Vector3d PoleGcrf => GcrfToItrf.TransposedTimes(AngularVelocityRadPerS).Unit();
}

/// <summary>
/// Rotation of the Earth by the CIO-based method: celestial pole of IAU 2006/2000A, Earth rotation angle, polar motion and TIO locator.
/// </summary>
/// <remarks>
/// IERS Conventions (2010), chapter 5. The pole is interpolated between nodes six hours apart (error under 1 µas).
/// Agrees with the SOFA routines to 1 µas (0.03 mm on the ground). Daily and half-daily tides of the oceans are added to the orientation table, which leaves them out;
/// with measured orientation about 2 cm on the ground are left.
/// Velocities leave out the turn of the pole by precession and nutation: 2e-8 km/s on the ground.
/// Safe for concurrent use: nodes are computed once and kept.
/// </remarks>
public sealed partial class EarthRotation
{
    internal const double TtMinusTaiSeconds = TimeScales.TtMinusTaiSeconds;

    /// <summary>Rate of the Earth rotation angle at zero excess length of day, rad/s of TT.</summary>
    public const double NominalRateRadPerS = 7.292115146706979e-5;

    private const double SecondsPerDay = 86_400.0;
    private const double RadPerArcsecond = Math.PI / 648_000.0;
    private const long PoleStepNanoseconds = 21_600_000_000_000, TideStepNanoseconds = 1_800_000_000_000;

    // The same for every table of orientation, and computed once.
    private static readonly NodeSeries Pole = new(PoleStepNanoseconds, epoch => CelestialPole.Default.At(epoch.TtCenturiesSinceJ2000));
    private static readonly NodeSeries Tides = new(TideStepNanoseconds, SubdailyTides.At);

    private readonly EarthOrientation _orientation;
    private readonly bool _withTides;

    /// <param name="orientation">Measured orientation of the Earth.</param>
    /// <param name="withSubdailyTides">Whether the effect of the oceans' tides, which tables leave out, is added; without it positions err by up to 5 cm on the ground.</param>
    public EarthRotation(EarthOrientation orientation, bool withSubdailyTides = true) => (_orientation, _withTides) = (orientation, withSubdailyTides);

    /// <summary>With the built-in table of Earth orientation.</summary>
    public static EarthRotation Default { get; } = new(EarthOrientation.Default);

    public EarthOrientation Orientation => _orientation;

    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant.</exception>
    public EarthAttitude At(Epoch epoch)
    {
        var orientation = OrientationAt(epoch);
        var (x, y, s) = Pole.At(epoch);
        x += orientation.PoleOffsetXRad;
        y += orientation.PoleOffsetYRad;

        // Equation 5.10: the matrix of the pole and the CIO locator; a = 1/(1+cos d).
        double a = 1 / (1 + Math.Sqrt(1 - x * x - y * y));
        var toPole = new Matrix3(1 - a * x * x, -a * x * y, -x, -a * x * y, 1 - a * y * y, -y, x, y, 1 - a * (x * x + y * y));
        var polarMotion = PolarMotion(epoch, orientation);
        var turn = Matrix3.RotationZ(RotationAngleRad(epoch, orientation.Ut1MinusTaiSeconds) - s);
        return new EarthAttitude(polarMotion * (turn * toPole), polarMotion * new Vector3d(0, 0, Rate(orientation)));
    }

    /// <summary>The state in ITRF coordinates, velocity relative to the rotating Earth.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    public CartesianState ToItrf(CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        var attitude = At(state.Epoch);
        var position = attitude.GcrfToItrf * state.PositionKm;
        var velocity = attitude.GcrfToItrf * state.VelocityKmPerS - attitude.AngularVelocityRadPerS.Cross(position);
        return new CartesianState(state.Epoch, Frame.Itrf, position, velocity);
    }

    /// <summary>The state in GCRF coordinates, velocity relative to the stars.</summary>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public CartesianState ToGcrf(CartesianState state)
    {
        if (state.Frame != Frame.Itrf) throw new ArgumentException($"Expected ITRF, got {state.Frame}.", nameof(state));
        var attitude = At(state.Epoch);
        var velocity = state.VelocityKmPerS + attitude.AngularVelocityRadPerS.Cross(state.PositionKm);
        return new CartesianState(state.Epoch, Frame.Gcrf, attitude.GcrfToItrf.TransposedTimes(state.PositionKm), attitude.GcrfToItrf.TransposedTimes(velocity));
    }

    /// <summary>Earth rotation angle, IERS Conventions (2010) equation 5.15.</summary>
    internal static double RotationAngleRad(Epoch epoch, double ut1MinusTaiSeconds)
    {
        var (days, fraction) = TimeScales.Ut1SinceJ2000(epoch, ut1MinusTaiSeconds);
        double turns = fraction + 0.7790572732640 + 0.00273781191135448 * (days + fraction);
        return Math.Tau * (turns - Math.Floor(turns));
    }

    /// <summary>How far mean sidereal time (IAU 2006) is ahead of the Earth rotation angle by precession: the first two terms of IERS Conventions (2010) equation 5.32, good to 1.4" in a century.</summary>
    internal static double EquinoxAheadRad(double ttCenturies) => (0.014506 + 4_612.156534 * ttCenturies) * RadPerArcsecond;

    private EarthOrientationValues OrientationAt(Epoch epoch)
    {
        var values = _orientation.At(epoch);
        if (!_withTides) return values;
        var (x, y, ut1) = Tides.At(epoch);
        return values with { PoleXRad = values.PoleXRad + x, PoleYRad = values.PoleYRad + y, Ut1MinusTaiSeconds = values.Ut1MinusTaiSeconds + ut1 };
    }

    private static double Rate(EarthOrientationValues orientation) => NominalRateRadPerS * (1 - orientation.ExcessDaySeconds / SecondsPerDay);

    /// <summary>From the axis of rotation and the terrestrial intermediate origin to ITRF, equation 5.3.</summary>
    private static Matrix3 PolarMotion(Epoch epoch, EarthOrientationValues orientation)
    {
        double tioLocatorRad = -47e-6 * epoch.TtCenturiesSinceJ2000 * RadPerArcsecond;
        return Matrix3.RotationX(-orientation.PoleYRad) * Matrix3.RotationY(-orientation.PoleXRad) * Matrix3.RotationZ(tioLocatorRad);
    }
}
