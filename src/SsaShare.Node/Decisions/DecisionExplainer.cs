using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Answers the operator's question why a record goes, or does not go, to a reader. Decides as the node itself would; signs, keeps and sends nothing.</summary>
public sealed class DecisionExplainer(NodeIdentity identity, AgreementBook book, PeerDirectory directory, IRecordFinder finder, IReleaseLedger ledger, IRecordDegrader degrader, TimeProvider time)
{
    /// <summary>Records named in the answer when several begin alike.</summary>
    private const int RecordsNamed = 5;

    /// <param name="prefix">The record.</param>
    /// <param name="reader">Who would receive it, or be shown what is derived from it.</param>
    /// <param name="only">This agreement alone; null: every one concerned.</param>
    /// <param name="derived">About derived products.</param>
    /// <exception cref="Grpc.Core.RpcException">There is no such record, or there are several.</exception>
    public async Task<RecordExplanation> ExplainAsync(RecordIdPrefix prefix, PartnerId reader, BookEntry? only, bool derived, CancellationToken cancellationToken)
    {
        var ways = await finder.FindAsync(prefix, RecordsNamed, cancellationToken);
        var ids = ways.Select(way => way.Id).Distinct().ToList();
        if (ids.Count == 0) throw Refusals.NotFound($"There is no record {prefix} here.");
        if (ids.Count > 1) throw Refusals.Invalid("record", $"several begin with {prefix}: {string.Join(", ", ids)}; give more digits.");

        var now = Utc.FromDateTime(time.GetUtcNow());
        var inquiry = new RecordInquiry(identity.Partner, reader, now, degrader);
        List<AgreementAnswer> answers = [.. ways.SelectMany(way => derived ? Derived(inquiry, way, only) : Released(inquiry, way, reader, only))];
        var givings = new List<ReleasedTo>();
        foreach (var (publication, index) in ways.Select(way => (way.PublicationId, way.Record.Index)).Distinct())
            givings.AddRange((await ledger.FindAsync(publication, index, cancellationToken)).Where(giving => giving.Receiver == reader));
        return new RecordExplanation(ways, answers, [.. givings.OrderBy(giving => giving.At)], [.. Notes(ways, reader, derived, answers.Count > 0)], now);
    }

    /// <summary>Where it came from another, whether it may be passed on; then what each agreement with the reader says of it.</summary>
    private IEnumerable<AgreementAnswer> Released(RecordInquiry inquiry, FoundRecord way, PartnerId reader, BookEntry? only)
    {
        if (Source(way, only) is { } source) yield return inquiry.Onward(way, source.Agreement, source.State);
        foreach (var entry in WithReader(reader))
            if (only is null || only.Agreement.Id == entry.Agreement.Id) yield return inquiry.Release(way, entry.Agreement, entry.State);
    }

    private IEnumerable<AgreementAnswer> Derived(RecordInquiry inquiry, FoundRecord way, BookEntry? only)
    {
        if (Source(way, only) is { } source) yield return inquiry.Derived(way, source.Agreement, source.State);
    }

    /// <summary>The agreement by which the record came; null for the node's own, or when another was asked for.</summary>
    private BookEntry? Source(FoundRecord way, BookEntry? only)
        => way.Agreement is { } id && (only is null || only.Agreement.Id == id) ? book.Find(id) : null;

    private IEnumerable<BookEntry> WithReader(PartnerId reader)
        => book.Entries.Where(entry => entry.Agreement.HasParty(reader) && reader != identity.Partner)
            .OrderBy(entry => entry.Agreement.Terms.Title, StringComparer.Ordinal).ThenBy(entry => entry.Agreement.Id.ToString(), StringComparer.Ordinal);

    private IEnumerable<string> Notes(IReadOnlyList<FoundRecord> ways, PartnerId reader, bool derived, bool hasAnswers)
    {
        if (reader == identity.Partner) yield return $"{reader} is this node's own partner";
        else if (directory.Find(reader) is null) yield return $"no node card of {reader} is pinned here: it cannot ask";
        if (ways.Any(way => way.IsClosed)) yield return "its originator has corrected, withdrawn or recalled it, or it was deleted here: it is given to nobody any more";
        if (derived && ways.Any(way => way.Provider is null)) yield return "what this node itself published is shown in derived products to its own operator alone";
        if (!derived && reader != identity.Partner && !WithReader(reader).Any()) yield return $"there is no agreement with {reader} here: it gets nothing";
        else if (!hasAnswers && !(derived && ways.All(way => way.Provider is null))) yield return "the agreement that was named has nothing to do with this";
        foreach (var terms in ways.Select(way => way.Record.Terms?.Parsed).OfType<CarriedTerms>().Distinct())
            yield return $"it came with terms of agreements before: {terms.HopsLeft} more hops, to {Names(terms.To)}; derived products for {Names(terms.DerivedProductsFor)}";
        if (!derived && ways.Any(way => way.Provider is not null)) yield return "a received record is passed on only when both the agreement by which it came and one with the reader allow it";
    }

    private static string Names(ImmutableArray<PartnerId>? partners) => partners is not { } some ? "anybody" : some.IsEmpty ? "nobody" : string.Join(", ", some);
}
