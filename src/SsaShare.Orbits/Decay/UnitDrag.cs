using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Drag of an object of 1 m²/kg (drag coefficient times area over mass), from places in TEME: the Earth turns by mean sidereal time, without the motion of its pole.</summary>
/// <param name="atmosphere">Its density.</param>
internal sealed class UnitDrag(IAtmosphere atmosphere)
{
    private static readonly Vector3d EarthRate = new(0, 0, EarthRotation.NominalRateRadPerS);

    public bool Covers(Epoch epoch) => atmosphere.Covers(epoch);

    /// <summary>km/s² per m²/kg; position and velocity in TEME.</summary>
    public Vector3d AccelerationKmPerS2(Epoch epoch, double siderealRad, Vector3d position, Vector3d velocity)
    {
        var place = Wgs84.ToGeodetic(position);
        place = place with { LongitudeRad = Math.IEEERemainder(place.LongitudeRad - siderealRad, Math.Tau) };
        return AirDrag.KmPerS2(atmosphere.DensityKgPerM3(epoch, place), velocity - EarthRate.Cross(position));
    }

    /// <summary>Mean sidereal time with UTC for UT1, rad: the Earth turns 0.004 degrees in their difference.</summary>
    public static double SiderealRad(Epoch epoch)
        => TimeScales.TryTaiMinusUtc(epoch, out int seconds) ? Fk5.MeanSiderealTimeRad(epoch, -seconds) : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "There is no UTC before 1972.");

    /// <summary>Height above the ellipsoid, km, of a place in any frame whose axis is the Earth's.</summary>
    public static double HeightKm(Vector3d position) => Wgs84.ToGeodetic(position).HeightKm;
}
