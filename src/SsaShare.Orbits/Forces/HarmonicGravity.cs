using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Acceleration by a gravity field up to a chosen degree, and its derivative by position. Allocates nothing; safe for concurrent use.</summary>
/// <remarks>
/// Pines' form with normalised functions, which has no singularity at the poles: S. Pines, Uniform representation of the gravitational potential and its derivatives,
/// AIAA Journal 11 (1973), 1508. For each order the degrees are summed first, as Holmes and Featherstone (Journal of Geodesy 76 (2002), 279) do, several orders at a time in one vector.
/// </remarks>
internal sealed class HarmonicGravity
{
    private readonly double _mu, _radius;
    private readonly HarmonicSum _sum;
    private readonly double[] _c, _s;

    /// <param name="field">The field.</param>
    /// <param name="degree">Of what is summed; order the same.</param>
    /// <param name="withCenter">Whether the pull of a point mass is in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The field does not reach the degree.</exception>
    public HarmonicGravity(GravityField field, int degree, bool withCenter = true)
    {
        if (degree < 2 || degree > field.Degree) throw new ArgumentOutOfRangeException(nameof(degree), degree, $"The degree is from 2 to {field.Degree}.");
        (_mu, _radius) = (field.MuKm3PerS2, field.RadiusKm);
        var tables = new HarmonicTables(degree);
        _sum = new HarmonicSum(tables);
        (_c, _s) = (new double[tables.Size], new double[tables.Size]);
        for (int n = withCenter ? 0 : 2; n <= degree; n++)
        for (int m = 0; m <= n; m++) (_c[tables.Index(n, m)], _s[tables.Index(n, m)]) = field.Normalized(n, m);
    }

    /// <summary>km/s², in the same body-fixed axes as the position.</summary>
    public Vector3d AccelerationKmPerS2(Vector3d fixedKm) => _sum.Acceleration(_c, _s, _mu, _radius, fixedKm);

    /// <summary>Derivative of the acceleration by position, 1/s², in the same body-fixed axes; symmetric and without trace.</summary>
    public Matrix3 GradientPerS2(Vector3d fixedKm) => _sum.Gradient(_c, _s, _mu, _radius, fixedKm);
}
