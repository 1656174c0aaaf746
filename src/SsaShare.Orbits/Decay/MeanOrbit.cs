using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An orbit averaged over a revolution, its place on it left out: true equator and mean equinox of date (TEME), km and rad.</summary>
/// <param name="AxisKm">Semi-major axis.</param>
/// <param name="X">Eccentricity times cosine of the argument of perigee.</param>
/// <param name="Y">Eccentricity times its sine; with what the southern bulge of the Earth adds (J3).</param>
/// <param name="InclinationRad">0 to π.</param>
/// <param name="NodeRad">Right ascension of the ascending node.</param>
internal readonly record struct MeanOrbit(double AxisKm, double X, double Y, double InclinationRad, double NodeRad)
{
    public double Eccentricity => double.Hypot(X, Y);

    public double PerigeeRadiusKm => AxisKm * (1 - Eccentricity);

    public double ApogeeRadiusKm => AxisKm * (1 + Eccentricity);

    public double MotionRadPerS => Math.Sqrt(ZonalField.MuKm3PerS2 / AxisKm) / AxisKm;

    public static MeanOrbit operator +(MeanOrbit o, MeanOrbit d) => new(o.AxisKm + d.AxisKm, o.X + d.X, o.Y + d.Y, o.InclinationRad + d.InclinationRad, o.NodeRad + d.NodeRad);

    public static MeanOrbit operator *(double f, MeanOrbit o) => new(f * o.AxisKm, f * o.X, f * o.Y, f * o.InclinationRad, f * o.NodeRad);

    /// <summary>The osculating elements at an instant; false where the path is not closed.</summary>
    public static bool TryOsculating(Vector3d position, Vector3d velocity, out MeanOrbit orbit)
    {
        double mu = ZonalField.MuKm3PerS2;
        orbit = default;
        double r = position.Norm, axis = 1 / (2 / r - velocity.NormSquared / mu);
        var h = position.Cross(velocity);
        if (!(axis > 0) || !(h.Norm > 0)) return false;
        var eccentricity = velocity.Cross(h) / mu - position / r;
        if (!(eccentricity.Norm < 1)) return false;
        double inclination = Math.Atan2(double.Hypot(h.X, h.Y), h.Z), node = Math.Atan2(h.X, -h.Y);
        var (sinNode, cosNode) = Math.SinCos(node);
        var (sinI, cosI) = Math.SinCos(inclination);
        var toNode = new Vector3d(cosNode, sinNode, 0);
        var ahead = new Vector3d(-sinNode * cosI, cosNode * cosI, sinI);
        orbit = new MeanOrbit(axis, eccentricity.Dot(toNode), eccentricity.Dot(ahead), inclination, node);
        return true;
    }

    /// <summary>Two-body position and velocity at an eccentric argument (eccentric anomaly plus argument of perigee).</summary>
    public (Vector3d PositionKm, Vector3d VelocityKmPerS) At(double eccentricArgumentRad)
    {
        var (sinF, cosF) = Math.SinCos(eccentricArgumentRad);
        double beta = 1 / (1 + Math.Sqrt(1 - X * X - Y * Y)), closeness = 1 - X * cosF - Y * sinF, speed = MotionRadPerS * AxisKm / closeness;
        // Equinoctial elements in the plane of the orbit (Broucke and Cefola 1972).
        double x = AxisKm * ((1 - beta * Y * Y) * cosF + beta * X * Y * sinF - X), y = AxisKm * ((1 - beta * X * X) * sinF + beta * X * Y * cosF - Y);
        double vx = speed * (beta * X * Y * cosF - (1 - beta * Y * Y) * sinF), vy = speed * ((1 - beta * X * X) * cosF - beta * X * Y * sinF);
        var (sinNode, cosNode) = Math.SinCos(NodeRad);
        var (sinI, cosI) = Math.SinCos(InclinationRad);
        var first = new Vector3d(cosNode, sinNode, 0);
        var second = new Vector3d(-sinNode * cosI, cosNode * cosI, sinI);
        return (x * first + y * second, vx * first + vy * second);
    }
}
