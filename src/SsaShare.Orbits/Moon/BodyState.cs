using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where a body stands and how it moves, geometric (no light time), relative to the centre of the Earth.</summary>
/// <param name="PositionKm">GCRF axes.</param>
/// <param name="VelocityKmPerS">GCRF axes.</param>
public readonly record struct BodyState(Vector3d PositionKm, Vector3d VelocityKmPerS);
