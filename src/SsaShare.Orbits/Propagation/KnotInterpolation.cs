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
    /// How far an interpolated position may be off, km: three times h⁶/46,080 · n⁶ · r, the remainder for a circle of the knot's radius, and h²/64 of 1e-8 km/s² for the forces left out.
    /// In low orbit 0.6 m with knots 300 s apart.
    /// </summary>
    /// <param name="radiusKm">Of the lower knot.</param>
    /// <param name="seconds">Between the knots.</param>
    public static double ErrorKm(double radiusKm, double seconds)
    {
        double n2 = FreeFall.EarthMuKm3PerS2 / (radiusKm * radiusKm * radiusKm), x = n2 * seconds * seconds;
        return 3 * x * x * x * radiusKm / 46_080 + seconds * seconds / 64 * 1e-8;
    }

    private static void Derivative(ReadOnlySpan<double> y, Span<double> d)
    {
        var a = ShortArc.Acceleration(new Vector3d(y[0], y[1], y[2]));
        y.Slice(3, 3).CopyTo(d);
        (d[3], d[4], d[5]) = (a.X, a.Y, a.Z);
    }
}
