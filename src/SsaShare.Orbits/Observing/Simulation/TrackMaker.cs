using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The observations of one track: what the sensor measures of the true motion, with its true errors.</summary>
internal sealed class TrackMaker(MeasurementModel model, IReadOnlyList<SimulatedSensor> sensors, IReadOnlyList<SensorSight> sights, TrueMotions truth, ulong seed)
{
    private const double FalseRangeRateKmPerS = 6;

    private readonly TrackingSensor[] _whereTheyAre = [.. sensors.Select(sensor => sensor.TruePlace is { } place ? sensor.Declared with { Place = place } : sensor.Declared)];

    /// <summary>Looks at an object from an instant on, as long as it is in sight.</summary>
    /// <param name="sensorNumber">Which sensor.</param>
    /// <param name="index">Which object.</param>
    /// <param name="from">First look.</param>
    /// <param name="last">When the last detection was truly made, whatever the sensor's clock says.</param>
    /// <returns>What was detected; may be nothing.</returns>
    public List<TrackingObservation> Look(int sensorNumber, int index, Epoch from, out Epoch last)
    {
        last = from;
        var sensor = sensors[sensorNumber];
        var random = new SimulationRandom(seed, sensorNumber, index, from.NanosecondsSinceJ2000);
        int looks = random.NextInteger(sensor.Rhythm.ObservationsMin, sensor.Rhythm.ObservationsMax);
        var found = new List<TrackingObservation>(looks);
        for (int i = 0; i < looks; i++)
        {
            var epoch = from.PlusSeconds(i * sensor.Rhythm.CadenceSeconds);
            if (!truth.TryAt(index, epoch, out var position, out var velocity) || !sights[sensorNumber].Sees(sights[sensorNumber].At(epoch), position, truth.Objects[index])) break;
            if (random.NextUniform() >= sensor.DetectionProbability) continue;
            last = epoch;
            found.Add(Measure(sensor, epoch, model.Predict(_whereTheyAre[sensorNumber], epoch, position, velocity, []), ref random));
        }
        return found;
    }

    /// <summary>Detections of nothing: figures at random in the field, each without regard to the others.</summary>
    public List<TrackingObservation> LookAtNothing(int sensorNumber, Epoch from, out Epoch last)
    {
        last = from;
        var sensor = sensors[sensorNumber];
        var random = new SimulationRandom(seed, sensorNumber, -1, from.NanosecondsSinceJ2000);
        var field = sensor.Field ?? new FieldOfRegard(-Math.PI / 2);
        double farthest = sensor.Reach is SensorReach.Radar radar ? radar.RangeMaxKm : 0;
        var found = new List<TrackingObservation>();
        for (int i = 0; i < sensor.Rhythm.ObservationsMin; i++)
        {
            double elevation = Math.Asin(random.NextBetween(Math.Sin(field.ElevationFromRad), Math.Sin(field.ElevationToRad)));
            double azimuth = Turned(field.AzimuthFromRad + random.NextBetween(0, Math.Min(field.AzimuthWidthRad, Math.Tau)));
            var direction = random.NextDirection();
            var figures = new PredictedFigures(random.NextBetween(0.1, 1) * farthest, azimuth, elevation, random.NextBetween(-FalseRangeRateKmPerS, FalseRangeRateKmPerS),
                Turned(Math.Atan2(direction.Y, direction.X)), Math.Asin(direction.Z));
            last = from.PlusSeconds(i * sensor.Rhythm.CadenceSeconds);
            found.Add(Measure(sensor, last, figures, ref random));
        }
        return found;
    }

    private static TrackingObservation Measure(SimulatedSensor sensor, Epoch epoch, in PredictedFigures figures, ref SimulationRandom random)
    {
        var error = sensor.ErrorAt(epoch);
        double? range = One(MeasurementKind.Range, sensor, error, epoch, figures, ref random), azimuth = One(MeasurementKind.Azimuth, sensor, error, epoch, figures, ref random);
        double? elevation = One(MeasurementKind.Elevation, sensor, error, epoch, figures, ref random), rate = One(MeasurementKind.RangeRate, sensor, error, epoch, figures, ref random);
        double? rightAscension = One(MeasurementKind.RightAscension, sensor, error, epoch, figures, ref random);
        double? declination = One(MeasurementKind.Declination, sensor, error, epoch, figures, ref random);
        (azimuth, elevation) = OverTheTop(azimuth, elevation);
        (rightAscension, declination) = OverTheTop(rightAscension, declination);
        return new TrackingObservation(sensor.Declared, epoch.PlusSeconds(error?.ClockBiasS ?? 0), new TrackingFigures(range, azimuth, elevation, rate, rightAscension, declination));
    }

    private static double? One(MeasurementKind kind, SimulatedSensor sensor, SensorError? error, Epoch epoch, in PredictedFigures figures, ref SimulationRandom random)
    {
        if (sensor.Declared.Sigma.Of(kind) is not { } declared) return null;
        double sigma = error?.Sigma.Of(kind) ?? declared, bias = error?.BiasAt(kind, sensor.Declared.Bias, epoch) ?? sensor.Declared.Bias.Of(kind) ?? 0;
        return figures.Of(kind) + bias + sigma * random.NextNormal() / figures.Across(kind);
    }

    /// <summary>Angles that noise has carried over the zenith or a pole, and around: the same direction in their usual range.</summary>
    private static (double? Around, double? Above) OverTheTop(double? around, double? above)
    {
        if (above is { } angle && Math.Abs(angle) > Math.PI / 2) (around, above) = (around + Math.PI, Math.CopySign(Math.PI, angle) - angle);
        return (around is { } turned ? Turned(turned) : null, above);
    }

    private static double Turned(double angle)
    {
        double turned = angle % Math.Tau;
        return turned < 0 ? turned + Math.Tau : turned;
    }
}
