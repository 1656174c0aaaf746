using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Tracks on their way to the readers, directly and by relays, in order of arrival.</summary>
internal sealed class Deliveries(SimulatedNetwork network, ulong seed)
{
    private readonly PriorityQueue<Delivery, (Epoch Arrival, long Number)> _underWay = new();
    private readonly Dictionary<(PartnerId Sender, SensorKey Sensor), TrackingSensor> _renamed = [];
    private long _sent;

    private sealed record Delivery(PartnerId Sender, IReadOnlyList<TrackingObservation> Observations, string? Label, long Track, int TrueObject, int Hops);

    /// <summary>A track leaves its owner for all readers and for those that pass it on.</summary>
    public void Send(PartnerId owner, IReadOnlyList<TrackingObservation> observations, string? label, long track, int trueObject, Epoch arrival)
        => Send(new Delivery(owner, observations, label, track, trueObject, 0), arrival);

    /// <summary>What has arrived before an instant, no more than once.</summary>
    public IEnumerable<SimulatedObservation> ArrivedBefore(Epoch epoch)
    {
        while (_underWay.TryPeek(out var delivery, out var when) && when.Arrival < epoch)
        {
            _underWay.Dequeue();
            foreach (var observation in delivery.Observations)
                yield return new SimulatedObservation(when.Arrival, delivery.Sender, observation, delivery.Label, delivery.Track, delivery.TrueObject, delivery.Hops);
        }
    }

    private void Send(Delivery delivery, Epoch arrival)
    {
        _underWay.Enqueue(delivery, (arrival, _sent++));
        if (delivery.Hops == network.RelayHops) return;
        for (int p = 0; p < network.Partners.Count; p++)
        for (int r = 0; r < network.Partners[p].Relays.Count; r++)
        {
            var (partner, relay) = (network.Partners[p], network.Partners[p].Relays[r]);
            if (relay.From != delivery.Sender || relay.Since > arrival) continue;
            var random = new SimulationRandom(seed, delivery.Track, p * 1_000 + r, 10 + delivery.Hops);
            if (random.NextUniform() >= relay.Share) continue;
            var later = arrival.PlusSeconds(random.NextBetween(relay.DelayMinSeconds, relay.DelayMaxSeconds));
            Send(delivery with { Sender = partner.Id, Observations = PassedOn(delivery.Observations, partner.Id, relay), Hops = delivery.Hops + 1 }, later);
        }
    }

    private IReadOnlyList<TrackingObservation> PassedOn(IReadOnlyList<TrackingObservation> observations, PartnerId sender, SimulatedRelay relay)
    {
        if (!relay.RenamesSensors && relay.TimeTagShiftSeconds == 0) return observations;
        return [.. observations.Select(one => one with
        {
            Sensor = relay.RenamesSensors ? Renamed(sender, one.Sensor) : one.Sensor, Epoch = one.Epoch.PlusSeconds(relay.TimeTagShiftSeconds),
        })];
    }

    private TrackingSensor Renamed(PartnerId sender, TrackingSensor sensor)
    {
        if (_renamed.TryGetValue((sender, sensor.Key), out var renamed)) return renamed;
        // A name that gives nothing away, the same whenever it is passed on.
        var name = SensorId.Parse($"{sender}-{_renamed.Count + 1}");
        return _renamed[(sender, sensor.Key)] = sensor with { Key = new SensorKey(sender, name) };
    }
}
