using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;

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
    public async Task<ExplainDecisionResponse> ExplainAsync(RecordIdPrefix prefix, PartnerId reader, BookEntry? only, bool derived, CancellationToken cancellationToken)
    {
        var ways = await finder.FindAsync(prefix, RecordsNamed, cancellationToken);
        var ids = ways.Select(way => way.Id).Distinct().ToList();
        if (ids.Count == 0) throw Refusals.NotFound($"There is no record {prefix} here.");
        if (ids.Count > 1) throw Refusals.Invalid("record", $"several begin with {prefix}: {string.Join(", ", ids)}; give more digits.");

        var now = Utc.FromDateTime(time.GetUtcNow());
        var response = new ExplainDecisionResponse { Record = ExplanationMapper.Record(ways[0].Record.Record), DecidedAt = now.ToTimestamp() };
        response.Ways.AddRange(ways.Select(ExplanationMapper.Way));
        for (int i = 0; i < ways.Count; i++)
            foreach (var explained in derived ? Derived(ways[i], reader, only, now) : Released(ways[i], reader, only, now))
            {
                explained.Way = i;
                response.Agreements.Add(explained);
            }
        foreach (var (publication, index) in ways.Select(way => (way.PublicationId, way.Record.Index)).Distinct())
            response.Givings.AddRange((await ledger.FindAsync(publication, index, cancellationToken)).Where(giving => giving.Receiver == reader).Select(ExplanationMapper.Giving));
        response.Notes.AddRange(Notes(ways, reader, derived, response.Agreements.Count > 0));
        return response;
    }

    /// <summary>Where it came from another, whether it may be passed on; then what each agreement with the reader says of it.</summary>
    private IEnumerable<ExplainedAgreement> Released(FoundRecord way, PartnerId reader, BookEntry? only, Epoch now)
    {
        var facts = way.Record.Record.Facts;
        if (way.Provider is { } provider && way.Agreement is { } id && book.Find(id) is { } source && (only is null || only.Agreement.Id == id))
        {
            var form = FormUnder(facts, id);
            var decision = ReleasePolicy.DecideOnward(facts, form, source.Agreement, source.State, provider, identity.Partner, reader, now);
            yield return ExplanationMapper.Agreement(source, DecisionQuestion.Onward, [ExplanationMapper.Form(form, decision)]);
        }
        foreach (var entry in WithReader(reader))
        {
            if (only is not null && only.Agreement.Id != entry.Agreement.Id) continue;
            var age = Ages.At(now, way.Published);
            IEnumerable<ReleaseForm> forms = facts.Form.IsFull ? entry.Agreement.Forms : [ReleaseForm.Full];
            yield return ExplanationMapper.Agreement(entry, DecisionQuestion.Release, forms.Select(form => ExplanationMapper.Form(Release(way, form, entry, reader, now, age), way.Published)));
        }
    }

    private IEnumerable<ExplainedAgreement> Derived(FoundRecord way, PartnerId reader, BookEntry? only, Epoch now)
    {
        if (way.Provider is not { } provider || way.Agreement is not { } id || book.Find(id) is not { } source || (only is not null && only.Agreement.Id != id)) yield break;
        var facts = way.Record.Record.Facts;
        var decision = ReleasePolicy.DecideDerived(facts, FormUnder(facts, id), source.Agreement, source.State, provider, identity.Partner, reader, now);
        yield return ExplanationMapper.Agreement(source, DecisionQuestion.Derived, [ExplanationMapper.Form(decision, way.Published)]);
    }

    /// <summary>As a pull finds it: what a profile leaves must be something, and released itself.</summary>
    private ReleaseDecision Release(FoundRecord way, ReleaseForm form, BookEntry entry, PartnerId reader, Epoch now, TimeSpan age)
    {
        var agreement = entry.Agreement;
        var decision = Decide(way.Record.Record.Facts);
        if (!decision.IsReleased || form.Profile is not { } id || agreement.Profile(id) is not { } profile) return decision;
        return degrader.Degrade(way.Record, profile, agreement.Id, identity.Partner, reader) is { } degraded && Decide(degraded.Facts).IsReleased
            ? decision
            : ReleaseDecision.Withheld(WithholdReason.NothingLeftToGive, null, form);

        ReleaseDecision Decide(in RecordFacts facts) => ReleasePolicy.Decide(facts, form, agreement, entry.State, identity.Partner, reader, now, age);
    }

    private IEnumerable<BookEntry> WithReader(PartnerId reader)
        => book.Entries.Where(entry => entry.Agreement.HasParty(reader) && reader != identity.Partner)
            .OrderBy(entry => entry.Agreement.Terms.Title, StringComparer.Ordinal).ThenBy(entry => entry.Agreement.Id.ToString(), StringComparer.Ordinal);

    private IEnumerable<string> Notes(IReadOnlyList<FoundRecord> ways, PartnerId reader, bool derived, bool hasAgreement)
    {
        if (reader == identity.Partner) yield return $"{reader} is this node's own partner";
        else if (directory.Find(reader) is null) yield return $"no node card of {reader} is pinned here: it cannot ask";
        if (derived && ways.Any(way => way.Provider is null)) yield return "what this node itself published is shown in derived products to its own operator alone";
        if (!derived && reader != identity.Partner && !WithReader(reader).Any()) yield return $"there is no agreement with {reader} here: it gets nothing";
        else if (!hasAgreement) yield return "the agreement that was named has nothing to do with this";
        if (!derived && ways.Any(way => way.Provider is not null)) yield return "a received record is passed on only when both the agreement by which it came and one with the reader allow it";
    }

    /// <summary>In which form the agreement's parties have the record; one that was degraded under another agreement counts as an original.</summary>
    private static ReleaseForm FormUnder(in RecordFacts facts, AgreementId agreement) => facts.DegradedUnder == agreement ? facts.Form : ReleaseForm.Full;
}
