using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Motion about the Earth's centre of mass alone: ellipse, parabola and hyperbola in one formula.</summary>
/// <remarks>Universal variables (Battin, An Introduction to the Mathematics and Methods of Astrodynamics, section 4.5), solved by Laguerre's iteration (Conway 1986). Any inertial axes.</remarks>
public static class TwoBody
{
    /// <summary>Gravitational parameter of the Earth, km³/s² (IERS Conventions 2010, TT-compatible, rounded as in WGS 84).</summary>
    public const double EarthMuKm3PerS2 = 398_600.4418;

    private const int MostIterations = 60;

    /// <summary>Position (km) and velocity (km/s) some seconds later or, negative, earlier.</summary>
    /// <returns>False when the iteration does not settle or a figure is not finite: straight falls through the centre, absurd times.</returns>
    public static bool TryPropagate(Vector3d positionKm, Vector3d velocityKmPerS, double seconds, out Vector3d position, out Vector3d velocity, double muKm3PerS2 = EarthMuKm3PerS2)
    {
        (position, velocity) = (positionKm, velocityKmPerS);
        double r0 = positionKm.Norm, rootMu = Math.Sqrt(muKm3PerS2), alpha = 2 / r0 - velocityKmPerS.NormSquared / muKm3PerS2;
        double sigma = positionKm.Dot(velocityKmPerS) / rootMu;
        if (!(r0 > 0) || !double.IsFinite(alpha) || !double.IsFinite(seconds)) return false;
        if (seconds == 0) return true;
        double t = seconds;
        if (alpha * r0 > 1e-9) t = Math.IEEERemainder(seconds, Math.Tau / (alpha * Math.Sqrt(alpha) * rootMu));
        double chi = Start(r0, alpha, sigma, rootMu, t, muKm3PerS2, positionKm.Dot(velocityKmPerS));
        for (int i = 0; i < MostIterations; i++)
        {
            var (c, s) = Stumpff(alpha * chi * chi);
            double chi2 = chi * chi;
            double f = sigma * chi2 * c + (1 - alpha * r0) * chi2 * chi * s + r0 * chi - rootMu * t;
            double r = sigma * chi * (1 - alpha * chi2 * s) + (1 - alpha * r0) * chi2 * c + r0;
            double slope = sigma * (1 - alpha * chi2 * c) + (1 - alpha * r0) * chi * (1 - alpha * chi2 * s);
            // Laguerre with n = 5, which converges from far away.
            double root = Math.Sqrt(Math.Abs(16 * r * r - 20 * f * slope));
            double step = 5 * f / (r + (r >= 0 ? root : -root));
            if (!double.IsFinite(step)) return false;
            chi -= step;
            if (Math.Abs(step) > 1e-12 * Math.Max(Math.Abs(chi), Math.Sqrt(r0))) continue;
            (c, s) = Stumpff(alpha * chi * chi);
            chi2 = chi * chi;
            double fOf = 1 - chi2 / r0 * c, g = t - chi2 * chi / rootMu * s;
            position = fOf * positionKm + g * velocityKmPerS;
            double after = position.Norm;
            velocity = rootMu / (after * r0) * chi * (alpha * chi2 * s - 1) * positionKm + (1 - chi2 / after * c) * velocityKmPerS;
            return position.IsFinite && velocity.IsFinite && after > 0;
        }
        return false;
    }

    /// <summary>Stumpff's c2 and c3.</summary>
    internal static (double C, double S) Stumpff(double z)
    {
        if (Math.Abs(z) < 0.1) return Series(z);
        double root = Math.Sqrt(Math.Abs(z));
        return z > 0
            ? ((1 - Math.Cos(root)) / z, (root - Math.Sin(root)) / (root * z))
            : ((Math.Cosh(root) - 1) / -z, (Math.Sinh(root) - root) / (root * -z));
    }

    private static (double C, double S) Series(double z)
    {
        double c = 0, s = 0, ofC = 0.5, ofS = 1.0 / 6;
        for (int k = 0; k < 9; k++)
        {
            c += ofC;
            s += ofS;
            ofC *= -z / ((2 * k + 3) * (2 * k + 4));
            ofS *= -z / ((2 * k + 4) * (2 * k + 5));
        }
        return (c, s);
    }

    private static double Start(double r0, double alpha, double sigma, double rootMu, double t, double mu, double rv)
    {
        if (alpha * r0 > 1e-6) return rootMu * t * alpha;
        if (alpha * r0 < -1e-6)
        {
            double a = 1 / alpha, sign = Math.Sign(t);
            double inside = -2 * mu * alpha * t / (rv + sign * Math.Sqrt(-mu * a) * (1 - r0 * alpha));
            return inside > 0 ? sign * Math.Sqrt(-a) * Math.Log(inside) : rootMu * t / r0;
        }
        return rootMu * t / (r0 + Math.Abs(sigma) * Math.Sqrt(r0));
    }
}
