using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A direction in which an object was seen.</summary>
/// <param name="Epoch">When the light left the object, or when it was received: light time is not taken off here (20 µrad in low orbit).</param>
/// <param name="SiteKm">Where it was seen from: the observer's place, on the ground or in orbit, GCRF, km.</param>
/// <param name="Direction">GCRF, of length one.</param>
public readonly record struct LineOfSight(Epoch Epoch, Vector3d SiteKm, Vector3d Direction)
{
    /// <param name="epoch">Of the observation.</param>
    /// <param name="siteKm">GCRF, km.</param>
    /// <param name="rightAscensionRad">Topocentric, GCRF axes.</param>
    /// <param name="declinationRad">Topocentric, GCRF axes.</param>
    public static LineOfSight FromAngles(Epoch epoch, Vector3d siteKm, double rightAscensionRad, double declinationRad)
    {
        var (sinRa, cosRa) = Math.SinCos(rightAscensionRad);
        var (sinDec, cosDec) = Math.SinCos(declinationRad);
        return new LineOfSight(epoch, siteKm, new Vector3d(cosDec * cosRa, cosDec * sinRa, sinDec));
    }
}
