using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Signing;

namespace SsaShare.Fusion;

/// <summary>
/// Merges observations of many partners into one catalog: associates them by orbit and composes, for each reader, estimates from
/// nothing but what that reader may see.
/// </summary>
/// <remarks>
/// Safe for concurrent use: contributions and associations are guarded by one lock, held while a batch is added. Readers never wait for
/// it: they are answered from the snapshot that the last change left. A change that throws leaves everything as it was before. Nothing is
/// stored: a host replays its records with <see cref="Restore"/> and the association table it kept.
/// </remarks>
public sealed partial class FusionEngine
{
    private readonly Lock _lock = new();
    private readonly TrackletBuilder _tracklets;
    private readonly Associator _associator;
    private readonly ArcFitter _fitter;
    private readonly Composer _composer;

    // All below are guarded by _lock.
    private readonly Dictionary<MeasurementContent, List<Measured>> _measured = [];
    private readonly Dictionary<Hash256, Measured> _byOriginal = [];
    private readonly Dictionary<RecordId, (Measured Measured, Tracklet Tracklet)> _records = [];
    private readonly Dictionary<RecordId, ContributedObservation> _aside = [];
    private readonly Dictionary<Tracklet, CatalogObject> _objectOf = [];
    private readonly List<CatalogObject> _objects = [];
    private readonly List<Tracklet> _pending = [];
    private Dictionary<Tracklet, IReadOnlyList<ObjectId>> _ambiguous = [];
    private bool _rearranged;

    // Replaced whole under _lock, read without it.
    private volatile CatalogSnapshot _snapshot = CatalogSnapshot.Empty;

    public FusionEngine(FusionOptions? options = null)
    {
        options ??= new FusionOptions();
        _fitter = new ArcFitter(options);
        _tracklets = new TrackletBuilder(options);
        _associator = new Associator(options, _fitter);
        _composer = new Composer(options, _fitter);
    }

    /// <summary>The catalog as the last change left it.</summary>
    public CatalogSnapshot Snapshot => _snapshot;

    /// <inheritdoc cref="CatalogSnapshot.Objects"/>
    public IReadOnlyList<ObjectId> Objects => _snapshot.Objects;

    /// <inheritdoc cref="CatalogSnapshot.Waiting"/>
    public IReadOnlyList<WaitingTracklet> Waiting => _snapshot.Waiting;

    /// <summary>The object of every associated record: to be kept by the host, so that object ids outlive the process.</summary>
    public IReadOnlyDictionary<RecordId, ObjectId> Associations
    {
        get
        {
            lock (_lock) return AssociatedRecords();
        }
    }

    /// <summary>Takes in a batch, associates what can be associated, and says what changed. The same record twice adds nothing.</summary>
    /// <param name="batch">In any order.</param>
    /// <param name="kept">Objects of records as <see cref="Associations"/> once gave them: a new tracklet goes where most of its records went.</param>
    public AddOutcome Add(IReadOnlyList<ContributedObservation> batch, IReadOnlyDictionary<RecordId, ObjectId>? kept = null)
    {
        lock (_lock)
        {
            var before = AssociatedRecords();
            HashSet<ObjectId> known = [.. _objects.Select(o => o.Id), .. kept?.Values ?? []];
            var intake = new Intake();
            try
            {
                Enter(batch, kept, intake);
                var associated = AssociatedRecords().Where(pair => !before.ContainsKey(pair.Key) && !(kept is not null && kept.TryGetValue(pair.Key, out var id) && id == pair.Value)).ToList();
                return new AddOutcome(intake.Accepted, intake.Duplicates, intake.Refused, associated,
                    [.. _objects.Select(o => o.Id).Where(id => !known.Contains(id))],
                    [.. associated.Select(pair => pair.Value).Concat(intake.Changed.Select(o => o.Id)).Distinct().OrderBy(id => id.Value)]);
            }
            catch
            {
                GoBack(before, intake.Entered, intake.Moved);
                throw;
            }
            finally
            {
                _snapshot = CatalogSnapshot.Of(_objects, _pending, _ambiguous);
            }
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
            return Add(records, associations);
        }
    }

    /// <summary>Takes another description of a sensor for all its observations, those that are here included, and associates them anew.</summary>
    /// <returns>What changed; <see cref="AddOutcome.Accepted"/> counts the measurements that were entered again.</returns>
    public AddOutcome Describe(Sensor sensor)
    {
        lock (_lock)
        {
            var key = SensorKey.Of(sensor);
            // Whole measurements: a record that repeats one under another sensor's name must find its place anew too.
            var old = _records.Values.Select(place => place.Measured).Distinct().Where(m => m.Records.Any(c => SensorKey.Of(c.Sensor) == key && c.Sensor != sensor)).SelectMany(m => m.Records)
                .Concat(_aside.Values.Where(c => SensorKey.Of(c.Sensor) == key && c.Sensor != sensor)).ToList();
            if (old.Count == 0) return new AddOutcome(0, 0, [], [], [], []);
            var before = AssociatedRecords();
            HashSet<ObjectId> known = [.. _objects.Select(o => o.Id)];
            var intake = new Intake();
            try
            {
                _associator.ForgetTrials();
                foreach (var target in TakeOut(old.Select(c => c.Record))) _associator.Refit(target);
                Enter([.. old.Select(c => SensorKey.Of(c.Sensor) == key ? new ContributedObservation(c.Record, c.Originator, c.Mode, sensor, c.Observation, c.Mark, c.Leaf) : c)], null, intake);
                KeepNames(before);
                var after = AssociatedRecords();
                var associated = after.Where(pair => !before.TryGetValue(pair.Key, out var id) || id != pair.Value).ToList();
                return new AddOutcome(intake.Accepted, intake.Duplicates, intake.Refused, associated, [.. _objects.Select(o => o.Id).Where(id => !known.Contains(id))],
                    [.. old.SelectMany(c => new[] { before, after }.Where(map => map.ContainsKey(c.Record)).Select(map => map[c.Record])).Concat(associated.Select(pair => pair.Value)).Distinct().OrderBy(id => id.Value)])
                {
                    Released = [.. before.Keys.Where(record => !after.ContainsKey(record))],
                };
            }
            catch
            {
                GoBack(before, intake.Entered, old);
                throw;
            }
            finally
            {
                _snapshot = CatalogSnapshot.Of(_objects, _pending, _ambiguous);
            }
        }
    }

