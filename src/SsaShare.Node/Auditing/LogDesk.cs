using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Searches this node's log for an auditor, page by page.</summary>
public sealed class LogDesk(INodeLog log, ILogSearch search, IRecordFinder records)
{
    private const int PageDefault = 100, PageMax = 1_000;

    /// <summary>After as many bytes of bodies a page ends: far below what a message may have.</summary>
    private const int PageBytes = 4 * 1024 * 1024;

    /// <exception cref="Grpc.Core.RpcException">Something in the request cannot be, or there is no such record.</exception>
    public async Task<SearchLogResponse> SearchAsync(SearchLogRequest request, CancellationToken cancellationToken)
    {
        int left = request.PageSize is >= 0 and <= PageMax ? request.PageSize == 0 ? PageDefault : request.PageSize : throw Refusals.Invalid("page_size", $"must be 0 to {PageMax}.");
        long size = (await log.GetHeadAsync(cancellationToken)).Size;
        var page = new SearchPageToken(size, 0);
        if (!request.PageToken.IsEmpty && !SearchPageToken.TryRead(request.PageToken.Span, size, out page)) throw Refusals.Invalid("page_token", "is none of this log.");
        var query = await ReadAsync(request, cancellationToken);

        var response = new SearchLogResponse { TreeSize = page.TreeSize };
        int bytes = PageBytes;
        await foreach (var entry in search.SearchAsync(query, page.Next, page.TreeSize, cancellationToken))
        {
            // Found, but for the next page.
            if (left == 0 || bytes <= 0)
            {
                response.NextPageToken = UnsafeByteOperations.UnsafeWrap(new SearchPageToken(page.TreeSize, entry.Index).ToBytes());
                break;
            }
            var found = ToWire(entry);
            if (request.WithBodies) found.Body = UnsafeByteOperations.UnsafeWrap(entry.Event.Body);
            response.Entries.Add(found);
            left--;
            bytes -= found.Body.Length;
        }
        return response;
    }

    private async Task<LogQuery> ReadAsync(SearchLogRequest request, CancellationToken cancellationToken) => new()
    {
        Places = request.Record.Length == 0 ? null : await FindPlacesAsync(request.Record, cancellationToken),
        ObjectTag = request.ObjectTag.Length == 0 ? null : request.ObjectTag,
        Peer = request.PeerId.Length == 0 ? null : PartnerId.TryParse(request.PeerId, out var peer) ? peer : throw Refusals.Invalid("peer_id", $"'{request.PeerId}' is not a partner id."),
        Agreement = request.AgreementId.IsEmpty ? null : Hash256.TryCreate(request.AgreementId.Span, out var id) ? new AgreementId(id) : throw Refusals.Invalid("agreement_id", "must be 32 bytes."),
        Clause = request.Clause.Length == 0 ? null : ClauseId.TryParse(request.Clause, out var clause) ? clause : throw Refusals.Invalid("clause", $"'{request.Clause}' is not a clause's name."),
        Decision = (int)request.Decision is >= 0 and <= 4 ? request.Decision == Protocol.Audit.V1.LoggedDecision.Unspecified ? null : (Exchange.LoggedDecision)(int)request.Decision
            : throw Refusals.Invalid("decision", "is none that is known."),
        Kinds = request.Kinds.Count == 0 ? null : [.. request.Kinds.Select(kind => LogKinds.All.Contains(kind) ? kind : throw Refusals.Invalid("kinds", $"no entry is of kind '{kind}'; there are {string.Join(", ", LogKinds.All.Order(StringComparer.Ordinal))}."))],
        From = ReadTime("from", request.From),
        Until = ReadTime("until", request.Until),
    };

    /// <summary>Every place of a record that this node has: by each way and in each form in which it came. A place that is named need not be here any more.</summary>
    /// <param name="name">As auditors name it: its id, the first digits of it, or publication and index.</param>
    /// <exception cref="Grpc.Core.RpcException">There is no such record, or there are several.</exception>
    public async Task<ImmutableHashSet<RecordPlace>> FindPlacesAsync(string name, CancellationToken cancellationToken)
    {
        if (RecordDesk.TryReadPlace(name, out var place)) return [place];
        if (!RecordIdPrefix.TryParse(name, out var prefix))
            throw Refusals.Invalid("record", $"'{name}' is neither a record id, nor its first {RecordIdPrefix.DigitsMin} or more digits, nor a publication id with an index.");
        var ways = await records.FindAsync(prefix, recordsMax: 2, cancellationToken);
        return ways.Select(way => way.Id).Distinct().Count() switch
        {
            0 => throw Refusals.NotFound($"There is no record {prefix} here."),
            1 => [.. ways.Select(way => new RecordPlace(way.PublicationId, way.Record.Index))],
            _ => throw Refusals.Invalid("record", $"several begin with {prefix}; give more digits."),
        };
    }

    internal static Epoch? ReadTime(string field, Timestamp? time)
        => time is null ? null : time.ToDateTimeOffset() is { Year: >= 1972 and <= 2291 } within ? Utc.FromDateTime(within) : throw Refusals.Invalid(field, "must be from 1972 to 2291.");

    private static FoundEntry ToWire(LogEntry entry) => new()
    {
        Index = entry.Index,
        Time = Timestamp.FromDateTimeOffset(Utc.ToDateTime(entry.Time)),
        Kind = entry.Event.Kind,
        PeerId = entry.Event.Peer?.Value ?? "",
        AgreementId = entry.Event.Agreement is { } agreement ? agreement.Value.ToWire() : ByteString.Empty,
        Summary = LogSummary.Of(entry),
    };
}
