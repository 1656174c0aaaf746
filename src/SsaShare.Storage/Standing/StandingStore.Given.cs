using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <content>What readers were given, and how far they are behind.</content>
internal sealed partial class StandingStore
{
    /// <summary>Entries looked at for the newest of one stream: urgent and routine ones of an agreement stand among each other.</summary>
    private const int LookedAtMax = 200;

    public async Task<GivenStanding> FindGivenAsync(StreamKey stream, CancellationToken cancellationToken)
    {
        (ManifestDocument, Hash256, Epoch)? issued = null, receipted = null;
        await foreach (var entry in ReadNewestAsync(stream, LogKinds.ManifestIssued, cancellationToken))
        {
            if (Read(entry.Event.Body) is not { } manifest || manifest.Document.Lane?.Priority != stream.Priority) continue;
            issued = (manifest.Document, manifest.Id, entry.Time);
            break;
        }
        await foreach (var entry in ReadNewestAsync(stream, LogKinds.ReceiptReceived, cancellationToken))
        {
            if (!SignedDocument.TryParse(entry.Event.Body.Span, out var signed) || !DocumentJson.TryRead<ReceiptDocument>(signed.Payload.Span, DocumentContexts.Receipt, out var receipt)) continue;
            if (await FindManifestAsync(receipt.Manifest, cancellationToken) is not { } manifest || manifest.Lane?.Priority != stream.Priority) continue;
            receipted = (manifest, receipt.Manifest, receipt.Received);
            break;
        }
        return new GivenStanding(issued, receipted);
    }

    public async Task<LaneLag> GetLagAsync(FeedLane lane, long afterPosition, Epoch now, CancellationToken cancellationToken)
    {
        string place = lane.IsOwn ? "feed_position" : "arrival", mine = lane.IsOwn ? "feed_position IS NOT NULL" : "provider IS NOT NULL";
        string priority = lane.Priority == FeedPriority.Urgent ? "urgent" : "NOT urgent";
        await using var command = database.Source.CreateCommand($"""
            SELECT count(*), coalesce(sum(record_count), 0), (SELECT document FROM publication WHERE {place} > $1 AND {mine} AND {priority} ORDER BY {place} LIMIT 1)
            FROM publication WHERE {place} > $1 AND {mine} AND {priority}
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterPosition });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.IsDBNull(2)) return LaneLag.None;
        var oldest = DocumentJson.TryRead<PublicationDocument>(reader.GetFieldValue<byte[]>(2), DocumentContexts.Publication, out var publication) ? publication.Published : now;
        // Where the first is not due yet, none is: nothing overtakes another within a lane.
        return FeedLanes.DueAt(lane, oldest) > now && lane.Delay > TimeSpan.Zero ? LaneLag.None : new LaneLag(reader.GetInt64(0), reader.GetInt64(1), oldest);
    }

    private async IAsyncEnumerable<LogEntry> ReadNewestAsync(StreamKey stream, string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand($"""
            SELECT {LogEntryReader.Columns} FROM log_entry
            WHERE agreement = $1 AND peer = $2 AND kind = $3 AND kind IN ('{LogKinds.ManifestIssued}', '{LogKinds.ReceiptReceived}') ORDER BY index DESC LIMIT {LookedAtMax}
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = stream.Agreement.Value.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream.Peer.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) yield return LogEntryReader.Read(reader);
    }

    private async Task<ManifestDocument?> FindManifestAsync(Hash256 id, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("SELECT document FROM manifest_issued WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = id.ToArray() });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] document && DocumentJson.TryRead<ManifestDocument>(document, DocumentContexts.Manifest, out var manifest) ? manifest : null;
    }

    private static (ManifestDocument Document, Hash256 Id)? Read(ReadOnlyMemory<byte> body)
        => SignedDocument.TryParse(body.Span, out var signed) && DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) ? (manifest, signed.Id) : null;
}
