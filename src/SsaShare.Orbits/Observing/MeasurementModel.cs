using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Predicts what a sensor measures of a propagated object, with the derivatives by its state. Safe for concurrent use.</summary>
/// <param name="rotation">How the Earth turns.</param>
/// <param name="conventions">Of the domain's sensors, which do not state theirs.</param>
/// <remarks>All geometry is taken at the instant when the signal meets the object.</remarks>
public sealed class MeasurementModel(EarthRotation rotation, SignalConventions conventions)
{
    private const double LightSpeedKmPerS = 299_792.458;
    private const double EarthMuKm3PerS2 = 398_600.4418;

    /// <summary>Of the domain's sensors, which do not state theirs.</summary>
    public SignalConventions Conventions => conventions;

    /// <summary>Predicted measurements, without noise and bias.</summary>
    /// <param name="sensor">Who measures.</param>
    /// <param name="state">The object at the time tag, in GCRF.</param>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    public PredictedFigures Predict(TrackingSensor sensor, CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        return Predict(sensor, state.Epoch, state.PositionKm, state.VelocityKmPerS, []);
    }

    /// <summary>Predicted figures of an observation, with its time tag and weather.</summary>
    /// <param name="observation">Whose sensor, time tag and weather count; its figures do not.</param>
    /// <param name="positionKm">Of the object at the time tag, GCRF.</param>
    /// <param name="velocityKmPerS">The same.</param>
    /// <param name="partials">Empty, or 6×6 by rows: the kinds in order of <see cref="MeasurementKind"/> by position and velocity; of the angles themselves, not across the line of sight.</param>
    public PredictedFigures Predict(TrackingObservation observation, Vector3d positionKm, Vector3d velocityKmPerS, Span<double> partials)
        => Predict(observation.Sensor, observation.Epoch, positionKm, velocityKmPerS, partials);

    /// <param name="sensor">Who measures.</param>
    /// <param name="epoch">The time tag.</param>
    /// <param name="position">GCRF, km, at the time tag.</param>
    /// <param name="velocity">GCRF, km/s, at the time tag.</param>
    /// <param name="partials">Empty, or 6×6 by rows.</param>
    internal PredictedFigures Predict(TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, Span<double> partials)
    {
        var observer = sensor.Place.At(epoch, rotation);
        if (sensor.Conventions.TimeTag != TimeTag.AtObject)
        {
            // One step suffices: the light time changes by a part in 1e5 over itself.
            double delay = (position - observer.PositionKm).Norm / LightSpeedKmPerS * (sensor.Conventions.TimeTag == TimeTag.AtReception ? -1 : 1);
            double r = position.Norm;
            position += delay * velocity - 0.5 * delay * delay * EarthMuKm3PerS2 / (r * r * r) * position;
            velocity -= delay * EarthMuKm3PerS2 / (r * r * r) * position;
            epoch = epoch.PlusSeconds(delay);
            observer = sensor.Place.At(epoch, rotation);
        }
        Vector3d sight = position - observer.PositionKm, motion = velocity - observer.VelocityKmPerS;
        double range = sight.Norm, rate = sight.Dot(motion) / range;
        partials.Clear();
        var (azimuth, elevation) = (double.NaN, double.NaN);
        double delayKm = sensor.Conventions.CentreOfMassOffsetKm;
        if (observer.Horizon is { } horizon)
        {
            var local = horizon.GcrfToEastNorthUp * sight;
            (azimuth, elevation) = SphericalAngles(local.Y, local.X, local.Z / range);
            if (!partials.IsEmpty) FillAngles(partials[6..18], horizon.GcrfToEastNorthUp, local, clockwise: true);
            if (sensor.Conventions.Refraction == Refraction.Radio)
            {
                delayKm += Troposphere.RangeDelayKm(elevation, horizon.Place);
                elevation += Troposphere.ElevationBendingRad(elevation, horizon.Place);
            }
        }
        var toFrame = FromGcrf(sensor.Conventions.AngleFrame, epoch);
        var inFrame = toFrame * sight;
        var (rightAscension, declination) = SphericalAngles(inFrame.X, inFrame.Y, inFrame.Z / range);
        if (!partials.IsEmpty)
        {
            var unit = sight / range;
            Write(partials, 0, unit);
            Write(partials, 18, (motion - rate * unit) / range);
            Write(partials, 21, unit);
            FillAngles(partials[24..36], toFrame, inFrame, clockwise: false);
        }
        return new PredictedFigures(range + delayKm, azimuth, elevation, rate, rightAscension, declination);
    }

    private static (double Around, double Above) SphericalAngles(double along, double across, double sine)
    {
        double around = Math.Atan2(across, along);
        return (around < 0 ? around + Math.Tau : around, Math.Asin(sine));
    }

    /// <summary>Derivatives of the two angles of a direction by position; azimuth turns clockwise from the second axis, right ascension the other way from the first.</summary>
    private static void FillAngles(Span<double> partials, Matrix3 toAxes, Vector3d sight, bool clockwise)
    {
        double across2 = sight.X * sight.X + sight.Y * sight.Y, across = Math.Sqrt(across2), range2 = across2 + sight.Z * sight.Z;
        double sign = clockwise ? 1 : -1;
        Write(partials, 0, toAxes.TransposedTimes(new Vector3d(sign * sight.Y / across2, -sign * sight.X / across2, 0)));
        Write(partials, 6, toAxes.TransposedTimes(new Vector3d(-sight.X * sight.Z / across, -sight.Y * sight.Z / across, across) / range2));
    }

    private static void Write(Span<double> target, int at, Vector3d value)
        => (target[at], target[at + 1], target[at + 2]) = (value.X, value.Y, value.Z);

    private static Matrix3 FromGcrf(AngleFrame frame, Epoch epoch) => frame switch
    {
        AngleFrame.Gcrf => Matrix3.Identity,
        AngleFrame.Eme2000 => Fk5.GcrfToEme2000,
        AngleFrame.Teme => Fk5.TemeToGcrf(epoch).Transposed,
        AngleFrame.TrueOfDate => Fk5.MeanToTrueOfDate(epoch) * Fk5.Eme2000ToMeanOfDate(epoch) * Fk5.GcrfToEme2000,
        _ => throw new ArgumentOutOfRangeException(nameof(frame)),
    };
}
