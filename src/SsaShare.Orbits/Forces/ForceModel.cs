using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Acceleration of an object in orbit about the Earth or on its way to the Moon, in GCRF. Allocates nothing once warm; safe for concurrent use.</summary>
/// <remarks>
/// The sum of what the other files of this folder compute, one force each; which of them is for <see cref="ForceModelOptions"/> to say. The field of the Earth has to be tide-free
/// (as the built-in one is), since the tides carry their permanent part.
/// </remarks>
public sealed partial class ForceModel
{
    private readonly ForceModelOptions _options;
    private readonly EarthRotation _rotation;
    private readonly ISolarSystem _bodies;
    private readonly EarthGravity _earth;
    private readonly AirDrag _drag;
    private readonly TidalCoefficients? _tides;
    private readonly PlanetaryPull? _planets;
    private readonly MoonGravity? _moonGravity;

    /// <param name="options">Which forces.</param>
    /// <param name="gravity">Of the Earth; the built-in field where null.</param>
    /// <param name="rotation">Of the Earth; with the built-in table of orientation where null.</param>
    /// <param name="bodies">Sun, Moon and planets; short series where null (<see cref="AnalyticSolarSystem"/>: the Moon up to 460 km off).</param>
    /// <param name="atmosphere">What drag meets; where null the static <see cref="ExponentialAtmosphere"/>, whose density is wrong by up to a factor of ten either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">A field has no harmonics of the degree asked for.</exception>
    public ForceModel(ForceModelOptions options, GravityField? gravity = null, EarthRotation? rotation = null, ISolarSystem? bodies = null, IAtmosphere? atmosphere = null)
    {
        (_options, Gravity, _rotation, _bodies) = (options, gravity ?? GravityField.Default, rotation ?? EarthRotation.Default, bodies ?? AnalyticSolarSystem.Instance);
        _earth = new EarthGravity(Gravity, options.GravityDegree, options.GradientDegree);
        _drag = new AirDrag(atmosphere ?? ExponentialAtmosphere.Instance);
        if (options.SunAndMoon && options.TidesOfIers2010) _tides = new TidalCoefficients(Gravity, _rotation.Orientation);
        if (options.Planets) _planets = new PlanetaryPull(_bodies);
        if (options.LunarGravityDegree > 0) _moonGravity = new MoonGravity(_bodies, options.LunarGravityDegree);
    }

    /// <summary>The field of the Earth, km and s.</summary>
    public GravityField Gravity { get; }

    /// <summary>The turn of the Earth that its field, tides and air follow.</summary>
    public EarthRotation Rotation => _rotation;

    /// <summary>Degree and order of the Earth's field that are in use.</summary>
    internal int GravityDegree => _options.GravityDegree;

    /// <summary>Whether <see cref="SurfaceCoefficients"/> have any effect.</summary>
    public bool HasSurfaceForces => _options.Surface;

