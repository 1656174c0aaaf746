using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Acceleration of an object in Earth orbit, in GCRF. Safe for concurrent use.</summary>
/// <remarks>
/// Earth gravity by harmonics; Sun and Moon as point masses; solid tide of degree 2 with k2 = 0.30; Schwarzschild term; drag in an
/// exponential atmosphere that turns with the Earth; radiation pressure on a sphere, in the shadow of a spherical Earth.
/// Montenbruck and Gill, Satellite Orbits (2000), chapter 3; IERS Conventions (2010), equation 10.12.
/// </remarks>
public sealed class ForceModel
{
    private const double LightSpeedKmPerS = 299_792.458;
    private const double AstronomicalUnitKm = 149_597_870.7;
    private const double RadiationAtOneUnitNPerM2 = 4.56e-6;
    private const double ShadowEdgeRad = Math.PI / 180;
    private const double SunRadiusKm = 695_700, MoonRadiusKm = 1_737.4;
    private const double LoveNumber2 = 0.30;

    private readonly HarmonicGravity _harmonics;
    private readonly ForceModelOptions _options;
    private readonly EarthRotation _rotation;

    private readonly ISolarSystem? _bodies;
    private readonly IAtmosphere? _atmosphere;

    /// <param name="options">Which forces.</param>
    /// <param name="gravity">Of the Earth; the built-in field where null.</param>
    /// <param name="rotation">Of the Earth; with the built-in table of orientation where null.</param>
    /// <param name="bodies">Sun, Moon and planets; short series where null.</param>
    /// <param name="atmosphere">What drag meets; the exponential one where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The field has no harmonics of the degree asked for.</exception>
    public ForceModel(ForceModelOptions options, GravityField? gravity = null, EarthRotation? rotation = null, ISolarSystem? bodies = null, IAtmosphere? atmosphere = null)
    {
        (_bodies, _atmosphere) = (bodies, atmosphere);
        Gravity = gravity ?? GravityField.Default;
        _rotation = rotation ?? EarthRotation.Default;
        _options = options;
        _harmonics = new HarmonicGravity(Gravity, options.GravityDegree);
    }

    public GravityField Gravity { get; }

    public EarthRotation Rotation => _rotation;

    /// <summary>Whether <see cref="SurfaceCoefficients"/> have any effect.</summary>
    public bool HasSurfaceForces => _options.Surface;

    /// <summary>Whether the shadows have an edge at which the steps of an integrator should end; see <see cref="ShadowMargins"/>.</summary>
    internal bool HasSharpShadow => _options.Surface && !_options.DrawnOutShadow;

    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation, the ephemeris or the atmosphere does not cover the instant.</exception>
    internal Acceleration At(Epoch epoch, Vector3d position, Vector3d velocity, SurfaceCoefficients surface, bool withGradient)
    {
        var attitude = _rotation.At(epoch);
        var pole = attitude.PoleGcrf;
        var total = attitude.GcrfToItrf.TransposedTimes(_harmonics.AccelerationKmPerS2(attitude.GcrfToItrf * position));
        Vector3d perBallistic = default, perRadiation = default;
        if (_options.SunAndMoon || _options.Surface)
        {
            var sun = SunKm(epoch);
            if (_options.SunAndMoon)
            {
                var moon = MoonKm(epoch);
                total += ThirdBody(position, sun, Orbits.SunAndMoon.SunMuKm3PerS2) + ThirdBody(position, moon, Orbits.SunAndMoon.MoonMuKm3PerS2)
                    + SolidTide(position, sun, Orbits.SunAndMoon.SunMuKm3PerS2) + SolidTide(position, moon, Orbits.SunAndMoon.MoonMuKm3PerS2)
                    + Relativity(position, velocity);
            }
            if (_options.Surface)
            {
                perBallistic = Drag(epoch, attitude, position, velocity, pole * attitude.AngularVelocityRadPerS.Norm);
                perRadiation = Radiation(position, sun);
                total += surface.BallisticM2PerKg * perBallistic + surface.RadiationM2PerKg * perRadiation;
            }
        }
        return new Acceleration(total, perBallistic, perRadiation, withGradient ? Gradient(position, pole) : default, default);
    }

    /// <summary>How far the object is from the edges of the shadow, rad seen from it: positive in full sunlight, and positive outside the umbra.</summary>
    /// <remarks>Both are continuous and change sign where the object enters; steps of an integrator that end there do not straddle the edge.</remarks>
    internal void ShadowMargins(Epoch epoch, Vector3d position, out double penumbra, out double umbra)
    {
        var sun = SunKm(epoch);
        var toSun = sun - position;
        double r = position.Norm, separation = Math.Acos(Math.Clamp(-position.Dot(toSun) / (r * toSun.Norm), -1, 1));
        double earth = Math.Asin(Math.Min(1, Wgs84.EquatorialRadiusKm / r)), disc = Math.Asin(SunRadiusKm / toSun.Norm);
        (penumbra, umbra) = (separation - earth - disc, separation - earth + disc);
    }

    /// <summary>Height above the Moon's mean sphere, km; negative inside: the object has hit it.</summary>
    internal double HeightAboveMoonKm(Epoch epoch, Vector3d position) => position.DistanceTo(MoonKm(epoch)) - MoonRadiusKm;

