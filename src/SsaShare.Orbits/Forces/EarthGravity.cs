using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The Earth's field, in GCRF. Allocates nothing; safe for concurrent use.</summary>
internal sealed class EarthGravity
{
    private readonly GravityField _field;
    private readonly HarmonicGravity _harmonics;
    private readonly HarmonicGravity? _gradient;

    /// <param name="field">The field.</param>
    /// <param name="degree">Of the acceleration.</param>
    /// <param name="gradientDegree">Of its derivative; 0 for point mass and J2.</param>
    public EarthGravity(GravityField field, int degree, int gradientDegree)
    {
        (_field, _harmonics) = (field, new HarmonicGravity(field, degree));
        _gradient = gradientDegree == 0 ? null : gradientDegree == degree ? _harmonics : new HarmonicGravity(field, gradientDegree);
    }

    /// <summary>km/s².</summary>
    public Vector3d Acceleration(in Matrix3 gcrfToItrf, Vector3d itrfKm) => gcrfToItrf.TransposedTimes(_harmonics.AccelerationKmPerS2(itrfKm));

    /// <summary>Derivative of the acceleration by position, 1/s².</summary>
    public Matrix3 Gradient(in EarthAttitude attitude, Vector3d position, Vector3d itrfKm)
        => _gradient is null ? PointMassAndJ2(position, attitude.PoleGcrf) : attitude.GcrfToItrf.Transposed * (_gradient.GradientPerS2(itrfKm) * attitude.GcrfToItrf);

    private Matrix3 PointMassAndJ2(Vector3d p, Vector3d pole)
    {
        double r2 = p.NormSquared, r = Math.Sqrt(r2), mu = _field.MuKm3PerS2, r3 = r2 * r, r5 = r3 * r2, r7 = r5 * r2, r9 = r7 * r2;
        double k = 1.5 * _field.J2 * mu * _field.RadiusKm * _field.RadiusKm, s = p.Dot(pole);
        double identity = -mu / r3 - k * (1 / r5 - 5 * s * s / r7);
        double outer = 3 * mu / r5 - k * (-5 / r7 + 35 * s * s / r9);
        double mixed = 10 * k * s / r7, polar = -2 * k / r5;
        return identity * Matrix3.Identity + outer * Matrix3.Outer(p, p) + mixed * (Matrix3.Outer(p, pole) + Matrix3.Outer(pole, p)) + polar * Matrix3.Outer(pole, pole);
    }
}
