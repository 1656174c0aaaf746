using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How contributions come into the engine and out of it. Everything here is called under the lock.</summary>
public sealed partial class FusionEngine
{
    private void Enter(IReadOnlyList<ContributedObservation> batch, IReadOnlyDictionary<RecordId, ObjectId>? kept, Intake intake)
    {
        foreach (var contribution in batch.OrderBy(c => c.Epoch).ThenBy(c => c.Record.ToString(), StringComparer.Ordinal)) TakeIn(contribution, intake);
        if (kept is { Count: > 0 }) intake.ToRefit.UnionWith(PlaceAsKept(kept));
        intake.ToRefit.RemoveWhere(o => o.Tracklets.Count == 0);
        foreach (var target in intake.ToRefit.OrderBy(o => o.Id.Value)) _associator.Refit(target);
        intake.Changed.UnionWith(intake.ToRefit);
        Associate();
    }

    private void TakeIn(ContributedObservation contribution, Intake intake)
    {
        if (_records.ContainsKey(contribution.Record)) return;
        if (RefusalOf(contribution) is { } reason)
        {
            intake.Refused.Add(new RefusedContribution(contribution.Record, reason));
            // Another description of the sensor may mend these.
            if (reason is ContributionRefusal.NotPlausible or ContributionRefusal.NothingToWeigh) _aside[contribution.Record] = contribution;
            return;
        }
        _aside.Remove(contribution.Record);
        var alike = contribution.Mark is null ? _measured.GetValueOrDefault(MeasurementContent.Of(contribution))?.Find(m => m.IsFrom(contribution.Sensor)) : null;
        var related = FindByOriginal(contribution);
        if (alike is not null && related is not null && alike != related)
        {
            Merge(related, contribution, intake);
            return;
        }
        if ((related ?? alike) is { } measured)
        {
            var place = _records[measured.First.Record].Tracklet;
            bool leads = Rearrange(measured, place, () => measured.Add(contribution));
            _records.Add(contribution.Record, (measured, place));
            if (_objectOf.TryGetValue(place, out var repeated)) (leads ? intake.ToRefit : intake.Changed).Add(repeated);
            intake.Duplicates++;
        }
        else
        {
            measured = new Measured(contribution);
            var (tracklet, isNew) = _tracklets.Place(measured);
            Key(measured);
            _records.Add(contribution.Record, (measured, tracklet));
            if (isNew) _pending.Add(tracklet);
            else if (_objectOf.TryGetValue(tracklet, out var target)) intake.ToRefit.Add(target);
            intake.Accepted++;
        }
        if (contribution.Original is { } original) _byOriginal.TryAdd(original, measured);
        intake.Entered.Add(contribution.Record);
    }

    private ContributionRefusal? RefusalOf(ContributedObservation contribution)
    {
        if (contribution.Mode != DataMode.Real) return ContributionRefusal.NotReal;
        if (!Plausibility.Holds(contribution)) return ContributionRefusal.NotPlausible;
        if (!_fitter.Propagator.Forces.Rotation.Orientation.Covers(contribution.Epoch)) return ContributionRefusal.NoEarthOrientation;
        var (o, sigma) = (contribution.Observation, contribution.Sensor.Sigma);
        bool weighs(double? figure, double? noise) => figure is not null && noise is > 0;
        return weighs(o.RangeKm, sigma.RangeKm) || weighs(o.AzimuthRad, sigma.AzimuthRad) || weighs(o.ElevationRad, sigma.ElevationRad) || weighs(o.RangeRateKmPerS, sigma.RangeRateKmPerS)
            ? null
            : ContributionRefusal.NothingToWeigh;
    }

    /// <summary>Gives pending tracklets to the objects that most of their records were of; makes those objects where they are missing.</summary>
    /// <returns>Objects that got something.</returns>
    private HashSet<CatalogObject> PlaceAsKept(IReadOnlyDictionary<RecordId, ObjectId> kept)
    {
        var byId = _objects.ToDictionary(o => o.Id);
        var grown = new HashSet<CatalogObject>();
        foreach (var tracklet in _pending.ToList())
        {
            if (MostVoted(tracklet.InTime, kept) is not { } id) continue;
            if (!byId.TryGetValue(id, out var target))
            {
                byId.Add(id, target = new CatalogObject(id));
                _objects.Add(target);
            }
            target.Tracklets.Add(tracklet);
            _objectOf.Add(tracklet, target);
            _pending.Remove(tracklet);
            grown.Add(target);
        }
        return grown;
    }

    private static ObjectId? MostVoted(IEnumerable<Measured> measured, IReadOnlyDictionary<RecordId, ObjectId> kept)
        => measured.SelectMany(m => m.Records).Where(c => kept.ContainsKey(c.Record)).GroupBy(c => kept[c.Record]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value).FirstOrDefault()?.Key;

