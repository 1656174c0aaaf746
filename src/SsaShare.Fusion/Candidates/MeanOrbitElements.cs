using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Elements in which an uncertain orbit stays normal for days: ln n, e·cos ϖ, e·sin ϖ, tan(i/2)·cos Ω, tan(i/2)·sin Ω, mean longitude λ. Equinoctial, with the mean motion that the zonal potential J2 leaves constant.
/// </summary>
/// <remarks>
/// Energy with the potential of J2 gives the mean semi-major axis (Brouwer 1959, AJ 64, 378, to the first order of J2); secular rates by the same. Short periodic changes of the other elements, a part in a thousand, stay in and are counted
/// as noise by whoever compares. Singular only for equatorial orbits against the Earth's turn.
/// </remarks>
internal static class MeanOrbitElements
{
    public const int LogN = 0, F = 1, G = 2, H = 3, K = 4, Lambda = 5, Size = 6;
    private const double J2 = 1.08263e-3, RadiusKm = 6_378.1366;

    /// <param name="x">Position (km) and velocity (km/s), inertial.</param>
    /// <returns>False where the state is on no ellipse.</returns>
    public static bool TryOf(ReadOnlySpan<double> x, Span<double> elements)
    {
        Vector3d r = new(x[0], x[1], x[2]), v = new(x[3], x[4], x[5]);
        const double mu = TwoBody.EarthMuKm3PerS2;
        double radius = r.Norm, sine = r.Z / radius;
        var momentum = r.Cross(v);
        double h = momentum.Norm;
        if (!(h > 1)) return false;
        var w = momentum / h;
        // Osculating eccentricity vector and longitude in the equinoctial axes of the plane.
        double chi = -w.Y / (1 + w.Z), psi = w.X / (1 + w.Z), scale = 1 / (1 + chi * chi + psi * psi);
        var ahead = scale * new Vector3d(1 - psi * psi + chi * chi, 2 * psi * chi, -2 * psi);
        var across = scale * new Vector3d(2 * psi * chi, 1 + psi * psi - chi * chi, 2 * chi);
        var toPerigee = v.Cross(momentum) / mu - r / radius;
        double f = toPerigee.Dot(ahead), g = toPerigee.Dot(across), e2 = f * f + g * g, osculating = v.NormSquared / 2 - mu / radius;
        if (!(osculating < 0) || !(e2 < 0.98) || !(1 + w.Z > 1e-3)) return false;
        double a = -mu / (2 * osculating), root = Math.Sqrt(1 - e2), beta = 1 / (1 + root), px = r.Dot(ahead), py = r.Dot(across);
        double cos = f + ((1 - f * f * beta) * px - f * g * beta * py) / (a * root), sin = g + ((1 - g * g * beta) * py - f * g * beta * px) / (a * root);
        elements[Lambda] = Math.Atan2(sin, cos) + g * cos - f * sin;
        double potential = mu * J2 * RadiusKm * RadiusKm / (2 * radius * radius * radius) * (3 * sine * sine - 1);
        double mean = mu * J2 * RadiusKm * RadiusKm / (4 * a * a * a * root * root * root) * (3 * w.Z * w.Z - 1);
        double meanA = mu / (-2 * (osculating + potential) - 2 * mean);
        if (!(meanA > 0)) return false;
        (elements[LogN], elements[F], elements[G], elements[H], elements[K]) = (0.5 * Math.Log(mu / (meanA * meanA * meanA)), f, g, psi == 0 && chi == 0 ? 0 : chi, psi);
        return true;
    }

    /// <summary>By central differences.</summary>
    public static bool TryOf(ReadOnlySpan<double> x, Span<double> elements, Span<double> partials)
    {
        if (!TryOf(x, elements)) return false;
        Span<double> moved = stackalloc double[Size], up = stackalloc double[Size], down = stackalloc double[Size];
        for (int j = 0; j < Size; j++)
        {
            double step = j < 3 ? 0.1 : 1e-4;
            x.CopyTo(moved);
            moved[j] = x[j] + step;
            if (!TryOf(moved, up)) return false;
            moved[j] = x[j] - step;
            if (!TryOf(moved, down)) return false;
            for (int i = 0; i < Size; i++) partials[i * Size + j] = (i == Lambda ? Math.IEEERemainder(up[i] - down[i], Math.Tau) : up[i] - down[i]) / (2 * step);
        }
        return true;
    }

    /// <summary>By the secular rates of J2; the longitude is not brought back into one turn.</summary>
    public static void Move(ReadOnlySpan<double> e, double seconds, Span<double> moved)
    {
        double n = Math.Exp(e[LogN]), tan2 = e[H] * e[H] + e[K] * e[K], cosI = (1 - tan2) / (1 + tan2), e2 = e[F] * e[F] + e[G] * e[G], root = Math.Sqrt(Math.Max(1e-6, 1 - e2));
        double a = Math.Cbrt(TwoBody.EarthMuKm3PerS2 / (n * n)), p = a * Math.Max(1e-6, 1 - e2), strength = J2 * RadiusKm * RadiusKm / (p * p) * n;
        double node = -1.5 * strength * cosI, perigee = 0.75 * strength * (5 * cosI * cosI - 1), anomaly = n + 0.75 * strength * root * (3 * cosI * cosI - 1);
        var (sinP, cosP) = Math.SinCos((perigee + node) * seconds);
        var (sinN, cosN) = Math.SinCos(node * seconds);
        (moved[LogN], moved[F], moved[G]) = (e[LogN], e[F] * cosP - e[G] * sinP, e[F] * sinP + e[G] * cosP);
        (moved[H], moved[K], moved[Lambda]) = (e[H] * cosN - e[K] * sinN, e[H] * sinN + e[K] * cosN, e[Lambda] + (anomaly + perigee + node) * seconds);
    }

    public static void Move(ReadOnlySpan<double> e, double seconds, Span<double> moved, Span<double> partials)
    {
        Move(e, seconds, moved);
        Span<double> from = stackalloc double[Size], up = stackalloc double[Size], down = stackalloc double[Size];
        const double step = 1e-5;
        for (int j = 0; j < Size; j++)
        {
            e.CopyTo(from);
            from[j] = e[j] + step;
            Move(from, seconds, up);
            from[j] = e[j] - step;
            Move(from, seconds, down);
            for (int i = 0; i < Size; i++) partials[i * Size + j] = (up[i] - down[i]) / (2 * step);
        }
    }

    /// <summary>Unit normal of the plane.</summary>
    public static Vector3d Normal(ReadOnlySpan<double> e)
    {
        double chi = e[H], psi = e[K], scale = 1 / (1 + chi * chi + psi * psi);
        return scale * new Vector3d(2 * psi, -2 * chi, 1 - chi * chi - psi * psi);
    }
}
