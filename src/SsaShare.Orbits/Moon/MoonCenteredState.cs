using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A state relative to the centre of the Moon, in axes of the GCRF (Moon-centred inertial).</summary>
/// <param name="Epoch">The instant.</param>
/// <param name="PositionKm">From the centre of the Moon.</param>
/// <param name="VelocityKmPerS">Relative to the centre of the Moon.</param>
public readonly record struct MoonCenteredState(Epoch Epoch, Vector3d PositionKm, Vector3d VelocityKmPerS);
