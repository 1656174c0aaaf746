using System.Collections.Frozen;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Whether what an entry lists meets a query. Pure and total: bodies are what a log holds, honest or not.</summary>
public static class LogMatcher
{
    private static readonly string[] Items = [LogKinds.ItemsIssued, LogKinds.ItemsReceived];
    private static readonly string[] OfOneRecord = [LogKinds.Notice, LogKinds.NoticeReceiptIssued, LogKinds.NoticeReceiptReceived];
    private static readonly string[] OfRecords = [LogKinds.Publication, .. Items, .. OfOneRecord, LogKinds.DeletionIssued, LogKinds.DeletionReceived];

    /// <summary>The kinds of entries that can meet a query; null when any can.</summary>
    public static IReadOnlySet<string>? Kinds(LogQuery query)
    {
        bool namesRecords = query.Places is not null || query.ObjectTag is not null;
        string[]? kinds = query.Decision switch
        {
            LoggedDecision.Released or LoggedDecision.Degraded => Items,
            LoggedDecision.Withheld => namesRecords ? [] : [LogKinds.Withheld],
            LoggedDecision.Refused => namesRecords || query.Clause is not null ? [] : [LogKinds.Refusal, LogKinds.DenialIssued, LogKinds.DenialReceived],
            _ when query.Clause is not null => namesRecords ? Items : [.. Items, LogKinds.Withheld],
            _ => namesRecords ? OfRecords : null,
        };
        return (kinds, query.Kinds) switch
        {
            (null, { } asked) => asked,
            ({ } possible, { } asked) => possible.Where(asked.Contains).ToFrozenSet(StringComparer.Ordinal),
            ({ } possible, null) => possible.ToFrozenSet(StringComparer.Ordinal),
            _ => null,
        };
    }

    /// <summary>Whether the entry's body lists a record, or a reason, that meets the query.</summary>
    /// <param name="entry">Of one of <see cref="Kinds"/>. Notices and their receipts are about one record, which the body of a receipt does not name: whoever calls has looked that up.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="tagged">Of records that the entry may be about, those with the query's object tag; not asked where the query has none.</param>
    public static bool Meets(LogEntry entry, LogQuery query, IReadOnlySet<RecordPlace> tagged)
    {
        if (!query.AsksForRecords || OfOneRecord.Contains(entry.Event.Kind)) return true;
        var body = entry.Event.Body.Span;
        return entry.Event.Kind switch
        {
            LogKinds.ItemsIssued or LogKinds.ItemsReceived => ManifestItems.TryParse(body, out var items)
                && items.Slices.Any(slice => IsOfForm(slice) && slice.Items.Any(item => (query.Clause is null || item.Clause == query.Clause) && IsWanted(slice.Publication, item.Index))),
            LogKinds.Withheld => WithheldEvent.TryParse(body, out var withheld) && (query.Clause is not { } clause || withheld.Withheld.Any(count => count.Clause == clause.Value)),
            LogKinds.Publication => TryRead<PublicationDocument>(body, DocumentContexts.Publication, out var id) is { } publication && Holds(id, publication.Size),
            LogKinds.DeletionIssued or LogKinds.DeletionReceived => TryRead<DeletionDocument>(body, DocumentContexts.Deletion, out _) is { } deletion
                && deletion.Records.Any(one => one?.Indices.Any(index => IsWanted(one.Publication, index)) == true),
            _ => query.Decision is LoggedDecision.Refused,
        };

        bool IsOfForm(ItemSlice slice) => query.Decision switch { LoggedDecision.Released => slice.Profile is null, LoggedDecision.Degraded => slice.Profile is not null, _ => true };

        bool IsWanted(Hash256 publication, int index)
            => query.Places?.Contains(new RecordPlace(publication, index)) != false && (query.ObjectTag is null || tagged.Contains(new RecordPlace(publication, index)));

        bool Holds(Hash256 publication, int size) => Enumerable.Range(0, Math.Clamp(size, 0, PublicationDocument.SizeMax)).Any(index => IsWanted(publication, index));
    }

    private static T? TryRead<T>(ReadOnlySpan<byte> body, ContextLabel context, out Hash256 id)
        where T : class, ITypedDocument
    {
        id = default;
        if (!SignedDocument.TryParse(body, out var signed) || !DocumentJson.TryRead<T>(signed.Payload.Span, context, out var document)) return null;
        id = signed.Id;
        return document;
    }
}
