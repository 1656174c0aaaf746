using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The path of an object or observer near one instant, GCRF: for the second or so of light time.</summary>
/// <remarks>
/// Second order in time with the pull of a point mass and J2, third with the point mass. In low orbit it errs by 1e-10 km and 1e-8 km/s over 0.1 s; beyond 10 s use <see cref="ShortArc"/>. Near the Moon its pull is missing: a metre
/// over the light time from the Earth.
/// </remarks>
internal readonly struct FreeFall
{
    public const double EarthMuKm3PerS2 = 398_600.4418;

    private readonly Vector3d _r, _v, _a, _jerk, _up;
    private readonly double _k;

    /// <param name="positionKm">At the instant.</param>
    /// <param name="velocityKmPerS">At the instant.</param>
    public FreeFall(Vector3d positionKm, Vector3d velocityKmPerS)
    {
        double distance = positionKm.Norm;
        (_r, _v, _up, _k) = (positionKm, velocityKmPerS, positionKm / distance, EarthMuKm3PerS2 / (distance * distance * distance));
        _a = ShortArc.Acceleration(positionKm);
        _jerk = GradientTimes(velocityKmPerS);
    }

    public Vector3d Position(double dt) => _r + dt * (_v + dt / 2 * (_a + dt / 3 * _jerk));

    public Vector3d Velocity(double dt) => _v + dt * (_a + dt / 2 * _jerk);

    public Vector3d Acceleration(double dt) => _a + dt * _jerk;

    /// <summary>Derivatives by position and velocity at the instant, of something whose derivatives by those after <paramref name="dt"/> are given.</summary>
    public (Vector3d Position, Vector3d Velocity) PullBack(double dt, Vector3d byPosition, Vector3d byVelocity)
    {
        if (dt == 0) return (byPosition, byVelocity);
        Vector3d p = GradientTimes(byPosition), v = GradientTimes(byVelocity);
        return (byPosition + dt * (v + dt / 2 * p), byVelocity + dt * (byPosition + dt / 2 * (v + dt / 3 * p)));
    }

    private Vector3d GradientTimes(Vector3d x) => -_k * (x - 3 * _up.Dot(x) * _up);
}