    /// <summary>
    /// Takes records out again, as after a recall. Objects left without any measurement leave the catalog; what is left of an object that lost a whole pass
    /// finds its place anew, because what held it together may be gone.
    /// </summary>
    /// <returns>What changed. Where this throws, the records are out and the rest is as it was before.</returns>
    public AddOutcome Withdraw(IReadOnlyCollection<RecordId> records)
    {
        lock (_lock)
        {
            HashSet<RecordId> gone = [.. records.Where(record => _records.ContainsKey(record) || _aside.ContainsKey(record))];
            if (gone.Count == 0) return new AddOutcome(0, 0, [], [], [], []);
            var before = AssociatedRecords();
            HashSet<ObjectId> known = [.. _objects.Select(o => o.Id)];
            var passes = _objects.ToDictionary(o => o, o => o.Tracklets.Count);
            var touched = TakeOut(gone);
            List<ContributedObservation> rest = [.. touched.Where(o => o.Tracklets.Count < passes[o]).SelectMany(o => o.Tracklets).SelectMany(t => t.InTime).SelectMany(m => m.Records)];
            var left = before.Where(pair => !gone.Contains(pair.Key)).ToDictionary();
            var intake = new Intake();
            try
            {
                _associator.ForgetTrials();
                TakeOut(rest.Select(c => c.Record));
                foreach (var target in touched.Where(o => o.Tracklets.Count > 0)) _associator.Refit(target);
                Enter(rest, null, intake);
                KeepNames(left);
                var after = AssociatedRecords();
                var associated = after.Where(pair => !left.TryGetValue(pair.Key, out var id) || id != pair.Value).ToList();
                return new AddOutcome(intake.Accepted, intake.Duplicates, intake.Refused, associated, [.. _objects.Select(o => o.Id).Where(id => !known.Contains(id))],
                    [.. gone.Where(before.ContainsKey).Select(record => before[record]).Concat(associated.Select(pair => pair.Value)).Distinct().OrderBy(id => id.Value)])
                {
                    Released = [.. before.Keys.Where(record => !after.ContainsKey(record))],
                };
            }
            catch
            {
                GoBack(left, intake.Entered, rest);
                throw;
            }
            finally
            {
                _snapshot = CatalogSnapshot.Of(_objects, _pending, _ambiguous);
            }
        }
    }

    /// <summary>The estimate of an object for a reader. Computed once for all readers that see the same.</summary>
    public Composition Compose(ObjectId id, ReaderView view) => _snapshot.See(id, view) is { } visible ? Compose(visible) : Composition.Unknown.Instance;

    /// <summary>The estimate from what is visible. Computed once for all who see the same; a fit may take seconds.</summary>
    public Composition Compose(VisibleObject visible) => _composer.Compose(visible);

    /// <summary>The same, where it needs no computing.</summary>
    public bool TryFindComposed(VisibleObject visible, [NotNullWhen(true)] out Composition? composition) => _composer.TryFind(visible, out composition);

    /// <summary>Fits what the reader may see before an instant and holds it against what the reader may see after it.</summary>
    /// <param name="id">The object.</param>
    /// <param name="view">What may be fitted.</param>
    /// <param name="split">The instant.</param>
    /// <param name="compareWith">What the fit is held against; the fitted view when null. Both must be visible to whom the result is shown.</param>
    /// <returns>Null when one side is empty or the first gives no orbit.</returns>
    public PredictionCheck? Predict(ObjectId id, ReaderView view, Epoch split, ReaderView? compareWith = null)
    {
        var wider = compareWith ?? view;
        return _snapshot.See(id, new ReaderView(c => c.Epoch < split ? view.MaySee(c) : wider.MaySee(c))) is { } visible ? Predict(visible, split) : null;
    }

    /// <summary>Fits what is visible before an instant and holds it against what is visible after it. Computed once for all who see the same.</summary>
    /// <returns>Null when one side is empty or the first gives no orbit.</returns>
    public PredictionCheck? Predict(VisibleObject visible, Epoch split) => _composer.Predict(visible, split);

    /// <summary>The same, where it needs no computing.</summary>
    public bool TryFindPrediction(VisibleObject visible, Epoch split, out PredictionCheck? check) => _composer.TryFindPrediction(visible, split, out check);
}
