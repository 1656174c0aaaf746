namespace SsaShare.Orbits;

/// <summary>What of an object's shape and surface moves its orbit, m²/kg; both are estimated with the orbit.</summary>
/// <param name="BallisticM2PerKg">Drag coefficient times area over mass; the density is that of the <see cref="IAtmosphere"/>.</param>
/// <param name="RadiationM2PerKg">Radiation pressure coefficient times area over mass.</param>
public readonly record struct SurfaceCoefficients(double BallisticM2PerKg, double RadiationM2PerKg);
