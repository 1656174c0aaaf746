using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The tide of degree 2 that one body raises in the solid Earth, with a single Love number.</summary>
/// <remarks>Montenbruck and Gill, Satellite Orbits (2000), equation 3.149. Errs by a few percent of the tide.</remarks>
internal static class SimpleTide
{
    private const double LoveNumber2 = 0.30;

    /// <summary>km/s².</summary>
    public static Vector3d Acceleration(Vector3d position, Vector3d body, double mu, double earthRadiusKm)
    {
        double r = position.Norm, distance = body.Norm;
        var (up, towards) = (position / r, body / distance);
        double cosine = up.Dot(towards);
        double scale = LoveNumber2 * mu / (distance * distance * distance) * earthRadiusKm * Math.Pow(earthRadiusKm / r, 4);
        return scale * ((1.5 - 7.5 * cosine * cosine) * up + 3 * cosine * towards);
    }
}