    /// <summary>Takes records out; objects left without any tracklet leave the catalog.</summary>
    /// <returns>Objects that lost something and are still there; their orbits are as before.</returns>
    private List<CatalogObject> TakeOut(IEnumerable<RecordId> records)
    {
        var touched = new HashSet<CatalogObject>();
        foreach (var record in records)
        {
            _aside.Remove(record);
            if (!_records.Remove(record, out var place)) continue;
            if (_objectOf.TryGetValue(place.Tracklet, out var target)) touched.Add(target);
            var gone = place.Measured.Records.First(one => one.Record == record);
            if (place.Measured.Records.Count > 1)
            {
                Rearrange(place.Measured, place.Tracklet, () => place.Measured.Remove(record));
                ForgetOriginal(gone, place.Measured);
                continue;
            }
            Unkey(place.Measured, place.Measured.Content);
            place.Measured.Remove(record);
            ForgetOriginal(gone, place.Measured);
            place.Tracklet.RecordsChanged();
            _tracklets.Remove(place.Tracklet, place.Measured);
            if (place.Tracklet.InTime.Count > 0) continue;
            _pending.Remove(place.Tracklet);
            _objectOf.Remove(place.Tracklet);
            _ambiguous.Remove(place.Tracklet);
            target?.Tracklets.Remove(place.Tracklet);
        }
        _objects.RemoveAll(o => o.Tracklets.Count == 0);
        return [.. touched.Where(o => o.Tracklets.Count > 0).OrderBy(o => o.Id.Value)];
    }

    /// <summary>Undoes a change that failed half-way: what it entered goes, what it took out comes back, and every tracklet to its object of before.</summary>
    private void GoBack(Dictionary<RecordId, ObjectId> before, List<RecordId> entered, List<ContributedObservation> takenOut)
    {
        _associator.ForgetTrials();
        NoteObjects();
        var touched = TakeOut(entered).ToHashSet();
        var intake = new Intake();
        foreach (var contribution in takenOut) TakeIn(contribution, intake);
        // A tracklet that the failed change gave away goes back to where it waited or belonged.
        foreach (var target in _objects)
            foreach (var tracklet in target.Tracklets.Where(t => MostVoted(t.InTime, before) != target.Id).ToList())
            {
                target.Tracklets.Remove(tracklet);
                _objectOf.Remove(tracklet);
                _pending.Add(tracklet);
                touched.Add(target);
            }
        _objects.RemoveAll(o => o.Tracklets.Count == 0);
        touched.UnionWith(PlaceAsKept(before));
        touched.UnionWith(_objects.Where(o => o.Orbit is null));
        foreach (var target in touched.Where(o => o.Tracklets.Count > 0).OrderBy(o => o.Id.Value)) _associator.Refit(target);
        _ambiguous = _ambiguous.Where(pair => _pending.Contains(pair.Key)).ToDictionary();
    }

    /// <summary>Gives objects that were found anew the id that most of their records had before, unless an object still has it.</summary>
    private void KeepNames(Dictionary<RecordId, ObjectId> before)
    {
        HashSet<ObjectId> old = [.. before.Values], taken = [.. _objects.Select(o => o.Id)];
        foreach (var target in _objects.Where(o => !old.Contains(o.Id)).OrderBy(o => o.Id.Value))
        {
            if (MostVoted(target.Tracklets.SelectMany(t => t.InTime), before) is not { } id || !taken.Add(id)) continue;
            var found = target.Id;
            target.Id = id;
            _ambiguous = _ambiguous.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<ObjectId>)[.. pair.Value.Select(one => one == found ? id : one)]);
        }
    }

    private void Associate()
    {
        if (_rearranged) _associator.ForgetTrials();
        _rearranged = false;
        _ambiguous = _associator.Run(_objects, _pending);
        NoteObjects();
    }

    /// <summary>Takes over what the associator gave to objects.</summary>
    private void NoteObjects()
    {
        foreach (var target in _objects)
            foreach (var tracklet in target.Tracklets) _objectOf[tracklet] = target;
    }

    private Dictionary<RecordId, ObjectId> AssociatedRecords()
        => _records.Where(r => _objectOf.ContainsKey(r.Value.Tracklet)).ToDictionary(r => r.Key, r => _objectOf[r.Value.Tracklet].Id);

    /// <summary>What a change has done so far.</summary>
    private sealed class Intake
    {
        /// <summary>New measurements.</summary>
        public int Accepted { get; set; }

        /// <summary>Further records of known ones.</summary>
        public int Duplicates { get; set; }

        public List<RefusedContribution> Refused { get; } = [];

        /// <summary>Records that are in, new or repeated.</summary>
        public List<RecordId> Entered { get; } = [];

        /// <summary>Contributions that were here before and found another place.</summary>
        public List<ContributedObservation> Moved { get; } = [];

        /// <summary>Objects that got new measurements, or better records of those that they had.</summary>
        public HashSet<CatalogObject> ToRefit { get; } = [];

        /// <summary>Those, and objects whose measurements got another record.</summary>
        public HashSet<CatalogObject> Changed { get; } = [];
    }
}
