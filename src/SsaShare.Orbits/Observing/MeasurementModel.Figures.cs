using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>All kinds at one time tag.</summary>
public sealed partial class MeasurementModel
{
    // Twice the Earth's gravitational parameter over the square of the speed of light, km.
    private const double SchwarzschildRadiusKm = 2 * FreeFall.EarthMuKm3PerS2 / (LightSpeedKmPerS * LightSpeedKmPerS);

    /// <summary>What of a prediction depends on the kind of sensor: the axes of its angles and the medium.</summary>
    private readonly record struct Setting(
        LocalHorizon? Horizon, Matrix3 ToFrame, Vector3d StarVelocity, bool Apparent, double RangeSlope, double ElevationSlope, double RangeShare);

    private PredictedFigures AtOnce(
        TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, Span<double> partials, Span<double> observerPartials, SurfaceWeather? weather)
    {
        var conventions = sensor.Conventions;
        var observer = sensor.Place.At(epoch, _rotation, _bodies);
        var geometry = new SignalGeometry(new FreeFall(position, velocity), new ObserverPath(observer), conventions.Path, conventions.TimeTag);
        bool moving = conventions.Path != SignalPath.Instant;
        var setting = new Setting(observer.Horizon, FromGcrf(conventions.AngleFrame, epoch),
            moving && conventions.Aberration == Aberration.AgainstStars ? EarthVelocity(epoch) : default,
            moving && conventions.Aberration == Aberration.Apparent, 0, 0, conventions.Path == SignalPath.TwoWay ? 0.5 : 0);

        var (azimuth, elevation) = (double.NaN, double.NaN);
        double extra = -conventions.CentreOfMassOffsetKm;
        if (observer.Horizon is { } horizon)
        {
            var local = horizon.ToLocal(Apparent(setting, geometry), geometry.Received);
            (azimuth, elevation) = Angles(local.Y, local.X, local.Z);
            var (delay, slope, bending, bendingSlope) = Medium(conventions, elevation, horizon.Place, weather);
            setting = setting with { RangeSlope = slope, ElevationSlope = bendingSlope };
            extra += delay;
            elevation += bending;
        }
        if (conventions.Shapiro) extra += Shapiro(geometry.Position, observer.PositionKm, geometry.Down.Norm);
        var inFrame = setting.ToFrame * Direction(setting, geometry);
        var (rightAscension, declination) = Angles(inFrame.X, inFrame.Y, inFrame.Z);

        for (int j = 0; j < 6 && !partials.IsEmpty; j++)
        {
            var (dr, dv) = Axis(j);
            Differentiate(setting, geometry, geometry.Derivative(dr, dv, default, default), default, partials[j..]);
        }
        for (int j = 0; j < 6 && !observerPartials.IsEmpty; j++)
        {
            var (ds, dw) = Axis(j);
            Differentiate(setting, geometry, geometry.Derivative(default, default, ds, dw), dw, observerPartials[j..]);
        }
        double up = geometry.Up.Norm, down = geometry.Down.Norm, share = setting.RangeShare;
        return new PredictedFigures(share * up + (1 - share) * down + extra, azimuth, elevation,
            share * geometry.Up.Dot(geometry.UpMotion) / up + (1 - share) * geometry.Down.Dot(geometry.DownMotion) / down, rightAscension, declination);
    }

    /// <summary>One column of the partials: every sixth entry from the first.</summary>
    private static void Differentiate(in Setting setting, in SignalGeometry geometry, in SignalGeometry.Tangent change, Vector3d observerVelocity, Span<double> column)
    {
        double share = setting.RangeShare;
        var (upRange, upRate) = AlongSight(geometry.Up, geometry.UpMotion, change.Up, change.UpMotion);
        var (downRange, downRate) = AlongSight(geometry.Down, geometry.DownMotion, change.Down, change.DownMotion);
        double range = share * upRange + (1 - share) * downRange, azimuth = 0, elevation = 0;
        if (setting.Horizon is { } horizon)
        {
            var sight = Apparent(setting, geometry);
            var turned = horizon.ToLocal(ApparentChange(setting, geometry, change, observerVelocity) - change.Received * horizon.RateRadPerS.Cross(sight), geometry.Received);
            var local = horizon.ToLocal(sight, geometry.Received);
            (azimuth, elevation) = AngleChange(new Vector3d(local.Y, local.X, local.Z), new Vector3d(turned.Y, turned.X, turned.Z));
            range += setting.RangeSlope * elevation;
            elevation *= 1 + setting.ElevationSlope;
        }
        var (rightAscension, declination) = AngleChange(setting.ToFrame * Direction(setting, geometry), setting.ToFrame * DirectionChange(setting, geometry, change, observerVelocity));
        (column[0], column[6], column[12], column[18]) = (range, azimuth, elevation, share * upRate + (1 - share) * downRate);
        (column[24], column[30]) = (rightAscension, declination);
    }

