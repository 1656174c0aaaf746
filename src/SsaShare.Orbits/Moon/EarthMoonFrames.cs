using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From GCRF to frames of cislunar space: Moon-centred inertial and Earth-Moon rotating.</summary>
/// <remarks>
/// As good as the ephemeris: metres with a <see cref="JplEphemeris"/>, up to 1,000 km with <see cref="AnalyticSolarSystem"/>. Velocities include the Moon's motion and the turning
/// of the axes, its slow tilt as well.
/// </remarks>
public sealed class EarthMoonFrames(ISolarSystem bodies)
{
    /// <summary>Mass of the Earth by that of the Moon. DE430, Folkner and others 2014.</summary>
    public const double EarthMoonMassRatio = 81.30056907419062;

    /// <summary>Share of the Moon in the mass of both: the parameter of the restricted problem.</summary>
    public const double MoonMassShare = 1 / (1 + EarthMoonMassRatio);

    private const double DifferenceSeconds = 60;

    /// <summary>Whether the ephemeris has the Moon at the instant.</summary>
    public bool Covers(Epoch epoch) => bodies.Covers(CelestialBody.Moon, epoch);

    /// <summary>The state relative to the centre of the Moon.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public MoonCenteredState ToMoonCentered(CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        var moon = bodies.Geocentric(CelestialBody.Moon, state.Epoch);
        return new MoonCenteredState(state.Epoch, state.PositionKm - moon.PositionKm, state.VelocityKmPerS - moon.VelocityKmPerS);
    }

    /// <summary>The state relative to the centre of the Earth, GCRF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public CartesianState ToGcrf(MoonCenteredState state)
    {
        var moon = bodies.Geocentric(CelestialBody.Moon, state.Epoch);
        return new CartesianState(state.Epoch, Frame.Gcrf, state.PositionKm + moon.PositionKm, state.VelocityKmPerS + moon.VelocityKmPerS);
    }

    /// <summary>The state in the rotating frame.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public EarthMoonRotatingState ToRotating(CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        var axes = AxesAt(state.Epoch);
        var position = axes.GcrfToRotating * (state.PositionKm - axes.BarycenterKm);
        var velocity = axes.GcrfToRotating * (state.VelocityKmPerS - axes.BarycenterVelocityKmPerS) - axes.AngularVelocityRadPerS.Cross(position);
        return new EarthMoonRotatingState(state.Epoch, position, velocity);
    }

    /// <summary>The state in GCRF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public CartesianState ToGcrf(EarthMoonRotatingState state)
    {
        var axes = AxesAt(state.Epoch);
        var velocity = state.VelocityKmPerS + axes.AngularVelocityRadPerS.Cross(state.PositionKm);
        return new CartesianState(state.Epoch, Frame.Gcrf, axes.GcrfToRotating.TransposedTimes(state.PositionKm) + axes.BarycenterKm,
            axes.GcrfToRotating.TransposedTimes(velocity) + axes.BarycenterVelocityKmPerS);
    }

    /// <summary>Position and velocity in units of the restricted three-body problem: the momentary distance of the Moon, and the radian of its momentary turn.</summary>
    /// <remarks>Earth and Moon rest in these pulsating coordinates at -μ and 1-μ, with μ = <see cref="MoonMassShare"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public (Vector3d Position, Vector3d Velocity) ToNormalized(EarthMoonRotatingState state)
    {
        var axes = AxesAt(state.Epoch);
        var position = state.PositionKm / axes.DistanceKm;
        return (position, (state.VelocityKmPerS - axes.DistanceRateKmPerS * position) / (axes.DistanceKm * axes.AngularVelocityRadPerS.Z));
    }

    /// <summary>The inverse of <see cref="ToNormalized"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public EarthMoonRotatingState FromNormalized(Epoch epoch, Vector3d position, Vector3d velocity)
    {
        var axes = AxesAt(epoch);
        return new EarthMoonRotatingState(epoch, axes.DistanceKm * position,
            axes.DistanceKm * axes.AngularVelocityRadPerS.Z * velocity + axes.DistanceRateKmPerS * position);
    }

    /// <summary>The axes of the rotating frame at an instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ephemeris does not cover the instant.</exception>
    public EarthMoonAxes AxesAt(Epoch epoch)
    {
        var moon = bodies.Geocentric(CelestialBody.Moon, epoch);
        double distance = moon.PositionKm.Norm;
        var x = moon.PositionKm / distance;
        var momentum = moon.PositionKm.Cross(moon.VelocityKmPerS);
        var z = momentum.Unit();
        // The plane tilts under the Sun's pull: its rate needs the Moon's acceleration out of it.
        var (earlier, later) = (epoch.PlusSeconds(-DifferenceSeconds), epoch.PlusSeconds(DifferenceSeconds));
        if (!Covers(earlier)) earlier = epoch;
        if (!Covers(later)) later = epoch;
        var change = bodies.Geocentric(CelestialBody.Moon, later).VelocityKmPerS - bodies.Geocentric(CelestialBody.Moon, earlier).VelocityKmPerS;
        double seconds = later.SecondsSince(earlier), outOfPlane = seconds > 0 ? change.Dot(z) / seconds : 0;
        var y = z.Cross(x);
        return new EarthMoonAxes(new Matrix3(x.X, x.Y, x.Z, y.X, y.Y, y.Z, z.X, z.Y, z.Z),
            new Vector3d(distance * outOfPlane / momentum.Norm, 0, momentum.Norm / (distance * distance)),
            MoonMassShare * moon.PositionKm, MoonMassShare * moon.VelocityKmPerS, distance, x.Dot(moon.VelocityKmPerS));
    }
}
