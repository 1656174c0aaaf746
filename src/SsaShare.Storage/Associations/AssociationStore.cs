using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>The fusion service's associations.</summary>
internal sealed class AssociationStore(NodeDatabase database) : IAssociationStore
{
    public async Task<IReadOnlyDictionary<RecordId, ObjectId>> LoadAsync(CancellationToken cancellationToken)
    {
        var associations = new Dictionary<RecordId, ObjectId>();
        await using var db = database.Read();
        await foreach (var row in db.Set<AssociationRow>().AsAsyncEnumerable().WithCancellation(cancellationToken))
            associations[new RecordId(row.Record)] = new ObjectId(row.Object);
        return associations;
    }

    public async Task SaveAsync(IReadOnlyCollection<KeyValuePair<RecordId, ObjectId?>> associations, CancellationToken cancellationToken)
    {
        // One statement for both, so that it is one transaction; rows in order of id, so that two writers cannot deadlock.
        const string sql = """
            WITH forgotten AS (DELETE FROM association WHERE record = ANY($3))
            INSERT INTO association (record, object) SELECT record, object FROM unnest($1, $2) AS given(record, object) ORDER BY record
            ON CONFLICT (record) DO UPDATE SET object = excluded.object
            """;
        var kept = associations.Where(pair => pair.Value is not null).ToList();
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = kept.Select(pair => pair.Key.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = kept.Select(pair => pair.Value!.Value.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new()
        {
            Value = associations.Where(pair => pair.Value is null).Select(pair => pair.Key.ToArray()).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
