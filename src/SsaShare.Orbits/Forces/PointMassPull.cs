using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The pull of a distant point mass on an object, less its pull on the Earth.</summary>
internal static class PointMassPull
{
    /// <summary>km/s², without the cancellation of two nearly equal terms.</summary>
    /// <param name="position">Of the object, from the centre of the Earth, km.</param>
    /// <param name="body">Of the mass, from the centre of the Earth, km.</param>
    /// <param name="mu">Of the mass, km³/s².</param>
    /// <remarks>Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), section 8.4.</remarks>
    public static Vector3d Acceleration(Vector3d position, Vector3d body, double mu)
    {
        double q = position.Dot(position - 2 * body) / body.NormSquared;
        double f = q * (3 + q * (3 + q)) / (1 + (1 + q) * Math.Sqrt(1 + q));
        double d2 = (position - body).NormSquared;
        return -mu / (d2 * Math.Sqrt(d2)) * (position + f * body);
    }

    /// <summary>Derivative of the acceleration by the position of the object, 1/s².</summary>
    public static Matrix3 Gradient(Vector3d position, Vector3d body, double mu)
    {
        var from = position - body;
        double d2 = from.NormSquared, scale = mu / (d2 * Math.Sqrt(d2));
        return (3 * scale / d2) * Matrix3.Outer(from, from) - scale * Matrix3.Identity;
    }
}