    private Vector3d SunKm(Epoch epoch)
        => _bodies?.Geocentric(CelestialBody.Sun, epoch).PositionKm ?? Orbits.SunAndMoon.SunKm(epoch.TtCenturiesSinceJ2000);

    private Vector3d MoonKm(Epoch epoch)
        => _bodies?.Geocentric(CelestialBody.Moon, epoch).PositionKm ?? Orbits.SunAndMoon.MoonKm(epoch.TtCenturiesSinceJ2000);

    private static Vector3d ThirdBody(Vector3d position, Vector3d body, double mu)
    {
        var toBody = body - position;
        double d2 = toBody.NormSquared, b2 = body.NormSquared;
        return mu * (toBody / (d2 * Math.Sqrt(d2)) - body / (b2 * Math.Sqrt(b2)));
    }

    private Vector3d SolidTide(Vector3d position, Vector3d body, double mu)
    {
        double r = position.Norm, distance = body.Norm;
        var (up, towards) = (position / r, body / distance);
        double cosine = up.Dot(towards), radius = Gravity.RadiusKm;
        double scale = LoveNumber2 * mu / (distance * distance * distance) * radius * Math.Pow(radius / r, 4);
        return scale * ((1.5 - 7.5 * cosine * cosine) * up + 3 * cosine * towards);
    }

    private Vector3d Relativity(Vector3d position, Vector3d velocity)
    {
        double r2 = position.NormSquared, r = Math.Sqrt(r2), mu = Gravity.MuKm3PerS2;
        return mu / (LightSpeedKmPerS * LightSpeedKmPerS * r2 * r)
            * ((4 * mu / r - velocity.NormSquared) * position + 4 * position.Dot(velocity) * velocity);
    }

    /// <summary>km/s² for 1 m²/kg.</summary>
    private Vector3d Drag(Epoch epoch, in EarthAttitude attitude, Vector3d position, Vector3d velocity, Vector3d earthRate)
    {
        double r = position.Norm, sinLatitude = position.Dot(earthRate) / (r * earthRate.Norm);
        double height = r - Wgs84.EquatorialRadiusKm * (1 - Wgs84.Flattening * sinLatitude * sinLatitude);
        double density = _atmosphere is null
            ? ExponentialAtmosphere.DensityKgPerM3(height)
            : _atmosphere.DensityKgPerM3(epoch, Wgs84.ToGeodetic(attitude.GcrfToItrf * position));
        if (density == 0) return default;
        var relative = velocity - earthRate.Cross(position);
        return -0.5 * 1_000 * density * relative.Norm * relative;
    }

    /// <summary>km/s² for 1 m²/kg.</summary>
    private static Vector3d Radiation(Vector3d position, Vector3d sun)
    {
        var fromSun = position - sun;
        double distance = fromSun.Norm, ratio = AstronomicalUnitKm / distance;
        return 1e-3 * RadiationAtOneUnitNPerM2 * ratio * ratio * Illumination(position, sun) / distance * fromSun;
    }

    /// <summary>Share of sunlight that reaches the object past the Earth, 0 to 1.</summary>
    /// <remarks>
    /// The edge of the shadow is drawn out to about four degrees of the orbit, as much light before it as behind. The true edge is so sharp that
    /// the steps of the integrator would fall on either side of it by chance, which moved an orbit by tens of metres in three days.
    /// </remarks>
    private static double Illumination(Vector3d position, Vector3d sun)
    {
        double r = position.Norm;
        double fromShadowAxis = Math.Acos(Math.Clamp(-position.Dot(sun) / (r * sun.Norm), -1, 1));
        double earthRadius = Math.Asin(Math.Min(1, Wgs84.EquatorialRadiusKm / r));
        return 1 / (1 + Math.Exp((earthRadius - fromShadowAxis) / ShadowEdgeRad));
    }

    /// <summary>Derivative of the acceleration by position, 1/s²: point mass and J2, which is all that a transition matrix for fits needs.</summary>
    private Matrix3 Gradient(Vector3d p, Vector3d pole)
    {
        double r2 = p.NormSquared, r = Math.Sqrt(r2), mu = Gravity.MuKm3PerS2, r3 = r2 * r, r5 = r3 * r2, r7 = r5 * r2, r9 = r7 * r2;
        double k = 1.5 * Gravity.J2 * mu * Gravity.RadiusKm * Gravity.RadiusKm, s = p.Dot(pole);
        double identity = -mu / r3 - k * (1 / r5 - 5 * s * s / r7);
        double outer = 3 * mu / r5 - k * (-5 / r7 + 35 * s * s / r9);
        double mixed = 10 * k * s / r7, polar = -2 * k / r5;
        double entry(double pi, double pj, double qi, double qj) => outer * pi * pj + mixed * (pi * qj + qi * pj) + polar * qi * qj;
        double xy = entry(p.X, p.Y, pole.X, pole.Y), xz = entry(p.X, p.Z, pole.X, pole.Z), yz = entry(p.Y, p.Z, pole.Y, pole.Z);
        return new Matrix3(
            identity + entry(p.X, p.X, pole.X, pole.X), xy, xz,
            xy, identity + entry(p.Y, p.Y, pole.Y, pole.Y), yz,
            xz, yz, identity + entry(p.Z, p.Z, pole.Z, pole.Z));
    }
}
