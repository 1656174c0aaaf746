using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Protocol;
using V1 = SsaShare.Protocol.Catalog.V1;

namespace SsaShare.FusionService;

/// <summary>Answers for one reader. An estimate is a whole fit and may take a second: answers are computed off the caller's thread and kept.</summary>
public sealed class CatalogReader(FusionEngine engine, ReaderViews views)
{
    /// <summary>Objects after an id, of which the reader may see something, in order of id.</summary>
    public Task<IReadOnlyList<V1.CatalogObject>> ListAsync(PartnerId reader, Guid? after, int count, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var view = views.Of(reader);
        var page = new List<V1.CatalogObject>();
        foreach (var id in engine.Objects.Where(id => after is null || id.Value.CompareTo(after.Value) > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (engine.Compose(id, view).ToWire(id) is { } visible) page.Add(visible);
            if (page.Count == count) break;
        }
        return (IReadOnlyList<V1.CatalogObject>)page;
    }, cancellationToken);

    /// <summary>Observations without an object, of those that the reader may see.</summary>
    public int CountUnassociated(PartnerId reader) => engine.Waiting.SelectMany(tracklet => tracklet.Records).Count(record => views.MaySee(record, reader));

    /// <summary>One object by id, or by a tag that names only one of those that the reader may see.</summary>
    /// <returns>Null when there is none, or several carry the tag.</returns>
    public async Task<V1.CatalogObject?> FindAsync(PartnerId reader, string idOrTag, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(idOrTag, out var guid))
            return await Task.Run(() => engine.Compose(new ObjectId(guid), views.Of(reader)).ToWire(new ObjectId(guid)), cancellationToken);
        var tagged = (await ListAsync(reader, null, int.MaxValue, cancellationToken)).Where(one => one.Tags.Contains(idOrTag)).ToList();
        // A tag is a hint: where several objects carry it, the one on which it is the most frequent is meant.
        return tagged.Count == 1 ? tagged[0] : tagged.Where(one => one.Tags[0] == idOrTag).ToList() is [var main] ? main : null;
    }

    /// <summary>Fits the first days of what the reader may see and holds the rest against it.</summary>
    /// <param name="only">Fits this partner's contributions alone; null fits everybody's.</param>
    /// <returns>Null when there is too little on one side.</returns>
    public Task<PredictionCheck?> CheckAsync(PartnerId reader, V1.CatalogObject visible, double fitDays, PartnerId? only, CancellationToken cancellationToken) => Task.Run(() =>
    {
        if (!SpaceMapper.TryRead(visible.Estimate?.FirstObservation, out var first)) return null;
        var view = views.Of(reader);
        return engine.Predict(new ObjectId(Guid.Parse(visible.ObjectId)), only is { } partner ? view.Only(partner) : view, first.PlusSeconds(fitDays * 86_400), view);
    }, cancellationToken);
}
