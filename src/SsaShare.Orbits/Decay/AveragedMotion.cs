using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How a mean orbit changes: the shape of the Earth turns it, drag averaged over one revolution shrinks it.</summary>
/// <remarks>
/// King-Hele, Satellite Orbits in an Atmosphere (1987), chapter 4, with the density model itself in the integral instead of an exponential: equal steps of the eccentric
/// anomaly, for which the rule converges faster than any power. The radius carries the periodic part of J2, which moves an object by up to 5 km between the layers.
/// </remarks>
/// <param name="drag">Of 1 m²/kg.</param>
/// <param name="ballisticM2PerKg">Drag coefficient times area over mass.</param>
internal sealed class AveragedMotion(UnitDrag drag, double ballisticM2PerKg)
{
    private const int FewestPoints = 16, MostPoints = 96;

    /// <summary>An arc over which density changes by less than a factor of e has at least two points.</summary>
    private const double PointsPerRootScale = 8, ScaleHeightKm = 40;

    /// <summary>Change per second.</summary>
    public MeanOrbit Rate(Epoch epoch, MeanOrbit orbit) => Gravity(orbit) + (ballisticM2PerKg == 0 ? default : Drag(epoch, orbit));

    /// <summary>What the shape of the Earth alone makes of the orbit.</summary>
    /// <remarks>Exact, so that no step, however long, makes the eccentricity grow: a rule that follows the turning perigee by straight pieces does, and brings a lasting orbit down within years.</remarks>
    public static MeanOrbit Turned(MeanOrbit orbit, double seconds)
    {
        var (perigee, frozen, node) = Turn(orbit);
        var (sin, cos) = Math.SinCos(perigee * seconds);
        double aside = orbit.Y - frozen;
        return orbit with { X = cos * orbit.X - sin * aside, Y = frozen + sin * orbit.X + cos * aside, NodeRad = orbit.NodeRad + node * seconds };
    }

    /// <summary>What drag does per second.</summary>
    public MeanOrbit Drag(Epoch epoch, MeanOrbit orbit)
    {
        double mu = ZonalField.MuKm3PerS2;
        double e = orbit.Eccentricity, sidereal = UnitDrag.SiderealRad(epoch), scale = Math.Sqrt(orbit.AxisKm * e / ScaleHeightKm);
        int points = Math.Clamp((int)(FewestPoints + PointsPerRootScale * scale), FewestPoints, MostPoints);
        var (sinI, cosI) = Math.SinCos(orbit.InclinationRad);
        var (sinNode, cosNode) = Math.SinCos(orbit.NodeRad);
        var toNode = new Vector3d(cosNode, sinNode, 0);
        var ahead = new Vector3d(-sinNode * cosI, cosNode * cosI, sinI);
        var normal = new Vector3d(sinNode * sinI, -cosNode * sinI, cosI);
        double angularMomentum = Math.Sqrt(mu * orbit.AxisKm * (1 - e * e)), start = Math.Atan2(orbit.Y, orbit.X);
        var sum = default(MeanOrbit);
        for (int k = 0; k < points; k++)
        {
            double argument = start + Math.Tau * k / points;
            var (position, velocity) = orbit.At(argument);
            double share = (1 - orbit.X * Math.Cos(argument) - orbit.Y * Math.Sin(argument)) / points, radius = position.Norm;
            var force = ballisticM2PerKg * drag.AccelerationKmPerS2(epoch, sidereal, position * (1 + RadialShiftKm(orbit, position.Z / radius, cosI * cosI) / radius), velocity);
            double power = velocity.Dot(force), outOfPlane = normal.Dot(force) / angularMomentum;
            // Gauss' equations by vectors: of the energy, of the vector of eccentricity, and of the angular momentum.
            var eccentricity = (2 * power * position - position.Dot(force) * velocity - position.Dot(velocity) * force) / mu;
            double inclination = position.Dot(toNode) * outOfPlane, node = sinI > 1e-6 ? position.Dot(ahead) * outOfPlane / sinI : 0;
            double ex = eccentricity.Dot(toNode) + orbit.Y * cosI * node, ey = eccentricity.Dot(ahead) - orbit.X * cosI * node;
            sum += share * new MeanOrbit(2 * orbit.AxisKm * orbit.AxisKm * power / mu, ex, ey, inclination, node);
        }
        return sum;
    }

    /// <summary>What the shape of the Earth does per second.</summary>
    public static MeanOrbit Gravity(MeanOrbit orbit)
    {
        var (perigee, frozen, node) = Turn(orbit);
        return new MeanOrbit(0, -perigee * (orbit.Y - frozen), perigee * orbit.X, 0, node);
    }

    /// <summary>Secular turn of perigee and node by J2, rad/s, and the eccentricity around which the perigee turns: where J3 holds it.</summary>
    private static (double PerigeeRadPerS, double Frozen, double NodeRadPerS) Turn(MeanOrbit orbit)
    {
        var (sinI, cosI) = Math.SinCos(orbit.InclinationRad);
        double p = orbit.AxisKm * (1 - orbit.Eccentricity * orbit.Eccentricity) / ZonalField.RadiusKm, rate = 1.5 * ZonalField.J2 * orbit.MotionRadPerS / (p * p);
        double perigee = rate * (2 - 2.5 * sinI * sinI), frozen = -0.5 * ZonalField.J3 / ZonalField.J2 * sinI * ZonalField.RadiusKm / orbit.AxisKm;
        return (perigee, frozen, -rate * cosI);
    }

    /// <summary>What J2 adds to the radius in the course of a revolution, km; for small eccentricities.</summary>
    /// <remarks>Spacetrack Report 3, section 6, short-period terms.</remarks>
    private static double RadialShiftKm(MeanOrbit orbit, double sinLatitude, double cosI2)
    {
        double scale = 0.25 * ZonalField.J2 * ZonalField.RadiusKm * ZonalField.RadiusKm / orbit.AxisKm;
        // sin² i cos 2u = sin² i - 2 sin² of the latitude.
        return scale * (3 * (1 - 3 * cosI2) + (1 - cosI2) - 2 * sinLatitude * sinLatitude);
    }
}
