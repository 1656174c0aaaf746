namespace SsaShare.Formats;

/// <summary>Places in latitude and longitude as cartesian positions in the Earth-fixed frame.</summary>
internal static class EphemerisPlaces
{
    private const double RadPerDeg = Math.PI / 180, EquatorialRadiusKm = 6_378.137, Flattening = 1 / 298.257_223_563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>The point in cartesian coordinates (WGS 84 where they are geodetic).</summary>
    /// <returns>The point itself where it is cartesian; null where its place cannot be turned.</returns>
    public static EphemerisPoint? Cartesian(EphemerisPoint point, EphemerisCoordinates coordinates)
    {
        if (coordinates == EphemerisCoordinates.Cartesian) return point;
        if (point.Place is not { } place || coordinates is not (EphemerisCoordinates.GeodeticHeight or EphemerisCoordinates.GeocentricRadius)) return null;
        double latitude = place.LatitudeDeg * RadPerDeg, longitude = place.LongitudeDeg * RadPerDeg, height = place.HeightOrRadiusKm;
        double sin = Math.Sin(latitude), cos = Math.Cos(latitude), east = Math.Sin(longitude), north = Math.Cos(longitude);
        double alongAxis, fromAxis, axisByLatitude, distanceByLatitude;
        if (coordinates == EphemerisCoordinates.GeocentricRadius)
        {
            (alongAxis, fromAxis) = (height * sin, height * cos);
            (axisByLatitude, distanceByLatitude) = (height * cos, -height * sin);
        }
        else
        {
            double w = Math.Sqrt(1 - EccentricitySquared * sin * sin), normal = EquatorialRadiusKm / w, meridian = normal * (1 - EccentricitySquared) / (w * w);
            (alongAxis, fromAxis) = ((normal * (1 - EccentricitySquared) + height) * sin, (normal + height) * cos);
            (axisByLatitude, distanceByLatitude) = ((meridian + height) * cos, -(meridian + height) * sin);
        }
        var position = new Vector3d(fromAxis * north, fromAxis * east, alongAxis);
        if (place.LatitudeRateDegPerS is not { } latitudeRate) return point with { Place = null, PositionKm = position };
        double up = place.HeightOrRadiusRateKmPerS ?? 0, turn = (place.LongitudeRateDegPerS ?? 0) * RadPerDeg, rise = latitudeRate * RadPerDeg;
        double axisRate = axisByLatitude * rise + up * sin, distanceRate = distanceByLatitude * rise + up * cos;
        var velocity = new Vector3d(distanceRate * north - fromAxis * east * turn, distanceRate * east + fromAxis * north * turn, axisRate);
        return point with { Place = null, PositionKm = position, VelocityKmPerS = velocity };
    }

    /// <summary>Latitude, longitude and height of an Earth-fixed position (WGS 84).</summary>
    /// <returns>Null within 1,000 km of the Earth's centre.</returns>
    public static Domain.Geodetic? Geodetic(Vector3d km)
    {
        if (!(km.Norm > 1_000)) return null;
        double axisDistance = Math.Sqrt(km.X * km.X + km.Y * km.Y), latitude = Math.Atan2(km.Z, axisDistance * (1 - EccentricitySquared));
        // Each round gains more than two digits near the ground.
        for (int i = 0; i < 8; i++)
        {
            double sin = Math.Sin(latitude);
            double normal = EquatorialRadiusKm / Math.Sqrt(1 - EccentricitySquared * sin * sin);
            latitude = Math.Atan2(km.Z + EccentricitySquared * normal * sin, axisDistance);
        }
        var (sine, cosine) = Math.SinCos(latitude);
        double height = axisDistance * cosine + km.Z * sine - EquatorialRadiusKm * Math.Sqrt(1 - EccentricitySquared * sine * sine);
        return new Domain.Geodetic(latitude, Math.Atan2(km.Y, km.X), height);
    }
}
