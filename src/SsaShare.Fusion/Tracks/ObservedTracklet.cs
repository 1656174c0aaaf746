using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Observations of one sensor that belong together: what tracks are updated with. Immutable.</summary>
public sealed class ObservedTracklet
{
    /// <param name="id">Tells it from all others; from its content, so that a replay has the same.</param>
    /// <param name="observations">At least one, of one sensor, ascending in time. Not copied.</param>
    /// <exception cref="ArgumentException">There is none, the sensors differ, or the epochs do not ascend.</exception>
    public ObservedTracklet(string id, IReadOnlyList<TrackingObservation> observations)
    {
        if (observations.Count == 0) throw new ArgumentException("A tracklet has observations.", nameof(observations));
        for (int i = 1; i < observations.Count; i++)
        {
            if (observations[i].Epoch < observations[i - 1].Epoch) throw new ArgumentException("Expected ascending instants.", nameof(observations));
            if (observations[i].Sensor.Key != observations[0].Sensor.Key) throw new ArgumentException("Expected one sensor.", nameof(observations));
        }
        (Id, Observations) = (id, observations);
    }

    /// <summary>Tells it from all others.</summary>
    public string Id { get; }

    /// <summary>Ascending in time.</summary>
    public IReadOnlyList<TrackingObservation> Observations { get; }

    /// <summary>Of the first observation.</summary>
    public Epoch Start => Observations[0].Epoch;

    /// <summary>Of the last observation.</summary>
    public Epoch End => Observations[^1].Epoch;
}
