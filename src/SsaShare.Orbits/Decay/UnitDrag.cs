using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Drag of an object of 1 m²/kg (drag coefficient times area over mass) in an atmosphere that turns with the Earth.</summary>
/// <param name="atmosphere">Its density.</param>
internal sealed class UnitDrag(IAtmosphere atmosphere)
{
    private const double SecondEccentricitySquared = 1 / ((1 - Wgs84.Flattening) * (1 - Wgs84.Flattening)) - 1;
    private static readonly Vector3d EarthRate = new(0, 0, EarthRotation.NominalRateRadPerS);

    public bool Covers(Epoch epoch) => atmosphere.Covers(epoch);

    /// <summary>km/s² per m²/kg; position and velocity in TEME.</summary>
    public Vector3d AccelerationKmPerS2(Epoch epoch, double siderealRad, Vector3d position, Vector3d velocity)
    {
        double density = atmosphere.DensityKgPerM3(epoch, Place(siderealRad, position));
        var relative = velocity - EarthRate.Cross(position);
        return -500 * density * relative.Norm * relative;
    }

    /// <summary>Mean sidereal time with UTC for UT1, rad: the Earth turns 0.004 degrees in their difference.</summary>
    public static double SiderealRad(Epoch epoch)
        => TimeScales.TryTaiMinusUtc(epoch, out int seconds) ? Fk5.MeanSiderealTimeRad(epoch, -seconds) : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "There is no UTC before 1972.");

    /// <summary>Height above the ellipsoid, km; good to 40 m below 2,500 km.</summary>
    public static double HeightKm(Vector3d position)
    {
        double r = position.Norm, s = position.Z / r;
        return r - Wgs84.EquatorialRadiusKm / Math.Sqrt(1 + SecondEccentricitySquared * s * s);
    }

    private static Geodetic Place(double siderealRad, Vector3d position)
    {
        double r = position.Norm, geocentric = Math.Asin(position.Z / r);
        double latitude = geocentric + Wgs84.Flattening * Math.Sin(2 * geocentric) * Wgs84.EquatorialRadiusKm / r;
        return new Geodetic(latitude, Math.IEEERemainder(Math.Atan2(position.Y, position.X) - siderealRad, Math.Tau), HeightKm(position));
    }
}