    /// <summary>Whether the shadows have an edge at which the steps of an integrator should end; see <see cref="ShadowMargins"/>.</summary>
    internal bool HasSharpShadow => _options.Surface && !_options.DrawnOutShadow;

    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation, the ephemeris or the atmosphere does not cover the instant.</exception>
    internal Acceleration At(Epoch epoch, Vector3d position, Vector3d velocity, SurfaceCoefficients surface, bool withGradient)
    {
        var attitude = _rotation.At(epoch);
        var itrf = attitude.GcrfToItrf * position;
        bool fullGradient = withGradient && _options.GradientDegree > 0;
        var total = _earth.Acceleration(attitude.GcrfToItrf, itrf);
        var gradient = withGradient ? _earth.Gradient(attitude, position, itrf) : default;
        var sun = NeedsSun ? _bodies.PositionKm(CelestialBody.Sun, epoch) : default;
        var moon = NeedsMoon ? _bodies.PositionKm(CelestialBody.Moon, epoch) : default;
        if (_options.SunAndMoon)
        {
            total += PointMassPull.Acceleration(position, sun, SunAndMoon.SunMuKm3PerS2) + PointMassPull.Acceleration(position, moon, SunAndMoon.MoonMuKm3PerS2)
                + Tides(epoch, attitude, position, itrf, sun, moon) + RelativityOf(attitude, position, velocity, sun);
            if (fullGradient) gradient += PointMassPull.Gradient(position, sun, SunAndMoon.SunMuKm3PerS2) + PointMassPull.Gradient(position, moon, SunAndMoon.MoonMuKm3PerS2);
        }
        if (_planets is not null)
        {
            var pull = _planets.GradientPerS2(epoch);
            total += pull * position;
            if (fullGradient) gradient += pull;
        }
        if (_moonGravity is not null)
        {
            total += _moonGravity.At(epoch, position - moon, fullGradient, out var bySelenoid);
            gradient += bySelenoid;
        }
        if (!_options.Surface) return new Acceleration(total, default, default, gradient, default);
        var perBallistic = _drag.At(epoch, attitude, position, velocity, fullGradient, out var byPosition, out var byVelocity);
        var perRadiation = Sunlight(attitude, position, sun, moon) * RadiationPressure.Unshadowed(position, sun);
        return new Acceleration(total + surface.BallisticM2PerKg * perBallistic + surface.RadiationM2PerKg * perRadiation, perBallistic, perRadiation,
            gradient + surface.BallisticM2PerKg * byPosition, surface.BallisticM2PerKg * byVelocity);
    }

    /// <summary>How far the object is from the edges of the shadows of Earth and Moon, rad seen from it: positive in full sunlight, and positive outside the umbra.</summary>
    /// <remarks>Both are continuous and change sign where the object enters; steps of an integrator that end there do not straddle the edge.</remarks>
    internal void ShadowMargins(Epoch epoch, Vector3d position, out double penumbra, out double umbra)
        => Shadow.Margins(position, _bodies.PositionKm(CelestialBody.Sun, epoch), _bodies.PositionKm(CelestialBody.Moon, epoch), _rotation.At(epoch).PoleGcrf, out penumbra, out umbra);

    /// <summary>Height above the Moon's mean sphere, km; negative inside: the object has hit it. Infinite where the ephemeris does not say where the Moon is, and no force needs it.</summary>
    internal double HeightAboveMoonKm(Epoch epoch, Vector3d position)
        => !_bodies.Covers(CelestialBody.Moon, epoch) ? double.PositiveInfinity : position.DistanceTo(_bodies.PositionKm(CelestialBody.Moon, epoch)) - Shadow.MoonRadiusKm;

    private Vector3d Tides(Epoch epoch, in EarthAttitude attitude, Vector3d position, Vector3d itrf, Vector3d sun, Vector3d moon)
    {
        if (_tides is null)
            return SimpleTide.Acceleration(position, sun, SunAndMoon.SunMuKm3PerS2, Gravity.RadiusKm) + SimpleTide.Acceleration(position, moon, SunAndMoon.MoonMuKm3PerS2, Gravity.RadiusKm);
        var turn = attitude.GcrfToItrf;
        return turn.TransposedTimes(_tides.AccelerationKmPerS2(epoch, turn, itrf, turn * sun, turn * moon));
    }

    private Vector3d RelativityOf(in EarthAttitude attitude, Vector3d position, Vector3d velocity, Vector3d sun)
    {
        var mass = Relativity.Mass(position, velocity, Gravity.MuKm3PerS2);
        return _options.FullRelativity
            ? mass + Relativity.Spin(position, velocity, attitude.PoleGcrf, Gravity.MuKm3PerS2) + Relativity.Orbit(velocity, sun, SunAndMoon.SunMuKm3PerS2)
            : mass;
    }

    private double Sunlight(in EarthAttitude attitude, Vector3d position, Vector3d sun, Vector3d moon) => _options.DrawnOutShadow
        ? Shadow.DrawnOut(position, sun)
        : Shadow.PastEarth(position, sun, attitude.PoleGcrf) * Shadow.PastMoon(position, sun, moon);
}
