namespace SsaShare.Domain;

/// <summary>A place on or above the WGS 84 ellipsoid: geodetic latitude and east longitude in radians, height in km.</summary>
public readonly record struct Geodetic(double LatitudeRad, double LongitudeRad, double HeightKm);
