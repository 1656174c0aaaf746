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
public sealed class ReaderViews(NodeIdentity identity, AgreementBook agreements, ContributionBook contributions, TimeProvider time)
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
    public async Task<T> AnswerAsync<T>(PartnerId reader, Func<ReaderView, Task<T>> compose)
    {
        for (int round = 0; round < RoundsMax; round++)
        {
            var (changed, removals, used, view) = (agreements.Changed, contributions.Removals, new List<RecordId>(), Of(reader));
            var answer = await compose(new ReaderView(contribution =>
            {
                if (!view.MaySee(contribution)) return false;
                used.Add(contribution.Record);
                return true;
            }));
            if ((!changed.IsCompleted && removals == contributions.Removals) || Count(used, reader) == used.Count) return answer;
        }
        throw new ViewUnsettledException();
    }

    public ReaderView Of(PartnerId reader)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        return new ReaderView(contribution => MaySee(contribution.Record, reader, now));
    }

    /// <summary>How many of some records may take part in an answer to this reader now.</summary>
    public int Count(IEnumerable<RecordId> records, PartnerId reader)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        return records.Count(record => MaySee(record, reader, now));
    }

    private bool MaySee(RecordId record, PartnerId reader, Epoch now)
    {
        foreach (var path in contributions.PathsOf(record))
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

/// <summary>What a reader may see changes faster than an answer can be composed.</summary>
public sealed class ViewUnsettledException() : Exception("What the reader may see keeps being taken away while the answer is composed.");
