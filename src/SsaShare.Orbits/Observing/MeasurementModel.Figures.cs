using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>All kinds at one time tag.</summary>
public sealed partial class MeasurementModel
{
    // Twice the Earth's gravitational parameter over the square of the speed of light, km.
    private const double SchwarzschildRadiusKm = 2 * FreeFall.EarthMuKm3PerS2 / (LightSpeedKmPerS * LightSpeedKmPerS);

    private PredictedFigures AtOnce(
        TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, Span<double> partials, Span<double> observerPartials, SurfaceWeather? weather)
    {
        var conventions = sensor.Conventions;
        var observer = sensor.Place.At(epoch, _rotation, _bodies);
        var geometry = new SignalGeometry(new FreeFall(position, velocity), new ObserverPath(observer), conventions.Path, conventions.TimeTag);
        var aberration = conventions.Path == SignalPath.Instant ? Aberration.None : conventions.Aberration;
        var sight = new Sight(geometry, aberration == Aberration.Apparent, aberration == Aberration.AgainstStars ? EarthVelocity(epoch) : default);
        double extra = -conventions.CentreOfMassOffsetKm;
        var (azimuth, elevation) = (double.NaN, double.NaN);
        var (rangeByElevation, byElevation) = (0.0, default(SignalGeometry.Gradient));
        if (observer.Horizon is { } horizon)
        {
            // From north through east: azimuth turns clockwise.
            var local = northEastUp(horizon.ToLocal(sight.Mount, geometry.Received));
            (azimuth, elevation) = Sight.Angles(local);
            var medium = Medium(conventions, elevation, horizon.Place, weather);
            if (!partials.IsEmpty || !observerPartials.IsEmpty)
            {
                var (around, above) = Sight.AngleSlopes(local);
                var byAzimuth = OfHorizon(sight, horizon, geometry.Received, northEastUp(around));
                byElevation = OfHorizon(sight, horizon, geometry.Received, northEastUp(above));
                rangeByElevation = medium.DelaySlope;
                Write(MeasurementKind.Azimuth, geometry, byAzimuth, partials, observerPartials);
                Write(MeasurementKind.Elevation, geometry, Times(1 + medium.BendingSlope, byElevation), partials, observerPartials);
            }
            extra += medium.DelayKm;
            elevation += medium.BendingRad;
        }
        else
        {
            Write(MeasurementKind.Azimuth, geometry, default, partials, observerPartials);
            Write(MeasurementKind.Elevation, geometry, default, partials, observerPartials);
        }
        if (conventions.Shapiro) extra += Shapiro(geometry.Position, observer.PositionKm, geometry.Down.Norm);
        var toFrame = FromGcrf(conventions.AngleFrame, epoch);
        var inFrame = toFrame * sight.Stars;
        var (rightAscension, declination) = Sight.Angles(inFrame);

        double up = geometry.Up.Norm, down = geometry.Down.Norm, share = conventions.Path == SignalPath.TwoWay ? 0.5 : 0;
        Vector3d upUnit = geometry.Up / up, downUnit = geometry.Down / down;
        var (rangeRate, byRangeRate) = geometry.RangeRate(share);
        if (!partials.IsEmpty || !observerPartials.IsEmpty)
        {
            var byRange = Times(rangeByElevation, byElevation);
            Write(MeasurementKind.Range, geometry, byRange with { Up = share * upUnit, Down = byRange.Down + (1 - share) * downUnit }, partials, observerPartials);
            Write(MeasurementKind.RangeRate, geometry, byRangeRate, partials, observerPartials);
            var (around, above) = Sight.AngleSlopes(inFrame);
            Write(MeasurementKind.RightAscension, geometry, sight.OfStars(toFrame.TransposedTimes(around)), partials, observerPartials);
            Write(MeasurementKind.Declination, geometry, sight.OfStars(toFrame.TransposedTimes(above)), partials, observerPartials);
        }
        return new PredictedFigures(share * up + (1 - share) * down + extra, azimuth, elevation, rangeRate, rightAscension, declination);

        static Vector3d northEastUp(Vector3d eastNorthUp) => new(eastNorthUp.Y, eastNorthUp.X, eastNorthUp.Z);
    }

    /// <summary>Derivatives of a figure by the geometry, from those by east, north and up.</summary>
    private static SignalGeometry.Gradient OfHorizon(in Sight sight, LocalHorizon horizon, double received, Vector3d byLocal)
    {
        var byMount = horizon.ToGcrf(byLocal, received);
        return sight.OfMount(byMount, -byMount.Dot(horizon.RateRadPerS.Cross(sight.Mount)));
    }

    private static SignalGeometry.Gradient Times(double factor, in SignalGeometry.Gradient of)
        => new(factor * of.Up, factor * of.UpMotion, factor * of.Down, factor * of.DownMotion, factor * of.Received, factor * of.ObserverVelocity);

    private static void Write(MeasurementKind kind, in SignalGeometry geometry, in SignalGeometry.Gradient of, Span<double> partials, Span<double> observerPartials)
    {
        int row = (int)kind * 6;
        geometry.PullBack(of, partials.IsEmpty ? partials : partials.Slice(row, 6), observerPartials.IsEmpty ? observerPartials : observerPartials.Slice(row, 6));
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
