using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Axes that go with an object on its orbit.</summary>
public enum LocalOrbitAxes
{
    /// <summary>Radial (away from the Earth), transverse (in plane, forward), normal (along the angular momentum); also RSW, RIC, UVW, QSW. CCSDS: RTN.</summary>
    Rtn = 1,
    /// <summary>Tangential (along the velocity), in-plane normal (W × T: towards the Earth on a circle), cross-track (along the angular momentum). CCSDS: TNW.</summary>
    Tnw = 2,
}

/// <summary>The local axes of an object at one instant, and what they see of others.</summary>
/// <remarks>
/// SANA registry of orbit-relative reference frames, RTN and TNW. The axes turn with the orbit, taken for a Kepler orbit at the instant: rates leave out what perturbations turn,
/// about 1e-6 of the mean motion in low orbit.
/// </remarks>
public sealed class LocalOrbitFrame
{
    private const double EarthMuKm3PerS2 = 398_600.4418;

    private LocalOrbitFrame(CartesianState origin, Matrix3 fromInertial, Vector3d spin) => (Origin, FromInertial, AngularVelocityRadPerS) = (origin, fromInertial, spin);

    /// <summary>The object, in an inertial frame.</summary>
    public CartesianState Origin { get; }

    /// <summary>Rotation of coordinates from the frame of <see cref="Origin"/> to the local axes.</summary>
    public Matrix3 FromInertial { get; }

    /// <summary>Of the local axes against the inertial frame, in local axes, rad/s.</summary>
    public Vector3d AngularVelocityRadPerS { get; }

    /// <param name="origin">GCRF or TEME; any orbit that is no straight line.</param>
    /// <param name="axes">RTN or TNW.</param>
    /// <exception cref="ArgumentException">The state is in ITRF, or position and velocity are parallel or zero; no such axes.</exception>
    public static LocalOrbitFrame Of(CartesianState origin, LocalOrbitAxes axes)
    {
        if (origin.Frame == Frame.Itrf) throw new ArgumentException("Expected an inertial frame, got ITRF.", nameof(origin));
        var (r, v) = (origin.PositionKm, origin.VelocityKmPerS);
        var momentum = r.Cross(v);
        // A part in 1e12 is what doubles leave of the direction of the plane.
        if (!(momentum.Norm > 1e-12 * r.Norm * v.Norm)) throw new ArgumentException("Position and velocity are parallel: there is no orbital plane.", nameof(origin));
        var w = momentum.Unit();
        double distance = r.Norm;
        switch (axes)
        {
            case LocalOrbitAxes.Rtn:
                var radial = r / distance;
                return new LocalOrbitFrame(origin, Rows(radial, w.Cross(radial), w), new Vector3d(0, 0, momentum.Norm / (distance * distance)));
            case LocalOrbitAxes.Tnw:
                var along = v.Unit();
                double turn = EarthMuKm3PerS2 / (distance * distance * distance) * momentum.Norm / v.NormSquared;
                return new LocalOrbitFrame(origin, Rows(along, w.Cross(along), w), new Vector3d(0, 0, turn));
            default: throw new ArgumentException($"{axes} are no local axes.", nameof(axes));
        }
    }

    /// <summary>Another object as this one sees it; velocity relative to the turning axes (RTN_ROTATING, TNW_ROTATING).</summary>
    /// <exception cref="ArgumentException">Epoch or frame differ from those of <see cref="Origin"/>.</exception>
    public RelativeState ToLocal(CartesianState other)
    {
        Check(other);
        var position = FromInertial * (other.PositionKm - Origin.PositionKm);
        return new RelativeState(position, FromInertial * (other.VelocityKmPerS - Origin.VelocityKmPerS) - AngularVelocityRadPerS.Cross(position));
    }

    /// <summary>The same with the velocity relative to axes at rest (RTN_INERTIAL, TNW_INERTIAL): what CDMs and covariances take.</summary>
    /// <exception cref="ArgumentException">Epoch or frame differ from those of <see cref="Origin"/>.</exception>
    public RelativeState ToLocalInertial(CartesianState other)
    {
        Check(other);
        return new RelativeState(FromInertial * (other.PositionKm - Origin.PositionKm), FromInertial * (other.VelocityKmPerS - Origin.VelocityKmPerS));
    }

    /// <summary>The inverse of <see cref="ToLocal(CartesianState)"/>, in the frame of <see cref="Origin"/>.</summary>
    public CartesianState FromLocal(RelativeState state) => new(Origin.Epoch, Origin.Frame, Origin.PositionKm + FromInertial.TransposedTimes(state.PositionKm),
        Origin.VelocityKmPerS + FromInertial.TransposedTimes(state.VelocityKmPerS + AngularVelocityRadPerS.Cross(state.PositionKm)));

    /// <summary>A covariance of position and velocity turned into the local axes (at rest).</summary>
    /// <param name="covariance">In the frame of <see cref="Origin"/>.</param>
    public Covariance6 ToLocal(Covariance6 covariance) => Turn(FromInertial, covariance);

    /// <summary>A covariance given in the local axes (at rest), in the frame of <see cref="Origin"/>.</summary>
    public Covariance6 FromLocal(Covariance6 covariance) => Turn(FromInertial.Transposed, covariance);

    private static Covariance6 Turn(Matrix3 turn, Covariance6 covariance)
    {
        Span<double> lower = stackalloc double[21];
        for (int row = 0, entry = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, entry++)
        {
            double sum = 0;
            for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                sum += turn[row % 3, i] * turn[column % 3, j] * covariance[row / 3 * 3 + i, column / 3 * 3 + j];
            // Rounding may bring a variance of zero below it.
            lower[entry] = row == column ? Math.Max(0, sum) : sum;
        }
        return new Covariance6(lower);
    }

    private void Check(CartesianState other)
    {
        if ((other.Epoch, other.Frame) != (Origin.Epoch, Origin.Frame)) throw new ArgumentException($"Expected {Origin.Epoch} {Origin.Frame}, got {other.Epoch} {other.Frame}.", nameof(other));
    }

    private static Matrix3 Rows(Vector3d x, Vector3d y, Vector3d z) => new(x.X, x.Y, x.Z, y.X, y.Y, y.Z, z.X, z.Y, z.Z);
}
