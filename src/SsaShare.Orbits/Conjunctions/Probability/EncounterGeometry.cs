using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Two objects seen in the plane across their relative velocity (B-plane). Its axes: Z along the velocity of the second object against the first, Y the part of the first
/// object's radial direction across Z (up; of its orbit's normal where the radial direction is along Z), X = Y × Z.
/// </summary>
/// <remarks>
/// The states are taken as they are: move them to the closest approach first (<see cref="ClosestApproachShift"/>). The component of the miss along Z does not count.
/// </remarks>
public sealed record EncounterGeometry
{
    /// <summary>Least share of the radius that a sigma in the plane is raised to, so that a covariance that is not positive definite still has an answer (Hall, Hejduk and Johnson 2017, AAS 17-567).</summary>
    internal const double LeastSigmaShare = 1e-4;

    private EncounterGeometry(Vector3d x, Vector3d y, Vector3d z) => (AxisX, AxisY, AxisZ) = (x, y, z);

    /// <summary>In the frame of the states, length one.</summary>
    public Vector3d AxisX { get; }

    /// <inheritdoc cref="AxisX"/>
    public Vector3d AxisY { get; }

    /// <inheritdoc cref="AxisX"/>
    public Vector3d AxisZ { get; }

    /// <summary>Of the second object from the first, along X.</summary>
    public double MissXKm { get; private init; }

    /// <summary>Of the second object from the first, along Y.</summary>
    public double MissYKm { get; private init; }

    /// <summary>Of the second object from the first, in three dimensions.</summary>
    public double MissDistanceKm { get; private init; }

    /// <summary>Of the second object against the first.</summary>
    public double RelativeSpeedKmPerS { get; private init; }

    /// <summary>Combined variance of position along X, km².</summary>
    public double VarianceXKm2 { get; private init; }

    /// <summary>Combined covariance of position between X and Y, km².</summary>
    public double CovarianceXYKm2 { get; private init; }

    /// <summary>Combined variance of position along Y, km².</summary>
    public double VarianceYKm2 { get; private init; }

    /// <summary>From X to the longer axis of the combined error, towards Y, rad.</summary>
    public double MajorAxisAngleRad { get; private init; }

    /// <summary>The same in the principal axes of the combined error.</summary>
    public EncounterPlane Plane { get; private init; }

    /// <summary>Whether the combined covariance had no positive sigma of its own along one axis, which was raised to 1e-4 of the radius.</summary>
    public bool IsRaised { get; private init; }

    /// <summary>Of the miss in the plane, dimensionless.</summary>
    public double Mahalanobis => Math.Sqrt(Plane.MahalanobisSquared);

    /// <returns>False where there is no relative velocity, and so no plane.</returns>
    public static bool TryOf(ConjunctionPair pair, out EncounterGeometry? geometry)
    {
        double[] c = pair.RelativeCovariance();
        var positions = new Matrix3(c[0], c[1], c[2], c[6], c[7], c[8], c[12], c[13], c[14]);
        return TryOf(pair.First.PositionKm, pair.First.VelocityKmPerS, pair.RelativePositionKm, pair.RelativeVelocityKmPerS, positions, pair.HardBodyRadiusKm, out geometry);
    }

    internal static bool TryOf(Vector3d firstPosition, Vector3d firstVelocity, Vector3d position, Vector3d velocity, Matrix3 covariance, double radiusKm, out EncounterGeometry? geometry)
    {
        geometry = null;
        double speed = velocity.Norm;
        // A part in 1e15 of the first object's speed is what doubles leave of a difference.
        if (!(speed > 1e-15 * firstVelocity.Norm)) return false;
        var z = velocity / speed;
        var up = firstPosition.Unit();
        if (up.Cross(z).Norm < 1e-6) up = firstPosition.Cross(firstVelocity).Unit();
        var y = (up - up.Dot(z) * z).Unit();
        var x = y.Cross(z);
        double xx = x.Dot(covariance * x), xy = x.Dot(covariance * y), yy = y.Dot(covariance * y);
        double angle = 0.5 * Math.Atan2(2 * xy, xx - yy), middle = 0.5 * (xx + yy), spread = Math.Sqrt(0.25 * (xx - yy) * (xx - yy) + xy * xy);
        double large = middle + spread, small = large > 0 ? (xx * yy - xy * xy) / large : 0, least = LeastSigmaShare * radiusKm * LeastSigmaShare * radiusKm;
        bool isRaised = !(small > 0) || !(large > 0);
        var (sin, cos) = Math.SinCos(angle);
        double missX = position.Dot(x), missY = position.Dot(y);
        geometry = new EncounterGeometry(x, y, z)
        {
            MissXKm = missX, MissYKm = missY, MissDistanceKm = position.Norm, RelativeSpeedKmPerS = speed,
            VarianceXKm2 = xx, CovarianceXYKm2 = xy, VarianceYKm2 = yy, MajorAxisAngleRad = angle, IsRaised = isRaised,
            Plane = new EncounterPlane(cos * missX + sin * missY, cos * missY - sin * missX, Math.Sqrt(Math.Max(large, least)), Math.Sqrt(Math.Max(small, least)), radiusKm),
        };
        return true;
    }
}
