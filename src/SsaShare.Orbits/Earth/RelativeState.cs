using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Position and velocity relative to a moving or turning origin; which axes, and whether the velocity is relative to turning ones, says whatever gives it.</summary>
/// <param name="PositionKm">From the origin.</param>
/// <param name="VelocityKmPerS">Its change.</param>
public readonly record struct RelativeState(Vector3d PositionKm, Vector3d VelocityKmPerS);
