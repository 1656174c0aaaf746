using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>
/// What each reader may see: a contribution takes part in an answer only while some agreement under which it came lets the service show
/// derived products to that reader, decided record by record at the time of asking; a delay counts from when the originator published. What the
/// service itself published has no such agreement and is for its own operator alone.
/// </summary>
/// <param name="identity">The service's own.</param>
/// <param name="agreements">Under which records came.</param>
/// <param name="grants">How the records came of which answers are composed; no record is in two.</param>
/// <param name="time">The time of asking.</param>
public sealed class ReaderViews(NodeIdentity identity, AgreementBook agreements, IReadOnlyList<RecordGrants> grants, TimeProvider time)
{
    /// <summary>How often one answer is composed.</summary>
    internal const int RoundsMax = 3;

    /// <summary>
    /// Answers a reader from what it may see when the answer is given: where something that was used has been taken from it meanwhile, because an
    /// agreement ended or a record was withdrawn, the answer is composed again. What happens to others' data costs a reader no second round.
    /// </summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="compose">Composes from a view; asks the view from one thread at a time.</param>
    /// <exception cref="ViewUnsettledException">Something was taken away in each of <see cref="RoundsMax"/> rounds.</exception>
    public Task<T> AnswerAsync<T>(PartnerId reader, Func<ReaderView, Task<T>> compose)
        => AnswerOfRecordsAsync(reader, view => compose(new ReaderView(contribution => view.MaySee(contribution.Record))));

    /// <inheritdoc cref="AnswerAsync{T}"/>
    public async Task<T> AnswerOfRecordsAsync<T>(PartnerId reader, Func<RecordView, Task<T>> compose)
    {
        for (int round = 0; round < RoundsMax; round++)
        {
            var (changed, removals, used, view) = (agreements.Changed, Removals, new List<RecordId>(), OfRecords(reader));
            var answer = await compose(new RecordView(record =>
            {
                if (!view.MaySee(record)) return false;
                used.Add(record);
                return true;
            }));
            if ((!changed.IsCompleted && removals == Removals) || Count(used, reader) == used.Count) return answer;
        }
        throw new ViewUnsettledException();
    }

    public ReaderView Of(PartnerId reader)
    {
        var view = OfRecords(reader);
        return new ReaderView(contribution => view.MaySee(contribution.Record));
    }

    /// <summary>As it is now.</summary>
    public RecordView OfRecords(PartnerId reader)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        return new RecordView(record => MaySee(record, reader, now));
    }

    /// <summary>The highest handling level that a record carried on any of its ways here, and whether its originator controls onward sharing.</summary>
    public (HandlingLevel Level, bool OriginatorControlled) MarkingOf(RecordId record)
    {
        var (level, controlled) = (HandlingLevel.Unspecified, false);
        foreach (var book in grants)
            foreach (var path in book.PathsOf(record))
            {
                if (path.Facts.Label.Level > level) level = path.Facts.Label.Level;
                controlled |= path.Facts.Label.OriginatorControlled;
            }
        return (level, controlled);
    }

    /// <summary>How many of some records may take part in an answer to this reader now.</summary>
    public int Count(IEnumerable<RecordId> records, PartnerId reader)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        return records.Count(record => MaySee(record, reader, now));
    }

    /// <summary>Whose a record is; null when it is not here.</summary>
    public PartnerId? OriginatorOf(RecordId record)
    {
        foreach (var book in grants)
            if (book.PathsOf(record) is [var path, ..]) return path.Facts.Originator;
        return null;
    }

    /// <summary>Grows whenever records were given up.</summary>
    public long Removals => grants.Sum(book => book.Removals);

    private bool MaySee(RecordId record, PartnerId reader, Epoch now)
    {
        foreach (var book in grants)
            foreach (var path in book.PathsOf(record))
                if (Leads(path, reader, now)) return true;
        return false;
    }

    private bool Leads(GrantPath path, PartnerId reader, Epoch now)
    {
        if (path.Provider is not { } provider || path.Agreement is not { } id) return reader == identity.Partner;
        if (path.KeepUntil <= now) return false;
        // What was passed on is also bound by what those before let it be used for.
        return agreements.Find(id) is { } entry && (path.Terms is null || path.Terms.AllowsDerivedFor(reader))
            && ReleasePolicy.DecideDerived(path.Facts, OnwardRelease.FormUnder(path.Facts, entry.Agreement), entry.Agreement, entry.State, provider, identity.Partner, reader, now,
                PublishedAge.At(now, path.Published)).IsReleased;
    }
}

/// <summary>What one reader may see: a decision on every single record.</summary>
/// <param name="MaySee">Whether what comes of a record may take part in an answer to this reader.</param>
public sealed record RecordView(Func<RecordId, bool> MaySee);

/// <summary>What a reader may see changes faster than an answer can be composed.</summary>
public sealed class ViewUnsettledException() : Exception("What the reader may see keeps being taken away while the answer is composed.");
