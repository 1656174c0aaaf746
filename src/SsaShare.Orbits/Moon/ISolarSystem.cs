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

    /// <summary>The position of <see cref="Geocentric"/> alone, which costs less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not covered.</exception>
    Vector3d PositionKm(CelestialBody body, Epoch epoch) => Geocentric(body, epoch).PositionKm;

    /// <summary>The turn from GCRF axes to the Moon's principal axes; by the series of the IAU, good to 150 m on the Moon, where the implementation has nothing better.</summary>
    Matrix3 GcrfToMoonPrincipalAxes(Epoch epoch) => MoonOrientation.GcrfToPrincipalAxes(epoch);

    /// <summary>How far a position of the body may be off, km: the worst that was measured or published.</summary>
    double ErrorKm(CelestialBody body);
}
