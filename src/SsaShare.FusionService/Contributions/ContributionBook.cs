using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Orbits;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>Every record that entered the engine, with what decides who may see what comes of it.</summary>
public sealed class ContributionBook
{
    private readonly ConcurrentDictionary<RecordId, Provenance> _provenance = new();
    private readonly Dictionary<SensorKey, Sensor> _sensors = [];
    private readonly Dictionary<SensorKey, List<ArrivedRecord>> _waiting = [];

    /// <summary>How a record came; null when it is not here.</summary>
    public Provenance? Find(RecordId record) => _provenance.GetValueOrDefault(record);

    /// <summary>Sensors whose observations wait for a description, and how many.</summary>
    public IEnumerable<(SensorKey Sensor, int Count)> Waiting => _waiting.Select(pair => (pair.Key, pair.Value.Count));

    /// <summary>Takes records in order of arrival. Called by one thread at a time.</summary>
    /// <returns>Observations that can be fused now: of a sensor that is described, those that waited for it among them.</returns>
    public IReadOnlyList<ContributedObservation> Take(IReadOnlyList<ArrivedRecord> records)
    {
        var ready = new List<ContributedObservation>(records.Count);
        foreach (var record in records)
        {
            if (record.Record.Facts.Class == RecordClass.Sensor) TakeSensor(record, ready);
            else if (record.Record.Facts is { Class: RecordClass.Observation, Sensor: { } sensor }) TakeObservation(record, new SensorKey(record.Record.Facts.Originator, sensor), ready);
        }
        return ready;
    }

    private void TakeSensor(ArrivedRecord record, List<ContributedObservation> ready)
    {
        if (SensorCodec.TryDecode(record.Record.Payload.Span, record.Record.Facts.Originator) is not { } sensor) return;
        var key = SensorKey.Of(sensor);
        _sensors[key] = sensor;
        if (!_waiting.Remove(key, out var waiting)) return;
        foreach (var one in waiting) TakeObservation(one, key, ready);
    }

    private void TakeObservation(ArrivedRecord record, SensorKey key, List<ContributedObservation> ready)
    {
        if (!_sensors.TryGetValue(key, out var sensor))
        {
            if (!_waiting.TryGetValue(key, out var waiting)) _waiting.Add(key, waiting = []);
            waiting.Add(record);
            return;
        }
        if (ObservationCodec.TryDecode(record.Record.Payload.Span) is not { } observation) return;
        _provenance[record.Record.Id] = new Provenance(record.Record.Facts, record.Provider, record.Agreement);
        ready.Add(new ContributedObservation(record.Record.Id, record.Record.Facts.Originator, record.Record.Facts.Label.Mode, sensor, observation));
    }
}

/// <summary>How a record came to the fusion service.</summary>
/// <param name="Provider">Null for the service's own.</param>
/// <param name="Agreement">Null for the service's own.</param>
public sealed record Provenance(RecordFacts Facts, PartnerId? Provider, AgreementId? Agreement);
