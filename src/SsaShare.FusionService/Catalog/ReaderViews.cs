using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>
/// What each reader may see: a contribution takes part in an answer only while some agreement under which it came lets the service show
/// derived products to that reader, decided record by record at the time of asking. What the service itself published has no such
/// agreement and is for its own operator alone.
/// </summary>
public sealed class ReaderViews(NodeIdentity identity, AgreementBook agreements, ContributionBook contributions, TimeProvider time)
{
    /// <summary>Asks, and asks again where an agreement changed meanwhile: what a revoked one gave must not go out because composing took long.</summary>
    public async Task<T> WhileUnchangedAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            var changed = agreements.Changed;
            var answer = await ask();
            if (!changed.IsCompleted) return answer;
        }
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
            && ReleasePolicy.DecideDerived(path.Facts, OnwardRelease.FormUnder(path.Facts, entry.Agreement), entry.Agreement, entry.State, provider, identity.Partner, reader, now).IsReleased;
    }
}
