using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>
/// Merges observations of many partners into one catalog: associates them by orbit and composes, for each reader, estimates from
/// nothing but what that reader may see.
/// </summary>
/// <remarks>
/// Safe for concurrent use: contributions and associations are guarded by one lock, held while a batch is added; estimates are computed
/// outside it. Nothing is stored: a host replays its records with <see cref="Restore"/> and the association table it kept.
/// </remarks>
public sealed partial class FusionEngine
{
    private readonly Lock _lock = new();
    private readonly TrackletBuilder _tracklets;
    private readonly Associator _associator;
    private readonly ArcFitter _fitter;
    private readonly Composer _composer;

    // All below are guarded by _lock.
    private readonly Dictionary<MeasurementContent, Measured> _measured = [];
    private readonly Dictionary<RecordId, (Measured Measured, Tracklet Tracklet)> _records = [];
    private readonly Dictionary<Tracklet, CatalogObject> _objectOf = [];
    private readonly List<CatalogObject> _objects = [];
    private readonly List<Tracklet> _pending = [];
    private Dictionary<Tracklet, IReadOnlyList<ObjectId>> _ambiguous = [];

    public FusionEngine(FusionOptions? options = null)
    {
        options ??= new FusionOptions();
        _fitter = new ArcFitter(options);
        _tracklets = new TrackletBuilder(options);
        _associator = new Associator(options, _fitter);
        _composer = new Composer(options, _fitter);
    }

    /// <summary>Every object, in order of its id. What of it a reader may know is decided by <see cref="Compose"/>.</summary>
    public IReadOnlyList<ObjectId> Objects
    {
        get
        {
            lock (_lock) return [.. _objects.Select(o => o.Id).OrderBy(id => id.Value)];
        }
    }

    /// <summary>The object of every associated record: to be kept by the host, so that object ids outlive the process.</summary>
    public IReadOnlyDictionary<RecordId, ObjectId> Associations
    {
        get
        {
            lock (_lock) return _records.Where(r => _objectOf.ContainsKey(r.Value.Tracklet)).ToDictionary(r => r.Key, r => _objectOf[r.Value.Tracklet].Id);
        }
    }

    /// <summary>Tracklets without an object, with all the objects that would explain them when there are several.</summary>
    public IReadOnlyList<WaitingTracklet> Waiting
    {
        get
        {
            lock (_lock)
                return [.. _pending.OrderBy(t => t.Start).Select(t => new WaitingTracklet(
                    [.. t.InTime.SelectMany(m => m.Records).Select(r => r.Record)], t.Start, t.End, _ambiguous.GetValueOrDefault(t) ?? []))];
        }
    }

    /// <summary>Takes in a batch, associates what can be associated, and says what changed. The same record twice adds nothing.</summary>
    public AddOutcome Add(IReadOnlyList<ContributedObservation> batch)
    {
        lock (_lock)
        {
            var before = AssociatedRecords();
            HashSet<ObjectId> known = [.. _objects.Select(o => o.Id)];
            var intake = TakeIn(batch);
            foreach (var target in intake.ToRefit) _associator.Refit(target);
            Associate();
            var associated = AssociatedRecords().Where(pair => !before.ContainsKey(pair.Key)).ToList();
            return new AddOutcome(intake.Accepted, intake.Duplicates, intake.Refused, associated,
                [.. _objects.Select(o => o.Id).Where(id => !known.Contains(id))],
                [.. associated.Select(pair => pair.Value).Concat(intake.Changed.Select(o => o.Id)).Distinct().OrderBy(id => id.Value)]);
        }
    }

