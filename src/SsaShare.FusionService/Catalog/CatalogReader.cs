using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>
/// Answers for one reader, from what that reader may see and nothing else. An object that this does not determine is not there for the
/// reader: that somebody else's data found it must not show.
/// </summary>
/// <remarks>
/// An estimate is a whole fit and may take seconds: answers are kept, and only a few are computed at a time. Every answer is one of
/// <see cref="ReaderViews.AnswerAsync"/>, with its exception.
/// </remarks>
public sealed class CatalogReader(FusionEngine engine, ReaderViews views) : IDisposable
{
    private const int FitsAtOnce = 2;
    // A tag on more objects than this names none of them; without a limit one look-up could compose the whole catalog.
    private const int MostAlikeTagged = 16;
    private const double SecondsPerDay = 86_400;

    private readonly FitQueue _fits = new(FitsAtOnce);

    /// <summary>Objects after an id for which the reader gets an estimate, in order of id.</summary>
    public Task<IReadOnlyList<ObjectEstimate>> ListAsync(PartnerId reader, Guid? after, int count, CancellationToken cancellationToken)
        => views.AnswerAsync(reader, view => ListAsync(view, after, count, cancellationToken));

    /// <summary>Observations that the reader may see and that are of no object for which the reader gets an estimate.</summary>
    public Task<int> CountUnassociatedAsync(PartnerId reader, CancellationToken cancellationToken)
        => views.AnswerAsync(reader, view => CountUnassociatedAsync(view, cancellationToken));

    /// <summary>One object by id, or by a tag that names only one of those for which the reader gets an estimate.</summary>
    /// <returns>Null when there is none, or several carry the tag.</returns>
    public Task<ObjectEstimate?> FindAsync(PartnerId reader, string idOrTag, CancellationToken cancellationToken)
        => views.AnswerAsync(reader, view => FindAsync(view, idOrTag, cancellationToken));

    /// <summary>Fits the first days of what the reader may see of one object and holds the rest against it.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="idOrTag">As for <see cref="FindAsync(PartnerId, string, CancellationToken)"/>.</param>
    /// <param name="fitDays">From the first observation of the estimate.</param>
    /// <param name="only">Fits this partner's contributions alone; null fits everybody's.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    /// <returns>Whether the object is there for the reader; without a check when there is too little on one side.</returns>
    public Task<(bool IsThere, PredictionCheck? Check)> CheckAsync(PartnerId reader, string idOrTag, double fitDays, PartnerId? only, CancellationToken cancellationToken)
        => views.AnswerAsync(reader, async view => await FindAsync(view, idOrTag, cancellationToken) is { } estimate
            ? (true, await CheckAsync(view, estimate, fitDays, only, cancellationToken))
            : (false, (PredictionCheck?)null));

    public void Dispose() => _fits.Dispose();

    private async Task<IReadOnlyList<ObjectEstimate>> ListAsync(ReaderView view, Guid? after, int count, CancellationToken cancellationToken)
    {
        var (catalog, page) = (engine.Snapshot, new List<ObjectEstimate>());
        foreach (var id in catalog.Objects.Where(id => after is null || id.Value.CompareTo(after.Value) > 0))
        {
            if (catalog.See(id, view) is { } visible && await ComposeAsync(visible, cancellationToken) is Composition.Estimated { Estimate: var estimate }) page.Add(estimate);
            if (page.Count == count) break;
        }
        return page;
    }

    private async Task<int> CountUnassociatedAsync(ReaderView view, CancellationToken cancellationToken)
    {
        var catalog = engine.Snapshot;
        int count = catalog.CountWaiting(view);
        foreach (var id in catalog.Objects)
            if (catalog.See(id, view) is { } visible && await ComposeAsync(visible, cancellationToken) is Composition.NotDetermined none) count += none.VisibleObservations;
        return count;
    }

    private async Task<ObjectEstimate?> FindAsync(ReaderView view, string idOrTag, CancellationToken cancellationToken)
    {
        var catalog = engine.Snapshot;
        if (Guid.TryParse(idOrTag, out var guid))
            return catalog.See(new ObjectId(guid), view) is { } one ? (await ComposeAsync(one, cancellationToken) as Composition.Estimated)?.Estimate : null;
        var alike = catalog.Objects.Select(id => catalog.See(id, view)).OfType<VisibleObject>().Where(visible => visible.Tags.ContainsKey(idOrTag)).Take(MostAlikeTagged + 1).ToList();
        if (alike.Count > MostAlikeTagged) return null;
        var tagged = new List<ObjectEstimate>();
        foreach (var visible in alike)
            if (await ComposeAsync(visible, cancellationToken) is Composition.Estimated { Estimate: var estimate }) tagged.Add(estimate);
        // A tag is a hint: where several objects carry it, the one on which it is the most frequent is meant.
        return tagged.Count == 1 ? tagged[0] : tagged.Where(one => MainTag(one) == idOrTag).ToList() is [var main] ? main : null;
    }

    private async Task<PredictionCheck?> CheckAsync(ReaderView all, ObjectEstimate estimate, double fitDays, PartnerId? only, CancellationToken cancellationToken)
    {
        var split = estimate.Fit.Span.First.PlusSeconds(fitDays * SecondsPerDay);
        var fitted = only is { } partner ? all.Only(partner) : all;
        if (engine.Snapshot.See(estimate.Id, new ReaderView(c => c.Epoch < split ? fitted.MaySee(c) : all.MaySee(c))) is not { } visible) return null;
        return engine.TryFindPrediction(visible, split, out var check) ? check : await _fits.RunAsync(() => engine.Predict(visible, split), cancellationToken);
    }

    private async Task<Composition> ComposeAsync(VisibleObject visible, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return engine.TryFindComposed(visible, out var composition) ? composition : await _fits.RunAsync(() => engine.Compose(visible), cancellationToken);
    }

    private static string? MainTag(ObjectEstimate one) => one.Tags.OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault().Key;
}
