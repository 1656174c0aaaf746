using Microsoft.EntityFrameworkCore;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>What providers held no more when this node came to it.</summary>
internal sealed class InboxSnapshots(NodeDatabase database) : IInboxSnapshots
{
    private const string AddSql = """
        INSERT INTO inbox_snapshot (agreement, provider, source, delay_s, held_from_position, dropped_records, at_ns) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (agreement, provider, source, delay_s) DO UPDATE
        SET held_from_position = excluded.held_from_position, dropped_records = inbox_snapshot.dropped_records + excluded.dropped_records, at_ns = excluded.at_ns
        """;

    public async Task<IReadOnlyList<ReceivedSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<InboxSnapshotRow>().Where(row => row.DroppedRecords > 0).OrderBy(row => row.Provider).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ReceivedSnapshot(PartnerId.Parse(row.Provider), new AgreementId(new Hash256(row.Agreement)), new FeedLane((FeedSource)row.Source, TimeSpan.FromSeconds(row.DelayS)),
            new FeedSnapshot(row.HeldFromPosition, row.DroppedRecords), new Epoch(row.AtNs)))];
    }

    /// <summary>Keeps a manifest's snapshot, in the transaction that keeps what came with it.</summary>
    internal static async Task AddAsync(NpgsqlConnection connection, ManifestDocument manifest, CancellationToken cancellationToken)
    {
        if (manifest.Snapshot is not { } snapshot) return;
        await using var command = new NpgsqlCommand(AddSql, connection);
        command.Parameters.Add(new() { Value = manifest.Agreement.Value.ToArray() });
        command.Parameters.Add(new() { Value = manifest.Provider.Value });
        command.Parameters.Add(new() { Value = (short)manifest.Source });
        command.Parameters.Add(new() { Value = manifest.DelayS });
        command.Parameters.Add(new() { Value = snapshot.HeldFromPosition });
        command.Parameters.Add(new() { Value = snapshot.DroppedRecords });
        command.Parameters.Add(new() { Value = manifest.Watermark.NanosecondsSinceJ2000 });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
