using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Where an observation saw its object, as far as a first look at all tracks needs it.</summary>
/// <param name="Epoch">Of the observation.</param>
/// <param name="SiteKm">Of the observer, GCRF.</param>
/// <param name="Direction">Length one, GCRF; zero where none was measured.</param>
/// <param name="RangeKm">NaN where none was measured.</param>
/// <param name="AcrossRad">One-sigma error of the direction, bias included.</param>
/// <param name="AlongKm">One-sigma error of the range, bias included.</param>
/// <param name="SlackRad">What conventions (light time, aberration, refraction) may turn the direction by; the distance compares them exactly.</param>
internal readonly record struct SightedPlace(Epoch Epoch, Vector3d SiteKm, Vector3d Direction, double RangeKm, double AcrossRad, double AlongKm, double SlackRad)
{
    // An object moves against its observer by less than 16 km/s: light time is less than that share of a radian.
    private const double LightTimeRad = 6e-5, StarAberrationRad = 1.1e-4, RefractionRad = 0.012;

    public bool HasDirection => Direction.NormSquared > 0;

    public bool HasRange => !double.IsNaN(RangeKm);

    /// <returns>Null where neither range nor direction was measured, or the observer is not known.</returns>
    public static SightedPlace? Of(MeasurementModel model, EarthRotation rotation, TrackingObservation observation, double biasSigmaInNoise)
    {
        var (sensor, measured) = (observation.Sensor, observation.Measured);
        if (!sensor.Place.Covers(observation.Epoch)) return null;
        bool equatorial = measured is { RightAscensionRad: not null, DeclinationRad: not null };
        bool horizontal = measured is { AzimuthRad: not null, ElevationRad: not null } && sensor.Place.HasHorizon;
        var (wide, seconds) = (Math.Sqrt(1 + biasSigmaInNoise * biasSigmaInNoise), observation.Added?.EpochSigmaS ?? 0);
        double range = measured.RangeKm is { } r ? r - (sensor.Bias.RangeKm ?? 0) : double.NaN;
        if (!equatorial && !horizontal && double.IsNaN(range)) return null;
        double alongKm = wide * sigma(MeasurementKind.Range) + 8 * seconds;
        if (!equatorial && !horizontal)
            return new SightedPlace(observation.Epoch, sensor.Place.At(observation.Epoch, rotation, AnalyticSolarSystem.Instance).PositionKm, default, range, 0, alongKm, 0);
        var line = model.LineOfSight(observation);
        double around = sigma(equatorial ? MeasurementKind.RightAscension : MeasurementKind.Azimuth), above = sigma(equatorial ? MeasurementKind.Declination : MeasurementKind.Elevation);
        double slack = (sensor.Conventions.Path == SignalPath.Instant ? 0 : LightTimeRad)
            + (sensor.Conventions.Aberration == Aberration.AgainstStars ? StarAberrationRad : 0) + (sensor.Conventions.Refraction == Refraction.Radio ? RefractionRad : 0);
        return new SightedPlace(observation.Epoch, line.SiteKm, line.Direction, range, wide * Math.Sqrt(around * around + above * above), alongKm, slack + 8 * seconds / (double.IsNaN(range) ? 500 : range));

        double sigma(MeasurementKind kind)
        {
            double own = sensor.Sigma.Of(kind) ?? 0, added = observation.Added?.Sigma.Of(kind) ?? 0;
            return Math.Sqrt(own * own + added * added);
        }
    }
}
