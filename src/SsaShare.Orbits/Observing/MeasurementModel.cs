using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The instant that a radar's time tag belongs to.</summary>
public enum TimeTag
{
    /// <summary>When the pulse met the object: the sensor has already taken off the light time.</summary>
    AtObject = 0,
    /// <summary>When the echo came back.</summary>
    AtReception = 1,
    /// <summary>When the pulse was sent.</summary>
    AtTransmission = 2,
}

/// <summary>What is applied when measurements are predicted.</summary>
/// <param name="TimeTag">Meaning of the time tags.</param>
/// <param name="Troposphere">Whether range and elevation still contain the troposphere's effect.</param>
public sealed record MeasurementConventions(TimeTag TimeTag, bool Troposphere)
{
    /// <summary>
    /// As space surveillance radars deliver: light time and troposphere taken off at the sensor. The observations of December 1996 fit so:
    /// with the troposphere applied once more, the elevation residuals grow from 0.013 to 0.021 degrees (docs/accuracy.md).
    /// </summary>
    public static MeasurementConventions Corrected { get; } = new(TimeTag.AtObject, false);
}

/// <summary>Predicts what a sensor measures of a propagated object, with the derivatives by its state.</summary>
/// <remarks>
/// All geometry is taken at the instant when the pulse meets the object, in Earth-fixed axes: for a two-way radar on the rotating
/// Earth this errs by less than a centimetre in low orbit.
/// </remarks>
public sealed class MeasurementModel(EarthRotation rotation, MeasurementConventions conventions)
{
    private const double LightSpeedKmPerS = 299_792.458;
    private const double EarthMuKm3PerS2 = 398_600.4418;

    public MeasurementConventions Conventions => conventions;

    /// <summary>Predicted measurement, without noise and bias.</summary>
    /// <param name="site">Where the sensor stands.</param>
    /// <param name="state">The object at the time tag, in GCRF.</param>
    public TopocentricMeasurement Predict(SensorSite site, CartesianState state)
        => Predict(site, state.Epoch, state.PositionKm, state.VelocityKmPerS, default);

    /// <param name="site">Where the sensor stands.</param>
    /// <param name="epoch">The time tag.</param>
    /// <param name="position">GCRF, km, at the time tag.</param>
    /// <param name="velocity">GCRF, km/s, at the time tag.</param>
    /// <param name="partials">Empty, or 4×6 by rows: range, azimuth, elevation, range rate by position and velocity.</param>
    internal TopocentricMeasurement Predict(SensorSite site, Epoch epoch, Vector3d position, Vector3d velocity, Span<double> partials)
    {
        var attitude = rotation.At(epoch);
        var (local, localVelocity) = Local(site, attitude, position, velocity);
        if (conventions.TimeTag != TimeTag.AtObject)
        {
            // One step suffices: the light time changes by a part in 1e5 over itself.
            double delay = local.Norm / LightSpeedKmPerS * (conventions.TimeTag == TimeTag.AtReception ? -1 : 1);
            double r = position.Norm;
            position += delay * velocity - 0.5 * delay * delay * EarthMuKm3PerS2 / (r * r * r) * position;
            velocity -= delay * EarthMuKm3PerS2 / (r * r * r) * position;
            attitude = rotation.At(epoch.PlusSeconds(delay));
            (local, localVelocity) = Local(site, attitude, position, velocity);
        }
        var measured = SensorSite.Measure(local, localVelocity);
        if (!partials.IsEmpty) FillPartials(site.ToEastNorthUp * attitude.GcrfToItrf, local, localVelocity, measured, partials);
        return conventions.Troposphere
            ? measured with
            {
                RangeKm = measured.RangeKm + Troposphere.RangeDelayKm(measured.ElevationRad, site.Place),
                ElevationRad = measured.ElevationRad + Troposphere.ElevationBendingRad(measured.ElevationRad, site.Place),
            }
            : measured;
    }

    private static (Vector3d Local, Vector3d Velocity) Local(SensorSite site, EarthAttitude attitude, Vector3d position, Vector3d velocity)
    {
        var fixedPosition = attitude.GcrfToItrf * position;
        var fixedVelocity = attitude.GcrfToItrf * velocity - attitude.AngularVelocityRadPerS.Cross(fixedPosition);
        return (site.ToLocal(fixedPosition), site.ToEastNorthUp * fixedVelocity);
    }

    private static void FillPartials(Matrix3 gcrfToLocal, Vector3d local, Vector3d localVelocity, TopocentricMeasurement measured, Span<double> partials)
    {
        partials.Clear();
        double range = measured.RangeKm, across2 = local.X * local.X + local.Y * local.Y, across = Math.Sqrt(across2);
        var sight = local / range;
        write(partials, 0, sight);
        write(partials, 6, new Vector3d(local.Y / across2, -local.X / across2, 0));
        write(partials, 12, new Vector3d(-local.X * local.Z / across, -local.Y * local.Z / across, across) / (range * range));
        write(partials, 18, (localVelocity - measured.RangeRateKmPerS * sight) / range);
        write(partials, 21, sight);

        void write(Span<double> target, int at, Vector3d byLocal)
        {
            var byGcrf = gcrfToLocal.TransposedTimes(byLocal);
            (target[at], target[at + 1], target[at + 2]) = (byGcrf.X, byGcrf.Y, byGcrf.Z);
        }
    }
}
