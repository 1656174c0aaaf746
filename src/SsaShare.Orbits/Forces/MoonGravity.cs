using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The Moon's field beyond its point mass. Allocates nothing; safe for concurrent use.</summary>
internal sealed class MoonGravity(ISolarSystem bodies, int degree)
{
    // Beyond, the field is under 1e-13 km/s² and not computed; the step there is harmless to an integrator.
    private const double ReachKm = 100_000;

    private readonly HarmonicGravity _harmonics = new(GravityField.Moon, degree, withCenter: false);

    /// <summary>km/s², GCRF; and, where asked for, its derivative by position, 1/s².</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="fromMoon">The object, from the centre of the Moon, GCRF axes, km.</param>
    /// <param name="withGradient">Whether the derivative is wanted.</param>
    /// <param name="gradient">The derivative.</param>
    public Vector3d At(Epoch epoch, Vector3d fromMoon, bool withGradient, out Matrix3 gradient)
    {
        gradient = default;
        if (fromMoon.NormSquared > ReachKm * ReachKm) return default;
        var turn = bodies.GcrfToMoonPrincipalAxes(epoch);
        var place = turn * fromMoon;
        if (withGradient) gradient = turn.Transposed * (_harmonics.GradientPerS2(place) * turn);
        return turn.TransposedTimes(_harmonics.AccelerationKmPerS2(place));
    }
}
