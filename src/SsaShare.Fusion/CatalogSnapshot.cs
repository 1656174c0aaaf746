using System.Collections.Frozen;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>The catalog at one moment. Immutable: readers use it while the engine works on the next one.</summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<ObjectId, Pass[]> _passesOf;

    private CatalogSnapshot(FrozenDictionary<ObjectId, Pass[]> passesOf, Pass[] waiting, IReadOnlyList<WaitingTracklet> waitingTracklets)
    {
        _passesOf = passesOf;
        WaitingPasses = waiting;
        Waiting = waitingTracklets;
        Objects = [.. passesOf.Keys.OrderBy(id => id.Value)];
    }

    internal static CatalogSnapshot Empty { get; } = Of([], [], new Dictionary<Tracklet, IReadOnlyList<ObjectId>>());

    /// <summary>Every object, in order of its id. What of it a reader may know is decided by what the reader may see.</summary>
    public IReadOnlyList<ObjectId> Objects { get; }

    /// <summary>Tracklets without an object, with all the objects that would explain them when there are several.</summary>
    public IReadOnlyList<WaitingTracklet> Waiting { get; }

    private Pass[] WaitingPasses { get; }

    internal static CatalogSnapshot Of(IEnumerable<CatalogObject> objects, IEnumerable<Tracklet> pending, IReadOnlyDictionary<Tracklet, IReadOnlyList<ObjectId>> ambiguous)
    {
        Tracklet[] waiting = [.. pending.OrderBy(t => t.Start)];
        return new CatalogSnapshot(
            objects.ToFrozenDictionary(o => o.Id, o => o.InTime().Select(t => new Pass(t.Freeze())).ToArray()),
            [.. waiting.Select(t => new Pass(t.Freeze()))],
            [.. waiting.Select(t => new WaitingTracklet([.. t.Freeze().SelectMany(records => records).Select(c => c.Record)], t.Start, t.End, ambiguous.GetValueOrDefault(t) ?? []))]);
    }

    /// <summary>What of an object a view may see.</summary>
    /// <returns>Null when there is no such object or nothing of it may be seen: the two are one answer.</returns>
    public VisibleObject? See(ObjectId id, ReaderView view)
    {
        if (!_passesOf.TryGetValue(id, out var passes)) return null;
        // Of each measurement the first record that may be seen.
        var visible = passes.Select(pass => pass.Visible(view)).Where(pass => pass.Count > 0).ToList();
        return visible.Count == 0 ? null : new VisibleObject(id, visible);
    }

    /// <summary>Measurements without an object that a view may see.</summary>
    public int CountWaiting(ReaderView view) => WaitingPasses.Sum(pass => pass.Visible(view).Count);

    private readonly record struct Pass(IReadOnlyList<IReadOnlyList<ContributedObservation>> Measurements)
    {
        public IReadOnlyList<ContributedObservation> Visible(ReaderView view)
            => [.. Measurements.Select(records => records.FirstOrDefault(view.MaySee)).OfType<ContributedObservation>()];
    }
}

/// <summary>What of an object one reader may see.</summary>
/// <param name="Id">Which object.</param>
/// <param name="Passes">The visible contributions, one for each measurement, in order of time; none empty.</param>
public sealed record VisibleObject(ObjectId Id, IReadOnlyList<IReadOnlyList<ContributedObservation>> Passes)
{
    /// <summary>Object tags and how many contributions carry each; a hint for people.</summary>
    public IReadOnlyDictionary<string, int> Tags => Passes.SelectMany(pass => pass).Where(c => c.Observation.ObjectTag is not null)
        .GroupBy(c => c.Observation.ObjectTag!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
