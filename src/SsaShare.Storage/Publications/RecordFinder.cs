using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Single records by id: a range of the primary key in each partition, and the further ways by their own index.</summary>
internal sealed class RecordFinder(NodeDatabase database, RecordLoader records, TimeProvider time) : IRecordFinder
{
    /// <summary>Stops after as many as are wanted in each partition, so that no prefix reads more of an index than that.</summary>
    internal const string Sql = """
        WITH found AS (SELECT id, publication, index FROM record WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3)
        SELECT id, publication, index FROM found
        UNION ALL
        SELECT path.record, path.publication, path.index FROM found JOIN record_path path ON path.record = found.id
        """;

    public async Task<IReadOnlyList<FoundRecord>> FindAsync(RecordIdPrefix prefix, int recordsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        var places = await FindPlacesAsync(prefix, recordsMax, cancellationToken);
        if (places.Count == 0) return [];
        long[] keys = [.. places.Select(place => place.Publication).Distinct()];
        await using var db = database.Read();
        var rows = await db.Set<PublicationRow>().Where(row => keys.Contains(row.Key)).OrderBy(row => row.Arrival).ToListAsync(cancellationToken);
        var loaded = await records.LoadAsync(rows, classes: null, cancellationToken);
        var closed = await ClosedRecords.FindAsync(database.Source, rows, Utc.FromDateTime(time.GetUtcNow()), cancellationToken);
        return [.. rows.SelectMany(row => loaded[row.Key].Where(record => places.Contains((row.Key, (short)record.Index))).Select(record => Found(row, record) with { IsClosed = closed.Contains((row.Key, record.Index)) }))
            .OrderBy(found => found.Id.ToString(), StringComparer.Ordinal)];
    }

    private async Task<HashSet<(long Publication, short Index)>> FindPlacesAsync(RecordIdPrefix prefix, int recordsMax, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = prefix.First.ToArray() });
        command.Parameters.Add(new() { Value = prefix.Last.ToArray() });
        command.Parameters.Add(new() { Value = recordsMax });
        var places = new HashSet<(long, short)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) places.Add((reader.GetInt64(1), reader.GetInt16(2)));
        return places;
    }

    private static FoundRecord Found(PublicationRow row, PublishedRecord record)
        => new(record, new Hash256(row.Id), row.Published(), row.Provider is null ? null : PartnerId.Parse(row.Provider), row.Agreement is null ? null : new AgreementId(new Hash256(row.Agreement)));
}
