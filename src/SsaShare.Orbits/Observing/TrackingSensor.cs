using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A sensor on the ground or in orbit: where it is, what it measures and how well.</summary>
/// <param name="Key">Whose it is and its name.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Sigma">One-sigma noise of each kind; the azimuth's and right ascension's across the line of sight. Null where it does not measure that kind.</param>
/// <param name="Bias">Published bias (measured minus true) of each kind; null where none is given.</param>
/// <exception cref="ArgumentException">Azimuth or elevation of an observer without a horizon.</exception>
public sealed record TrackingSensor(SensorKey Key, IObserver Place, TrackingFigures Sigma, TrackingFigures Bias)
{
    /// <summary>One-sigma noise of each kind; the azimuth's and right ascension's across the line of sight. Null where it does not measure that kind.</summary>
    public TrackingFigures Sigma { get; } = Place.HasHorizon || Sigma is { AzimuthRad: null, ElevationRad: null }
        ? Sigma : throw new ArgumentException("Azimuth and elevation need an observer with a horizon.", nameof(Sigma));

    /// <summary>Meaning of its measurements. Default: corrected at the sensor.</summary>
    public SignalConventions Conventions { get; init; } = SignalConventions.Corrected;

    /// <summary>A ground sensor as its owner describes it.</summary>
    public static TrackingSensor From(Sensor sensor, SignalConventions conventions)
        => new(SensorKey.Of(sensor), new SensorSite(sensor.Site), TrackingFigures.From(sensor.Sigma), TrackingFigures.From(sensor.Bias)) { Conventions = conventions };
}
