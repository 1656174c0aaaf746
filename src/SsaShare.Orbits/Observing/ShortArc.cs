using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Moves a state by seconds to minutes, GCRF, with the pull of a point mass and the Earth's flattening.</summary>
/// <remarks>
/// Classical Runge-Kutta in steps of at most 10 s: 1e-7 km over a minute of low orbit against the same forces. What the forces leave out, 1e-8 km/s², comes to 5e-6 km over 30 s, and
/// nearly cancels in a count about its middle.
/// </remarks>
internal static class ShortArc
{
    private const double J2 = 1.08262668e-3, StepSeconds = 10;

    public static (Vector3d PositionKm, Vector3d VelocityKmPerS) Move(Vector3d positionKm, Vector3d velocityKmPerS, double seconds)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(seconds) / StepSeconds));
        double h = seconds / steps;
        var (r, v) = (positionKm, velocityKmPerS);
        for (int i = 0; i < steps; i++)
        {
            Vector3d a1 = Acceleration(r), v2 = v + h / 2 * a1;
            Vector3d a2 = Acceleration(r + h / 2 * v), v3 = v + h / 2 * a2;
            Vector3d a3 = Acceleration(r + h / 2 * v2), v4 = v + h * a3;
            var a4 = Acceleration(r + h * v3);
            (r, v) = (r + h / 6 * (v + 2 * v2 + 2 * v3 + v4), v + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4));
        }
        return (r, v);
    }

    /// <summary>Of the point mass and J2, km/s².</summary>
    public static Vector3d Acceleration(Vector3d r)
    {
        double distance = r.Norm, k = FreeFall.EarthMuKm3PerS2 / (distance * distance * distance), sine = r.Z / distance;
        double flat = 1.5 * J2 * Wgs84.EquatorialRadiusKm * Wgs84.EquatorialRadiusKm / (distance * distance);
        return -k * (r + flat * ((1 - 5 * sine * sine) * r + new Vector3d(0, 0, 2 * r.Z)));
    }
}
