using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a ground sensor measures.</summary>
public enum MeasurementKind
{
    /// <summary>km.</summary>
    Range = 0,
    /// <summary>rad; residuals and noise are taken across the line of sight, that is, times the cosine of elevation.</summary>
    Azimuth = 1,
    /// <summary>rad.</summary>
    Elevation = 2,
    /// <summary>km/s.</summary>
    RangeRate = 3,
}

/// <summary>Error that was added to one observation, beyond its sensor's: normal, and independent of that of any other observation.</summary>
/// <param name="Sigma">Of each kind of measurement; the azimuth's is of the azimuth itself. Null where nothing was added.</param>
/// <param name="EpochSigmaS">Of the epoch, s; 0 where nothing was added.</param>
public sealed record AddedNoise(MeasurementFigures Sigma, double EpochSigmaS);

/// <summary>One observation with the description of the sensor that made it.</summary>
/// <exception cref="ArgumentException">The observation names another sensor.</exception>
public sealed record SensorObservation
{
    public SensorObservation(Sensor sensor, Observation observation, AddedNoise? added = null)
    {
        if (sensor.Id != observation.Sensor) throw new ArgumentException($"The observation is of {observation.Sensor}, not {sensor.Id}.", nameof(observation));
        (Sensor, Observation, Added) = (sensor, observation, added);
    }

    /// <summary>Null where the sensor's own error is all.</summary>
    public AddedNoise? Added { get; }

    public Sensor Sensor { get; }
    public Observation Observation { get; }
    public Epoch Epoch => Observation.Epoch;
}

/// <summary>The four kinds in the records of the domain.</summary>
internal static class MeasurementFigureAccess
{
    public const int KindCount = 4;

    public static double? Of(this MeasurementFigures figures, MeasurementKind kind) => kind switch
    {
        MeasurementKind.Range => figures.RangeKm,
        MeasurementKind.Azimuth => figures.AzimuthRad,
        MeasurementKind.Elevation => figures.ElevationRad,
        MeasurementKind.RangeRate => figures.RangeRateKmPerS,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Added to one measurement, without that of its epoch: squares of km, rad (across the line of sight), rad, km/s.</summary>
    public static double AddedVariance(this SensorObservation observation, MeasurementKind kind)
    {
        double sigma = observation.Added?.Sigma.Of(kind) ?? 0;
        if (kind == MeasurementKind.Azimuth) sigma *= Math.Cos(observation.Observation.ElevationRad ?? 0);
        return sigma * sigma;
    }

    public static double? Of(this Observation observation, MeasurementKind kind) => kind switch
    {
        MeasurementKind.Range => observation.RangeKm,
        MeasurementKind.Azimuth => observation.AzimuthRad,
        MeasurementKind.Elevation => observation.ElevationRad,
        MeasurementKind.RangeRate => observation.RangeRateKmPerS,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
