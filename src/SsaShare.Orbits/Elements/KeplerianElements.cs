using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Osculating elements of an elliptic orbit, in the axes of the state they come from.</summary>
/// <param name="SemiMajorAxisKm">Half the long axis.</param>
/// <param name="Eccentricity">0 to below 1.</param>
/// <param name="InclinationRad">0 to π, against the frame's equator.</param>
/// <param name="AscendingNodeRad">Right ascension of the ascending node; 0 where the orbit lies in the equator.</param>
/// <param name="ArgumentOfPerigeeRad">From the node; 0 where the orbit is circular.</param>
/// <param name="MeanAnomalyRad">From perigee; from the node where the orbit is circular.</param>
public readonly record struct KeplerianElements(
    double SemiMajorAxisKm, double Eccentricity, double InclinationRad, double AscendingNodeRad, double ArgumentOfPerigeeRad, double MeanAnomalyRad)
{
    private const double EarthMuKm3PerS2 = 398_600.4418;
    private const double Tiny = 1e-11;

    /// <summary>Time of one revolution, s.</summary>
    public double PeriodSeconds => Math.Tau * Math.Sqrt(SemiMajorAxisKm * SemiMajorAxisKm * SemiMajorAxisKm / EarthMuKm3PerS2);

    /// <summary>Above the equatorial radius of WGS 84, km.</summary>
    public double PerigeeHeightKm => SemiMajorAxisKm * (1 - Eccentricity) - Wgs84.EquatorialRadiusKm;

    /// <summary>Above the equatorial radius of WGS 84, km.</summary>
    public double ApogeeHeightKm => SemiMajorAxisKm * (1 + Eccentricity) - Wgs84.EquatorialRadiusKm;

    /// <returns>False when the state is not on an ellipse, or moves straight up or down.</returns>
    public static bool TryFromState(CartesianState state, out KeplerianElements elements)
    {
        elements = default;
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        double radius = r.Norm;
        double energy = v.NormSquared / 2 - EarthMuKm3PerS2 / radius;
        var h = r.Cross(v);
        if (!(energy < 0) || !(h.Norm > 1e-6)) return false;
        double a = -EarthMuKm3PerS2 / (2 * energy);
        var toPerigee = v.Cross(h) / EarthMuKm3PerS2 - r / radius;
        double e = toPerigee.Norm;
        if (!(e < 1)) return false;
        double inclination = Math.Atan2(Math.Sqrt(h.X * h.X + h.Y * h.Y), h.Z);
        var node = new Vector3d(-h.Y, h.X, 0);
        node = node.Norm > Tiny * h.Norm ? node.Unit() : new Vector3d(1, 0, 0);
        var ahead = h.Unit().Cross(node);
        double argument = e > Tiny ? Math.Atan2(toPerigee.Dot(ahead), toPerigee.Dot(node)) : 0;
        double latitudeArgument = Math.Atan2(r.Dot(ahead), r.Dot(node));
        double trueAnomaly = latitudeArgument - argument;
        double eccentric = Math.Atan2(Math.Sqrt(1 - e * e) * Math.Sin(trueAnomaly), e + Math.Cos(trueAnomaly));
        elements = new KeplerianElements(a, e, inclination, Turn(Math.Atan2(node.Y, node.X)), Turn(argument), Turn(eccentric - e * Math.Sin(eccentric)));
        return true;
    }

    /// <summary>Position and velocity in the axes of <paramref name="frame"/>.</summary>
    public CartesianState ToState(Epoch epoch, Frame frame)
    {
        double eccentric = SolveKepler(MeanAnomalyRad, Eccentricity);
        var (sinE, cosE) = Math.SinCos(eccentric);
        double root = Math.Sqrt(1 - Eccentricity * Eccentricity), motion = Math.Sqrt(EarthMuKm3PerS2 / SemiMajorAxisKm) / (1 - Eccentricity * cosE);
        var toInertial = (Matrix3.RotationZ(ArgumentOfPerigeeRad) * Matrix3.RotationX(InclinationRad) * Matrix3.RotationZ(AscendingNodeRad)).Transposed;
        var position = new Vector3d(SemiMajorAxisKm * (cosE - Eccentricity), SemiMajorAxisKm * root * sinE, 0);
        var velocity = new Vector3d(-motion * sinE, motion * root * cosE, 0);
        return new CartesianState(epoch, frame, toInertial * position, toInertial * velocity);
    }

    /// <summary>Eccentric anomaly by Newton's method, kept inside the interval where the root lies.</summary>
    private static double SolveKepler(double meanAnomalyRad, double e)
    {
        double m = Math.IEEERemainder(meanAnomalyRad, Math.Tau), low = m - e, high = m + e, x = m + e * Math.Sin(m);
        for (int i = 0; i < 50; i++)
        {
            double error = x - e * Math.Sin(x) - m;
            if (error > 0) high = x;
            else low = x;
            double next = x - error / (1 - e * Math.Cos(x));
            if (next < low || next > high) next = 0.5 * (low + high);
            if (Math.Abs(next - x) < 1e-15) return next;
            x = next;
        }
        return x;
    }

    private static double Turn(double rad) => rad < 0 ? rad + Math.Tau : rad;
}
