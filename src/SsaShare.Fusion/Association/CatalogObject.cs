using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>An object and the tracklets associated with it. Owned by the engine and changed only under its lock.</summary>
internal sealed class CatalogObject(ObjectId id)
{
    public ObjectId Id { get; set; } = id;

    public List<Tracklet> Tracklets { get; } = [];

    /// <summary>From everything, for association only: no reader ever gets it. Null until the tracklets determine one.</summary>
    public OrbitFit? Orbit { get; set; }

    public IReadOnlyList<IReadOnlyList<SensorObservation>> Passes() => [.. InTime().Select(t => t.ForFit())];

    public IEnumerable<Tracklet> InTime() => Tracklets.OrderBy(t => t.Start).ThenBy(t => t.Sensor.ToString(), StringComparer.Ordinal);
}
