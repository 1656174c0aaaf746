using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How the ground under a station moves against the ITRF.</summary>
/// <remarks>IERS Conventions (2010), sections 4.2.2 and 7.1. Loading by oceans and air, up to 2 cm far from coasts, is left out.</remarks>
public sealed record StationMotion
{
    private const double SecondsPerYear = 365.25 * 86_400;

    /// <summary>Velocity in ITRF, km per Julian year. Default 0.</summary>
    public Vector3d VelocityKmPerYear { get; init; }

    /// <summary>When the station's position holds. Default: J2000.</summary>
    public Epoch ReferenceEpoch { get; init; }

    /// <summary>Whether the solid Earth's tide moves it, up to 0.4 m: <see cref="SolidEarthTide"/>. Default: no.</summary>
    public bool SolidTide { get; init; }

    /// <summary>Whether the pole tide moves it, up to 2 cm: <see cref="PoleTide"/>. Default: no.</summary>
    public bool PoleTide { get; init; }

    internal Vector3d DisplacementKm(SensorSite site, Epoch epoch, EarthAttitude attitude, EarthOrientation orientation, ISolarSystem bodies)
    {
        var moved = epoch.SecondsSince(ReferenceEpoch) / SecondsPerYear * VelocityKmPerYear;
        if (SolidTide)
        {
            Vector3d sun = attitude.GcrfToItrf * bodies.Geocentric(CelestialBody.Sun, epoch).PositionKm, moon = attitude.GcrfToItrf * bodies.Geocentric(CelestialBody.Moon, epoch).PositionKm;
            double sidereal = Fk5.MeanSiderealTimeRad(epoch, orientation.At(epoch).Ut1MinusTaiSeconds);
            moved += SolidEarthTide.DisplacementKm(site.ItrfKm, sun, moon, epoch, sidereal);
        }
        if (PoleTide)
        {
            var values = orientation.At(epoch);
            moved += Orbits.PoleTide.DisplacementKm(site.Place, epoch, values.PoleXRad, values.PoleYRad);
        }
        return moved;
    }
}
