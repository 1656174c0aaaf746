using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Orbits;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>Every record that entered the engine, with what decides who may see what comes of it, and how each sensor is described.</summary>
/// <remarks>Observations without a description of their sensor are not held here: the book remembers from which arrival on they are to be read again.</remarks>
public sealed class ContributionBook
{
    /// <summary>Most sensors whose observations are remembered to wait, one by one.</summary>
    internal const int MostWaitingSensors = 10_000;

    // The worker's alone.
    private readonly Dictionary<SensorKey, Description> _sensors = [];
    private readonly Dictionary<SensorKey, long> _waitingFrom = [];
    private long? _othersWaitingFrom;

    /// <summary>Of the records that are in the engine.</summary>
    public RecordGrants Grants { get; } = new();

    /// <inheritdoc cref="RecordGrants.PathsOf"/>
    public ImmutableArray<GrantPath> PathsOf(RecordId record) => Grants.PathsOf(record);

    /// <inheritdoc cref="RecordGrants.Removals"/>
    public long Removals => Grants.Removals;

    /// <summary>Takes records in order of arrival. Called by one thread at a time.</summary>
    /// <remarks>Of several descriptions of one sensor, the one that was published last counts, in whatever order they come.</remarks>
    public BookIntake Take(IReadOnlyList<ArrivedRecord> records)
    {
        var (ready, redescribed, late, waiting, refused) = (new List<ContributedObservation>(), new Dictionary<SensorKey, Sensor>(), new List<LateSensor>(), new List<SensorKey>(), new List<RefusedContribution>());
        foreach (var record in records.Where(record => record.Record.Facts.Class == RecordClass.Sensor))
        {
            if (Refusal(record) is { } refusal) refused.Add(new RefusedContribution(record.Record.Id, refusal));
            else TakeSensor(record.Record, redescribed, late, refused);
        }
        foreach (var record in records)
        {
            if (record.Record.Facts is not { Class: RecordClass.Observation, Sensor: { } sensor }) continue;
            var key = new SensorKey(record.Record.Facts.Originator, sensor);
            if (Refusal(record) is { } refusal) refused.Add(new RefusedContribution(record.Record.Id, refusal));
            else if (_sensors.TryGetValue(key, out var description)) TakeObservation(record, description.Sensor, ready, refused);
            else Wait(key, record.Arrival, waiting);
        }
        return new BookIntake(ready, [.. redescribed.Values], late, waiting, refused);
    }

    /// <summary>Takes the observations of one described sensor from records that are read again.</summary>
    public BookIntake TakeAgain(SensorKey sensor, IReadOnlyList<ArrivedRecord> records)
        => Take([.. records.Where(one => one.Record.Facts is { Class: RecordClass.Observation, Sensor: { } id } facts && new SensorKey(facts.Originator, id) == sensor)]);

    /// <summary>Gives up records that are used no more. From then on nobody may see what comes of them.</summary>
    public BookRemoval Remove(IReadOnlyCollection<RecordId> records)
    {
        var gone = GiveUp([.. records]);
        if (gone.Observations.Count > 0) Grants.NoteRemoval();
        return gone;
    }

    private BookRemoval GiveUp(HashSet<RecordId> removed)
    {
        HashSet<RecordId> observations = [.. removed.Where(Grants.Remove)];
        var undescribed = _sensors.Where(pair => removed.Contains(pair.Value.Record)).Select(pair => pair.Key).ToList();
        foreach (var key in undescribed)
        {
            _sensors.Remove(key);
            // Whatever describes the sensor next, all its observations are read again.
            _waitingFrom[key] = 1;
        }
        if (undescribed.Count == 0) return new BookRemoval(observations, undescribed);
        foreach (var (record, paths) in Grants.All)
        {
            if (paths[0].Facts is not { Sensor: { } sensor } facts || !undescribed.Contains(new SensorKey(facts.Originator, sensor))) continue;
            Grants.Remove(record);
            observations.Add(record);
        }
        return new BookRemoval(observations, undescribed);
    }

    // Data of an exercise must not describe real sensors, nor become observations.
    private static ContributionRefusal? Refusal(ArrivedRecord record) => record.Record.Facts.Label.Mode == DataMode.Real ? null : ContributionRefusal.NotReal;

    private void TakeSensor(SealedRecord record, Dictionary<SensorKey, Sensor> redescribed, List<LateSensor> late, List<RefusedContribution> refused)
    {
        if (SensorCodec.TryDecode(record.Payload.Span, record.Facts.Originator) is not { } sensor)
        {
            refused.Add(new RefusedContribution(record.Id, ContributionRefusal.Unreadable));
            return;
        }
        var key = SensorKey.Of(sensor);
        var description = new Description(sensor, record.Facts.Epoch, record.Id);
        bool isKnown = _sensors.TryGetValue(key, out var before);
        if (isKnown && !description.IsNewerThan(before!)) return;
        _sensors[key] = description;
        if (isKnown && before!.Sensor != sensor) redescribed[key] = sensor;
        if (isKnown) return;
        if (_waitingFrom.Remove(key, out long arrival)) late.Add(new LateSensor(key, arrival));
        else if (_othersWaitingFrom is { } others) late.Add(new LateSensor(key, others));
    }

    private void TakeObservation(ArrivedRecord record, Sensor sensor, List<ContributedObservation> ready, List<RefusedContribution> refused)
    {
        var (id, facts) = (record.Record.Id, record.Record.Facts);
        if (ObservationCodec.TryDecode(record.Record.Payload.Span, out var mark) is not { } observation || observation.Sensor != sensor.Id)
        {
            refused.Add(new RefusedContribution(id, ContributionRefusal.Unreadable));
            return;
        }
        Grants.Add(record);
        ready.Add(new ContributedObservation(id, facts.Originator, facts.Label.Mode, sensor, observation, mark, record.Leaf));
    }

    private void Wait(SensorKey key, long arrival, List<SensorKey> waiting)
    {
        if (_waitingFrom.ContainsKey(key)) return;
        if (_waitingFrom.Count < MostWaitingSensors)
        {
            _waitingFrom.Add(key, arrival);
            waiting.Add(key);
        }
        else
        {
            _othersWaitingFrom ??= arrival;
        }
    }

    /// <param name="Sensor">As described.</param>
    /// <param name="Published">When.</param>
    /// <param name="Record">Decides between two of one instant, so that the order of arrival does not.</param>
    private sealed record Description(Sensor Sensor, Epoch Published, RecordId Record)
    {
        public bool IsNewerThan(Description other)
            => Published != other.Published ? Published > other.Published : string.CompareOrdinal(Record.ToString(), other.Record.ToString()) > 0;
    }
}
