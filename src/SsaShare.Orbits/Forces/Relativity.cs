using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What general relativity adds to the motion about the Earth, km/s².</summary>
/// <remarks>IERS Conventions (2010), equation 10.12, with β = γ = 1. Sizes for LAGEOS: 3e-12 km/s² by the mass, 3e-14 by the spin, 2e-14 by the motion about the Sun.</remarks>
internal static class Relativity
{
    private const double LightSpeedSquared = 299_792.458 * 299_792.458;

    // Angular momentum of the Earth per unit of mass, km²/s.
    private const double SpinKm2PerS = 980;

    // Of the Earth's orbit, km²/s: the root of GM times a (1-e²), which changes by 1e-4 with the Moon and the planets.
    private const double OrbitalMomentumKm2PerS = 4.4551e9;

    private static readonly Vector3d EclipticPole = new(0, -0.397777155931914, 0.917482062069182);

    /// <summary>By the Earth's mass: Schwarzschild.</summary>
    public static Vector3d Mass(Vector3d position, Vector3d velocity, double mu)
    {
        double r2 = position.NormSquared, r = Math.Sqrt(r2);
        return mu / (LightSpeedSquared * r2 * r) * ((4 * mu / r - velocity.NormSquared) * position + 4 * position.Dot(velocity) * velocity);
    }

    /// <summary>By the Earth's spin: Lense and Thirring.</summary>
    /// <param name="pole">Of the Earth's rotation, GCRF, length one.</param>
    public static Vector3d Spin(Vector3d position, Vector3d velocity, Vector3d pole, double mu)
    {
        double r2 = position.NormSquared, r = Math.Sqrt(r2);
        var momentum = SpinKm2PerS * pole;
        return 2 * mu / (LightSpeedSquared * r2 * r) * (3 / r2 * position.Dot(momentum) * position.Cross(velocity) + velocity.Cross(momentum));
    }

    /// <summary>By the Earth's motion about the Sun: de Sitter. The axes of GCRF do not turn with it, so free motion does against them.</summary>
    /// <param name="sun">From the centre of the Earth, km.</param>
    public static Vector3d Orbit(Vector3d velocity, Vector3d sun, double sunMu)
    {
        double distance = sun.Norm;
        return 3 * sunMu / (LightSpeedSquared * distance * distance * distance) * OrbitalMomentumKm2PerS * EclipticPole.Cross(velocity);
    }
}
