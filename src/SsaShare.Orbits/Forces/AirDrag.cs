using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Drag in an atmosphere that turns with the Earth. Safe for concurrent use.</summary>
/// <remarks>Montenbruck and Gill, Satellite Orbits (2000), section 3.5. Winds, some 100 m/s of 7 km/s and more in storms, are left out.</remarks>
internal sealed class AirDrag(IAtmosphere atmosphere)
{
    private const double MetersPerKm = 1_000, GradientStepKm = 0.2;

    // Above, no model knows any air.
    private const double HighestRadiusKm = 6_378 + 2_500;

    /// <summary>Whether the atmosphere has an answer for the instant.</summary>
    public bool Covers(Epoch epoch) => atmosphere.Covers(epoch);

    /// <summary>Acceleration for 1 m²/kg, km/s², of an object that moves through air of a density (kg/m³) at a velocity (km/s).</summary>
    public static Vector3d KmPerS2(double densityKgPerM3, Vector3d relativeKmPerS) => -0.5 * MetersPerKm * densityKgPerM3 * relativeKmPerS.Norm * relativeKmPerS;

    /// <summary>What the user has to know of the densities of a span of time; null where nothing.</summary>
    public string? Warning(Epoch from, Epoch to) => atmosphere.Warning(from, to);

    /// <summary>Acceleration for 1 m²/kg, km/s²; also, where asked for, its derivatives by position (1/s²) and velocity (1/s) in GCRF.</summary>
    public Vector3d At(Epoch epoch, in EarthAttitude attitude, Vector3d position, Vector3d velocity, bool withGradient, out Matrix3 byPosition, out Matrix3 byVelocity)
    {
        (byPosition, byVelocity) = (default, default);
        double r = position.Norm;
        if (r > HighestRadiusKm) return default;
        var place = Wgs84.ToGeodetic(attitude.GcrfToItrf * position);
        double density = atmosphere.DensityKgPerM3(epoch, place);
        if (density == 0) return default;
        var spin = attitude.GcrfToItrf.TransposedTimes(attitude.AngularVelocityRadPerS);
        var relative = velocity - spin.Cross(position);
        var perCoefficient = KmPerS2(density, relative);
        if (!withGradient) return perCoefficient;
        double speed = relative.Norm, factor = -0.5 * MetersPerKm * density;
        byVelocity = factor * speed * Matrix3.Identity + factor / speed * Matrix3.Outer(relative, relative);
        double higher = atmosphere.DensityKgPerM3(epoch, place with { HeightKm = place.HeightKm + GradientStepKm });
        var up = position / r;
        // At the very top the air ends from one step to the next.
        double slope = higher > 0 ? Math.Log(higher / density) / GradientStepKm : 0;
        byPosition = slope * Matrix3.Outer(perCoefficient, up) - byVelocity * Matrix3.CrossOf(spin);
        return perCoefficient;
    }
}
