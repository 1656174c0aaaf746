namespace SsaShare.Orbits;

/// <summary>Where an object is seen from a place, geometrically, and how it moves there.</summary>
/// <param name="RangeKm">Distance.</param>
/// <param name="AzimuthRad">From north through east, 0 to 2π.</param>
/// <param name="ElevationRad">Above the geodetic horizon.</param>
/// <param name="RangeRateKmPerS">Positive when receding.</param>
/// <param name="AzimuthRateRadPerS">Not finite at the zenith.</param>
/// <param name="ElevationRateRadPerS">Not finite at the zenith.</param>
public readonly record struct LookAngles(
    double RangeKm, double AzimuthRad, double ElevationRad, double RangeRateKmPerS, double AzimuthRateRadPerS, double ElevationRateRadPerS);
