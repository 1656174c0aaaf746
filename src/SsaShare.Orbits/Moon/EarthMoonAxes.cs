using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The Earth-Moon rotating frame at one instant: origin at their centre of mass, x to the Moon, z along the angular momentum of its orbit.</summary>
/// <param name="GcrfToRotating">Rotation of coordinates.</param>
/// <param name="AngularVelocityRadPerS">Of the axes against the stars, in rotating axes.</param>
/// <param name="BarycenterKm">The origin, from the centre of the Earth, GCRF.</param>
/// <param name="BarycenterVelocityKmPerS">Of the origin, GCRF.</param>
/// <param name="DistanceKm">Earth to Moon.</param>
/// <param name="DistanceRateKmPerS">Its change.</param>
public readonly record struct EarthMoonAxes(
    Matrix3 GcrfToRotating, Vector3d AngularVelocityRadPerS, Vector3d BarycenterKm, Vector3d BarycenterVelocityKmPerS, double DistanceKm, double DistanceRateKmPerS);
