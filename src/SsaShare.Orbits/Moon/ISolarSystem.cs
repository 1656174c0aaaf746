using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where the bodies of the solar system are. Implementations are immutable and safe for concurrent use.</summary>
public interface ISolarSystem
{
    /// <summary>Whether <see cref="Geocentric"/> answers for the body at the instant.</summary>
    bool Covers(CelestialBody body, Epoch epoch);

    /// <summary>The body relative to the centre of the Earth, GCRF axes, km and km/s, geometric.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not covered.</exception>
    BodyState Geocentric(CelestialBody body, Epoch epoch);

    /// <summary>How far a position of the body may be off, km: the worst that was measured or published.</summary>
    double ErrorKm(CelestialBody body);
}
