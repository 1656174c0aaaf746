using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A sensor of a simulation: what its owner says of it, and what it really does.</summary>
/// <param name="Declared">As partners know it; its noise and bias are the true ones unless <see cref="Errors"/> say otherwise.</param>
/// <param name="Reach">How far it sees.</param>
/// <param name="Rhythm">How often it looks.</param>
/// <param name="Field">Where it looks; null for one in orbit, which looks past the Earth.</param>
/// <exception cref="ArgumentException">A ground sensor without a field, or one in orbit with one.</exception>
public sealed record SimulatedSensor(TrackingSensor Declared, SensorReach Reach, SensorRhythm Rhythm, FieldOfRegard? Field)
{
    /// <summary>Where it looks; null for one in orbit, which looks past the Earth.</summary>
    public FieldOfRegard? Field { get; } = Declared.Place.HasHorizon == Field is not null
        ? Field : throw new ArgumentException("A sensor on the ground has a field of regard, one in orbit has none.", nameof(Field));

    /// <summary>Where it really is, where that is not where its owner says: a platform off its ephemeris, a site with wrong coordinates. Null for as declared.</summary>
    public IObserver? TruePlace { get; init; }

    /// <summary>What it really suffers, ascending in time. Default: what is declared.</summary>
    public IReadOnlyList<SensorError> Errors { get; init; } = [];

    /// <summary>That a look at an object in reach finds it. Default 0.95.</summary>
    public double DetectionProbability { get; init; } = 0.95;

    /// <summary>Tracklets an hour of nothing: figures at random within the field. Default 0.</summary>
    public double FalseTracksPerHour { get; init; }

    /// <summary>Share of time in which it is out of service (works, clouds). Default 0.</summary>
    public double OutageShare { get; init; }

    /// <summary>How long it is out or in service at a time, s. Default 6 hours.</summary>
    public double OutageBlockSeconds { get; init; } = 21_600;

    /// <summary>The entry of <see cref="Errors"/> that holds at an instant; null while the sensor is as declared.</summary>
    internal SensorError? ErrorAt(Epoch epoch)
    {
        for (int i = Errors.Count - 1; i >= 0; i--)
            if (Errors[i].Since <= epoch) return Errors[i];
        return null;
    }
}