    /// <summary>Brings back a catalog: records with their objects as <see cref="Associations"/> gave them, and records without one.</summary>
    /// <remarks>Objects get their orbits back; records without an object are associated as if they had just come.</remarks>
    /// <exception cref="InvalidOperationException">The engine already holds contributions.</exception>
    public AddOutcome Restore(IReadOnlyList<ContributedObservation> records, IReadOnlyDictionary<RecordId, ObjectId> associations)
    {
        lock (_lock)
        {
            if (_records.Count > 0) throw new InvalidOperationException("Restore is for an empty engine.");
            var intake = TakeIn(records);
            var byId = new Dictionary<ObjectId, CatalogObject>();
            foreach (var tracklet in _pending.ToList())
            {
                // A tracklet goes where most of its records went.
                var votes = tracklet.InTime.SelectMany(m => m.Records).Where(r => associations.ContainsKey(r.Record)).GroupBy(r => associations[r.Record]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value);
                if (votes.FirstOrDefault() is not { } most) continue;
                if (!byId.TryGetValue(most.Key, out var target)) byId.Add(most.Key, target = new CatalogObject(most.Key));
                target.Tracklets.Add(tracklet);
                _objectOf.Add(tracklet, target);
                _pending.Remove(tracklet);
            }
            foreach (var target in byId.Values.OrderBy(o => o.Id.Value))
            {
                _objects.Add(target);
                _associator.Refit(target);
            }
            var restored = AssociatedRecords();
            Associate();
            var associated = AssociatedRecords().Where(pair => !restored.ContainsKey(pair.Key)).ToList();
            return new AddOutcome(intake.Accepted, intake.Duplicates, intake.Refused, associated, [.. _objects.Select(o => o.Id).Where(id => !byId.ContainsKey(id))],
                [.. associated.Select(pair => pair.Value).Distinct().OrderBy(id => id.Value)]);
        }
    }

    /// <summary>Takes records out again, as after a recall; objects left without any measurement leave the catalog.</summary>
    /// <returns>The objects whose contributions changed.</returns>
    public IReadOnlyList<ObjectId> Withdraw(IReadOnlyCollection<RecordId> records)
    {
        lock (_lock)
        {
            var touched = new HashSet<CatalogObject>();
            foreach (var record in records)
            {
                if (!_records.Remove(record, out var place)) continue;
                if (_objectOf.TryGetValue(place.Tracklet, out var target)) touched.Add(target);
                var content = MeasurementContent.Of(place.Measured.First);
                if (!place.Measured.Remove(record)) continue;
                _measured.Remove(content);
                _tracklets.Remove(place.Tracklet, place.Measured);
                if (place.Tracklet.InTime.Count > 0) continue;
                _pending.Remove(place.Tracklet);
                _objectOf.Remove(place.Tracklet);
                target?.Tracklets.Remove(place.Tracklet);
            }
            foreach (var target in touched)
            {
                if (target.Tracklets.Count == 0) _objects.Remove(target);
                else _associator.Refit(target);
            }
            Associate();
            return [.. touched.Select(o => o.Id).OrderBy(id => id.Value)];
        }
    }

    /// <summary>The estimate of an object for a reader. Computed once for all readers that see the same.</summary>
    public Composition Compose(ObjectId id, ReaderView view) => _composer.Compose(id, Visible(id, view));

    /// <summary>Fits what the reader may see before an instant and holds it against what the reader may see after it.</summary>
    /// <param name="id">The object.</param>
    /// <param name="view">What may be fitted.</param>
    /// <param name="split">The instant.</param>
    /// <param name="compareWith">What the fit is held against; the fitted view when null. Both must be visible to whom the result is shown.</param>
    /// <returns>Null when one side is empty or the first gives no orbit.</returns>
    public PredictionCheck? Predict(ObjectId id, ReaderView view, Epoch split, ReaderView? compareWith = null)
    {
        var wider = compareWith ?? view;
        return _composer.Predict(Visible(id, new ReaderView(c => c.Epoch < split ? view.MaySee(c) : wider.MaySee(c))), split);
    }

    private void Associate()
    {
        _ambiguous = _associator.Run(_objects, _pending);
        foreach (var target in _objects)
            foreach (var tracklet in target.Tracklets) _objectOf[tracklet] = target;
    }

    private Dictionary<RecordId, ObjectId> AssociatedRecords()
        => _records.Where(r => _objectOf.ContainsKey(r.Value.Tracklet)).ToDictionary(r => r.Key, r => _objectOf[r.Value.Tracklet].Id);

    /// <summary>Of each measurement of an object the first record that the view may see, as passes in order of time.</summary>
    private List<IReadOnlyList<ContributedObservation>> Visible(ObjectId id, ReaderView view)
    {
        ContributedObservation[][][] passes;
        lock (_lock)
        {
            if (_objects.Find(o => o.Id == id) is not { } target) return [];
            passes = [.. target.Tracklets.OrderBy(t => t.Start).ThenBy(t => t.Sensor.ToString(), StringComparer.Ordinal)
                .Select(t => t.InTime.Select(m => m.Records.ToArray()).ToArray())];
        }
        // Outside the lock: the view's decision is foreign code.
        return [.. passes.Select(pass => (IReadOnlyList<ContributedObservation>)[.. pass.Select(records => records.FirstOrDefault(view.MaySee)).OfType<ContributedObservation>()])
            .Where(pass => pass.Count > 0)];
    }
}
