using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What moves an object at one instant, GCRF.</summary>
/// <param name="KmPerS2">The sum of all forces.</param>
/// <param name="PerBallistic">Drag for 1 m²/kg, km/s².</param>
/// <param name="PerRadiation">Radiation pressure for 1 m²/kg, km/s².</param>
/// <param name="Gradient">Derivative by position, 1/s².</param>
/// <param name="VelocityGradient">Derivative by velocity, 1/s.</param>
internal readonly record struct Acceleration(Vector3d KmPerS2, Vector3d PerBallistic, Vector3d PerRadiation, Matrix3 Gradient, Matrix3 VelocityGradient);
