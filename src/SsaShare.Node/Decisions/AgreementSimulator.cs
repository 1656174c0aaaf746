using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Answers the operator's question what a peer would have received. Reads the feed and decides; signs, keeps and sends nothing.</summary>
public sealed class AgreementSimulator(NodeIdentity identity, AgreementBook book, PeerDirectory directory, IOutbox outbox, IRelayFeed relays, IFeedOutlines outlines, IRecordDegrader degrader, TimeProvider time)
{
    /// <summary>About how many records are in memory at once.</summary>
    private const int RecordsAtOnce = 2_000;

    private static readonly TimeSpan TellPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Which agreements are to be simulated, and as of when.</summary>
    /// <param name="reader">Who would receive.</param>
    /// <param name="only">This agreement alone, in whatever state; null: those with the reader that are in force or suspended.</param>
    public SimulatedSet Choose(PartnerId reader, BookEntry? only)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        if (only is not null) return new SimulatedSet([new SimulatedTerms(only.Agreement, only.State, IsDraft: false)], now);
        var entries = book.Entries.Where(entry => entry.Agreement.HasParty(reader) && entry.State is (AgreementState.Active or AgreementState.Suspended))
            .OrderBy(entry => entry.Agreement.Terms.Title, StringComparer.Ordinal).ThenBy(entry => entry.Agreement.Id.ToString(), StringComparer.Ordinal);
        return new SimulatedSet([.. entries.Select(entry => new SimulatedTerms(entry.Agreement, entry.State, IsDraft: false))], now);
    }

    /// <summary>A draft, taken as signed by all and in force: now, or from when it would be.</summary>
    public SimulatedSet Choose(AgreementDraft draft)
    {
        var agreement = Agreement.Fix(draft, partner => directory.Find(partner)?.Card);
        var now = Utc.FromDateTime(time.GetUtcNow());
        return new SimulatedSet([new SimulatedTerms(agreement, AgreementState.Active, IsDraft: true)], now < agreement.Terms.ValidFrom ? agreement.Terms.ValidFrom : now);
    }

    /// <param name="set">What to simulate.</param>
    /// <param name="reader">Who would receive.</param>
    /// <param name="since">Publications before it are left out.</param>
    /// <param name="tell">Called now and then with how many records were decided, and of how many.</param>
    public async Task<ReleaseSimulation> RunAsync(SimulatedSet set, PartnerId reader, Epoch since, Func<long, long, Task> tell, CancellationToken cancellationToken)
    {
        var agreements = set.Agreements.Select(one => new AgreementSimulation(one.Agreement, one.State, identity.Partner, reader, set.DecidedAt, degrader,
            id => book.Find(id) is { } held ? (held.Agreement, held.State) : null));
        long head = await relays.GetHeadAsync(cancellationToken);
        var simulation = new ReleaseSimulation(outlines, ReadAsync, ReadHeldAsync, [.. agreements], since);
        long? told = null;
        await simulation.RunAsync(TellAsync, cancellationToken);
        return simulation;

        async Task<IReadOnlyList<StoredPublication>> ReadAsync(long after, CancellationToken token)
        {
            var pages = await Task.WhenAll(Enum.GetValues<FeedPriority>().Select(priority => outbox.ReadAsync(FeedLane.PromptOf(priority), after, RecordsAtOnce, set.DecidedAt, token)));
            return InOrder(pages.Select(page => (page.Publications, page.IsLast)), stored => stored.Position);
        }

        async Task<IReadOnlyList<HeldSlice>> ReadHeldAsync(long after, CancellationToken token)
        {
            var pages = await Task.WhenAll(Enum.GetValues<FeedPriority>().Select(priority => relays.ReadAsync(FeedLane.RelayedOf(priority), after, RecordsAtOnce, set.DecidedAt, token)));
            return [.. InOrder(pages.Select(page => (page.Slices, page.IsLast)), slice => slice.Arrival).TakeWhile(slice => slice.Arrival <= head)];
        }

        Task TellAsync(long considered, long count)
        {
            if (told is { } last && time.GetElapsedTime(last) < TellPause) return Task.CompletedTask;
            told = time.GetTimestamp();
            return tell(considered, count);
        }
    }

    /// <summary>What several lanes hold after one position, in one order, as far as all of them have been read.</summary>
    private static List<T> InOrder<T>(IEnumerable<(IReadOnlyList<T> Page, bool IsLast)> lanes, Func<T, long> position)
    {
        var pages = lanes.ToList();
        long readUpTo = pages.Where(one => !one.IsLast && one.Page.Count > 0).Select(one => position(one.Page[^1])).DefaultIfEmpty(long.MaxValue).Min();
        return [.. pages.SelectMany(one => one.Page).Where(item => position(item) <= readUpTo).OrderBy(position)];
    }

    /// <summary>What the numbers leave out: that there is nothing with the reader, and what else there is.</summary>
    public IEnumerable<string> Notes(SimulatedSet set, PartnerId reader)
    {
        if (directory.Find(reader) is null) yield return $"no node card of {reader} is pinned here: it cannot pull";
        if (set.Agreements.Count > 0) yield break;
        yield return $"no agreement with {reader} is in force or suspended here: it receives nothing";
        foreach (var entry in book.Entries.Where(entry => entry.Agreement.HasParty(reader)).OrderBy(entry => entry.Agreement.Id.ToString(), StringComparer.Ordinal))
            yield return $"agreement {entry.Agreement.Id.ToString()[..16]} with {reader} is {entry.State}; --agreement decides by it";
    }
}
