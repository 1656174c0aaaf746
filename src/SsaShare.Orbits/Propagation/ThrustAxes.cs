using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The axes of a manoeuvre in GCRF and how a vector fixed in them turns with the object's state.</summary>
internal readonly struct ThrustAxes
{
    private readonly ManeuverAxes _kind;
    private readonly Vector3d _position, _velocity;

    public ThrustAxes(ManeuverAxes kind, Vector3d position, Vector3d velocity)
    {
        (_kind, _position, _velocity) = (kind, position, velocity);
        if (kind == ManeuverAxes.Gcrf)
        {
            (X, Y, Z) = (new Vector3d(1, 0, 0), new Vector3d(0, 1, 0), new Vector3d(0, 0, 1));
            return;
        }
        var w = position.Cross(velocity).Unit();
        X = (kind == ManeuverAxes.Rtn ? position : velocity).Unit();
        (Y, Z) = (w.Cross(X), w);
    }

    public Vector3d X { get; }
    public Vector3d Y { get; }
    public Vector3d Z { get; }

    /// <summary>Components in these axes, in GCRF.</summary>
    public Vector3d ToGcrf(Vector3d u) => u.X * X + u.Y * Y + u.Z * Z;

    /// <summary>Derivatives of <see cref="ToGcrf"/> by position and velocity.</summary>
    public void Gradients(Vector3d u, out Matrix3 byPosition, out Matrix3 byVelocity)
    {
        (byPosition, byVelocity) = (default, default);
        if (_kind == ManeuverAxes.Gcrf) return;
        Vector3d ex = new(1, 0, 0), ey = new(0, 1, 0), ez = new(0, 0, 1);
        byPosition = Columns(Along(u, ex, default), Along(u, ey, default), Along(u, ez, default));
        byVelocity = Columns(Along(u, default, ex), Along(u, default, ey), Along(u, default, ez));
    }

    private Vector3d Along(Vector3d u, Vector3d dPosition, Vector3d dVelocity)
    {
        var dMomentum = dPosition.Cross(_velocity) + _position.Cross(dVelocity);
        var dZ = Across(Z, dMomentum) / _position.Cross(_velocity).Norm;
        var dX = _kind == ManeuverAxes.Rtn ? Across(X, dPosition) / _position.Norm : Across(X, dVelocity) / _velocity.Norm;
        return u.X * dX + u.Y * (dZ.Cross(X) + Z.Cross(dX)) + u.Z * dZ;
    }

    private static Vector3d Across(Vector3d unit, Vector3d d) => d - unit.Dot(d) * unit;

    private static Matrix3 Columns(Vector3d a, Vector3d b, Vector3d c) => new(a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z);
}
