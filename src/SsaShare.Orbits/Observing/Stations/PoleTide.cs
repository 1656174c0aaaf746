using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How the ground gives way when the pole wanders from its secular place.</summary>
/// <remarks>IERS Conventions (2010), section 7.1.4, equation 7.26, with the secular pole of the update of 2018 (equation 21 of chapter 7 as updated).</remarks>
public static class PoleTide
{
    private const double RadPerMilliarcsecond = Math.PI / 648_000_000, YearsPerCentury = 100;

    /// <summary>Displacement in ITRF, km.</summary>
    /// <param name="place">Of the station.</param>
    /// <param name="epoch">The instant.</param>
    /// <param name="poleXRad">Polar motion x.</param>
    /// <param name="poleYRad">Polar motion y.</param>
    public static Vector3d DisplacementKm(Geodetic place, Epoch epoch, double poleXRad, double poleYRad)
    {
        double years = epoch.TtCenturiesSinceJ2000 * YearsPerCentury;
        double m1 = (poleXRad / RadPerMilliarcsecond - (55.0 + 1.677 * years)) / 1_000, m2 = -(poleYRad / RadPerMilliarcsecond - (320.5 + 3.460 * years)) / 1_000;
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        double colatitude = Math.PI / 2 - place.LatitudeRad, along = m1 * cosLongitude + m2 * sinLongitude;
        double upMm = -33 * Math.Sin(2 * colatitude) * along, southMm = -9 * Math.Cos(2 * colatitude) * along;
        double eastMm = 9 * Math.Cos(colatitude) * (m1 * sinLongitude - m2 * cosLongitude);
        return Wgs84.ItrfToEastNorthUp(place).TransposedTimes(new Vector3d(eastMm, -southMm, upMm)) * 1e-6;
    }
}
