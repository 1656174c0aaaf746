using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A state in the Earth-Moon rotating frame: from the centre of mass of both, x to the Moon, z along the angular momentum of its orbit.</summary>
/// <param name="Epoch">The instant.</param>
/// <param name="PositionKm">From the centre of mass of Earth and Moon.</param>
/// <param name="VelocityKmPerS">Relative to the rotating axes.</param>
public readonly record struct EarthMoonRotatingState(Epoch Epoch, Vector3d PositionKm, Vector3d VelocityKmPerS);