    private static (double Range, double Rate) AlongSight(Vector3d sight, Vector3d motion, Vector3d sightChange, Vector3d motionChange)
    {
        double range = sight.Norm;
        var unit = sight / range;
        return (unit.Dot(sightChange), (motion - unit.Dot(motion) * unit).Dot(sightChange) / range + unit.Dot(motionChange));
    }

    /// <summary>The direction in which axes that move with the sensor see the object, if they are meant; of any length.</summary>
    private static Vector3d Apparent(in Setting setting, in SignalGeometry geometry)
        => setting.Apparent ? geometry.Down.Unit() + (geometry.Velocity - geometry.DownMotion) / LightSpeedKmPerS : geometry.Down;

    private static Vector3d ApparentChange(in Setting setting, in SignalGeometry geometry, in SignalGeometry.Tangent change, Vector3d observerVelocity)
    {
        if (!setting.Apparent) return change.Down;
        double range = geometry.Down.Norm;
        var unit = geometry.Down / range;
        return (change.Down - unit.Dot(change.Down) * unit) / range + observerVelocity / LightSpeedKmPerS;
    }

    /// <summary>The direction of right ascension and declination; of any length.</summary>
    private static Vector3d Direction(in Setting setting, in SignalGeometry geometry)
        => Apparent(setting, geometry) - geometry.Down.Norm / LightSpeedKmPerS * setting.StarVelocity;

    private static Vector3d DirectionChange(in Setting setting, in SignalGeometry geometry, in SignalGeometry.Tangent change, Vector3d observerVelocity)
        => ApparentChange(setting, geometry, change, observerVelocity) - geometry.Down.Unit().Dot(change.Down) / LightSpeedKmPerS * setting.StarVelocity;

    /// <summary>Angle about the third axis from the first towards the second, 0 to 2π, and above their plane.</summary>
    private static (double Around, double Above) Angles(double x, double y, double z)
    {
        double around = Math.Atan2(y, x);
        return (around < 0 ? around + Math.Tau : around, Math.Atan2(z, Math.Sqrt(x * x + y * y)));
    }

    /// <summary>Changes of <see cref="Angles"/>; on the axis itself, where the first angle has no meaning, its change is 0.</summary>
    private static (double Around, double Above) AngleChange(Vector3d w, Vector3d change)
    {
        double across2 = w.X * w.X + w.Y * w.Y, across = Math.Sqrt(across2);
        if (!(across2 > 1e-24 * w.NormSquared)) return (0, 0);
        return ((w.X * change.Y - w.Y * change.X) / across2, (change.Z * across2 - w.Z * (w.X * change.X + w.Y * change.Y)) / (across * w.NormSquared));
    }

    private static (double DelayKm, double DelaySlope, double BendingRad, double BendingSlope) Medium(SignalConventions conventions, double elevation, Geodetic place, SurfaceWeather? weather)
    {
        switch (conventions.Refraction)
        {
            case Refraction.Radio:
                return (Troposphere.RangeDelayKm(elevation, place, weather), Troposphere.RangeDelaySlopeKmPerRad(elevation, place, weather),
                    Troposphere.ElevationBendingRad(elevation, place), Troposphere.ElevationBendingSlope(elevation, place));
            case Refraction.Laser:
                var air = weather ?? SurfaceWeather.Standard(place.HeightKm);
                return (LaserTroposphere.RangeDelayKm(elevation, place, air, conventions.WavelengthMicrometres),
                    LaserTroposphere.RangeDelaySlopeKmPerRad(elevation, place, air, conventions.WavelengthMicrometres), 0, 0);
            default:
                return default;
        }
    }

    /// <summary>By how much the Earth's field lengthens one way of light, km: IERS Conventions (2010), equation 11.17.</summary>
    internal static double Shapiro(Vector3d a, Vector3d b, double distance)
    {
        double sum = a.Norm + b.Norm;
        return SchwarzschildRadiusKm * Math.Log((sum + distance) / (sum - distance));
    }

    /// <summary>Of the Earth against the stars, km/s: about the Sun, which moves by less than 0.02 km/s itself.</summary>
    private Vector3d EarthVelocity(Epoch epoch)
        => _bodies is JplEphemeris jpl && jpl.Covers(CelestialBody.EarthMoonBarycenter, epoch) ? jpl.EarthBarycentricVelocityKmPerS(epoch)
            : -_bodies.Geocentric(CelestialBody.Sun, epoch).VelocityKmPerS;

    private static Matrix3 FromGcrf(AngleFrame frame, Epoch epoch) => frame switch
    {
        AngleFrame.Gcrf => Matrix3.Identity,
        AngleFrame.Eme2000 => Fk5.GcrfToEme2000,
        AngleFrame.Teme => Fk5.TemeToGcrf(epoch).Transposed,
        AngleFrame.TrueOfDate => Fk5.MeanToTrueOfDate(epoch) * Fk5.Eme2000ToMeanOfDate(epoch) * Fk5.GcrfToEme2000,
        _ => throw new ArgumentOutOfRangeException(nameof(frame)),
    };
}
