using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One observation as it reaches the readers.</summary>
/// <param name="Arrival">When.</param>
/// <param name="Sender">Who sent it: the sensor's owner or a relay.</param>
/// <param name="Observation">With the sensor as the sender names it. The same content has the same bits whoever sends it.</param>
/// <param name="Label">The object as the sender labels it, null where it does not; may be wrong.</param>
/// <param name="Track">Number of the tracklet, the same in all copies. For scoring only.</param>
/// <param name="TrueObject">Which object of the truth it is of; -1 for none. For scoring only.</param>
/// <param name="Hops">How often it was passed on. For scoring only.</param>
public sealed record SimulatedObservation(Epoch Arrival, PartnerId Sender, TrackingObservation Observation, string? Label, long Track, int TrueObject, int Hops)
{
    /// <summary>The same as the domain has it; null for right ascension and declination, which the domain's observation does not know.</summary>
    public Observation? ToDomain()
    {
        var o = Observation.Measured;
        return o.RightAscensionRad is not null || o.DeclinationRad is not null ? null
            : new Observation(Observation.Sensor.Key.Sensor, Observation.Epoch, o.RangeKm, o.AzimuthRad, o.ElevationRad, o.RangeRateKmPerS, Label);
    }
}
