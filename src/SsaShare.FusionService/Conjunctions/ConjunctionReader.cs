using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>Close approaches for one reader, from the orbits and notices that this reader may see and nothing else.</summary>
/// <remarks>Every answer is one of <see cref="ReaderViews.AnswerOfRecordsAsync"/>, with its exception; a few are composed at a time.</remarks>
public sealed class ConjunctionReader(ConjunctionCatalog catalog, ReaderViews views) : IDisposable
{
    private const int AnswersAtOnce = 2;

    private readonly FitQueue _answers = new(AnswersAtOnce);
    private readonly ToldConjunctions _told = new();

    /// <summary>Before readers are told something new: composes for those who asked lately.</summary>
    internal void Prepare(BoardSnapshot next) => _told.Renew(next, views.OfRecords);

    /// <summary>After readers are told something new.</summary>
    internal void Forget(BoardSnapshot allBut) => _told.KeepOnly(allBut);

    /// <summary>Composes an answer from what the reader may see now.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="compose">From all that the reader is told; null before the first screening has ended. Runs on another thread.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    public Task<T> AnswerAsync<T>(PartnerId reader, Func<ConjunctionView?, T> compose, CancellationToken cancellationToken)
        => views.AnswerOfRecordsAsync(reader, view => _answers.RunAsync(() =>
        {
            // Asked again and again of the same records.
            var seen = new Dictionary<RecordId, bool>();
            bool MaySee(RecordId record)
            {
                if (!seen.TryGetValue(record, out bool may)) seen[record] = may = view.MaySee(record);
                return may;
            }
            return compose(catalog.Snapshot is { } snapshot ? new ConjunctionView(_told.Of(reader, snapshot, MaySee), catalog, MaySee, views) : null);
        }, cancellationToken));

    public void Dispose() => _answers.Dispose();
}

/// <summary>All that one reader is told of close approaches.</summary>
/// <param name="told">By the board.</param>
/// <param name="catalog">Knows the announced manoeuvres.</param>
/// <param name="maySee">What the reader may see.</param>
/// <param name="views">Knows whose a record is.</param>
public sealed class ConjunctionView(ReaderConjunctions told, ConjunctionCatalog catalog, Func<RecordId, bool> maySee, ReaderViews views)
{
    public ReaderConjunctions Told { get; } = told;

    /// <summary>Manoeuvres of either object before the closest approach that its orbits do not hold, as far as the reader may see them.</summary>
    public IEnumerable<AnnouncedManeuver> ManeuversOf(BoardConjunction conjunction)
        => new[] { conjunction.First, conjunction.Second }.SelectMany(source => catalog.ManeuversOf(source, conjunction.Approach.Tca)).Where(one => maySee(one.Record));

    /// <summary>Orbits, each the newest of its line, that could not be screened over the whole window, and how many of them for their epoch alone. Where another of the line stands in for one, it is not counted.</summary>
    public (int All, int Outdated) CountUnscreened()
    {
        var screened = Told.Sources.Select(source => source.Line).ToHashSet();
        var partly = Told.Issues.Where(issue => issue.Kind is ScreeningIssueKind.Malformed or ScreeningIssueKind.SeveralRefused or ScreeningIssueKind.NoState).Select(issue => issue.Source.Line);
        List<UnscreenedOrbit> wholly = [.. catalog.Unscreened.Where(one => !screened.Contains(one.Line) && one.Basis.All(maySee))];
        var aside = Told.Issues.Where(issue => issue.Kind is null && !screened.Contains(issue.Source.Line)).Select(issue => issue.Source.Line);
        return (partly.Concat(aside).Concat(wholly.Select(one => one.Line)).Distinct().Count(), wholly.Where(one => one.IsOutdated).Select(one => one.Line).Distinct().Count());
    }

    /// <summary>Whose a record is; null for one that has just been taken away.</summary>
    public PartnerId? OriginatorOf(RecordId record) => views.OriginatorOf(record);
}
