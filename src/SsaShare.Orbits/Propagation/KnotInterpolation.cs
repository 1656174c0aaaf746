using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An orbit between two of its states: the polynomial of degree five through both with their velocities and with the pull of point mass and J2.</summary>
public static class KnotInterpolation
{
    /// <param name="from">Position (km) and velocity (km/s) at the first knot, GCRF.</param>
    /// <param name="to">Likewise at the second.</param>
    /// <param name="seconds">Between them, above 0.</param>
    /// <param name="share">Where between them, 0 to 1.</param>
    /// <param name="state">Position and velocity there.</param>
    public static void Fill(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double seconds, double share, Span<double> state)
    {
        Span<double> d0 = stackalloc double[6], d1 = stackalloc double[6];
        Derivative(from, d0);
        Derivative(to, d1);
        var arc = new QuinticArc(seconds, from, d0, to, d1);
        var (position, velocity) = (arc.PositionKm(share), arc.VelocityKmPerS(share));
        (state[0], state[1], state[2]) = (position.X, position.Y, position.Z);
        (state[3], state[4], state[5]) = (velocity.X, velocity.Y, velocity.Z);
    }

    /// <summary>
    /// How far an interpolated position may be off, km: twice h⁶/46,080 · n⁶ · r, the remainder on a circle of the knot's radius (more where it is faster than a circle's), and h²/32 of the pull that is left out, harmonics
    /// beyond J2 near the Earth and Sun and Moon far from it. With knots 300 s apart 1 m in low orbit, 30 m at the perigee of a transfer orbit.
    /// </summary>
    /// <param name="positionKm">At the knot nearer to the Earth.</param>
    /// <param name="velocityKmPerS">There.</param>
    /// <param name="seconds">Between the knots.</param>
    public static double ErrorKm(Vector3d positionKm, Vector3d velocityKmPerS, double seconds)
    {
        double r = positionKm.Norm, x = FreeFall.EarthMuKm3PerS2 / (r * r * r) * seconds * seconds, faster = Math.Max(1, velocityKmPerS.NormSquared * r / FreeFall.EarthMuKm3PerS2);
        double leftOut = 2e-7 * Math.Pow(Wgs84.EquatorialRadiusKm / r, 4) + 1e-8 * r / 42_000;
        return 2 * x * x * x * r / 46_080 * Math.Pow(faster, 7) + seconds * seconds / 32 * leftOut;
    }

    private static void Derivative(ReadOnlySpan<double> y, Span<double> d)
    {
        var a = ShortArc.Acceleration(new Vector3d(y[0], y[1], y[2]));
        y.Slice(3, 3).CopyTo(d);
        (d[3], d[4], d[5]) = (a.X, a.Y, a.Z);
    }
}
