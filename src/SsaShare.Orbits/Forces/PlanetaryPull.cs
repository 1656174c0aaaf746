using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The pull of the planets on an object, less that on the Earth: under 5e-13 km/s² in geostationary orbit. Safe for concurrent use.</summary>
/// <remarks>
/// The planets are so far that the field about the Earth is linear: one matrix for all objects. It is computed every six hours and interpolated, which errs by 0.1 % of it;
/// the linear form errs by up to 1 % of it at the distance of the Moon.
/// </remarks>
internal sealed class PlanetaryPull(ISolarSystem bodies)
{
    private const long StepNanoseconds = 21_600_000_000_000;
    private const int Places = 256;

    // GM of DE430, km³/s². Neptune and Uranus add less than one part in a thousand.
    private static readonly (CelestialBody Body, double Mu)[] Planets =
    [
        (CelestialBody.Mercury, 22_031.780), (CelestialBody.Venus, 324_858.592), (CelestialBody.Mars, 42_828.375), (CelestialBody.Jupiter, 126_712_764.8), (CelestialBody.Saturn, 37_940_585.2),
    ];

    // By the last digits of their index, so that threads at different hours do not displace each other's.
    private readonly Segment?[] _segments = new Segment?[Places];

    /// <summary>Derivative of the acceleration by the distance from the Earth, 1/s².</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public Matrix3 GradientPerS2(Epoch epoch)
    {
        var at = new CubicPlace(epoch, StepNanoseconds);
        long index = at.Index;
        ref var place = ref _segments[index & (Places - 1)];
        var segment = Volatile.Read(ref place);
        if (segment is null || segment.Index != index)
        {
            var (from, to) = (new Epoch(index * StepNanoseconds), new Epoch((index + 1) * StepNanoseconds));
            if (!Covers(from) || !Covers(to)) return Compute(epoch);
            segment = new Segment(index, Compute(from), Compute(to));
            Volatile.Write(ref place, segment);
        }
        return (1 - at.Share) * segment.From + at.Share * segment.To;
    }

    /// <summary>Whether the ephemeris has all these planets at the instant.</summary>
    public bool Covers(Epoch epoch)
    {
        foreach (var (body, _) in Planets)
            if (!bodies.Covers(body, epoch)) return false;
        return true;
    }

    private Matrix3 Compute(Epoch epoch)
    {
        Matrix3 sum = default;
        foreach (var (body, mu) in Planets) sum += PointMassPull.Gradient(Vector3d.Zero, bodies.PositionKm(body, epoch), mu);
        return sum;
    }

    private sealed record Segment(long Index, Matrix3 From, Matrix3 To);
}
