using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Where records are in their publications.</summary>
internal sealed class RecordPlaces(NodeDatabase database) : IRecordPlaces
{
    private const string OwnSql = "SELECT r.id, p.id, r.index FROM record r JOIN publication p ON p.key = r.publication WHERE r.id = ANY($1) AND p.provider IS NULL";

    private const string IsOwnSql = "SELECT EXISTS (SELECT FROM publication WHERE id = $1 AND provider IS NULL AND size > $2)";

    private const string SelectSql = """
        SELECT p.id, r.index FROM record r JOIN publication p ON p.key = r.publication
        WHERE p.provider IS NULL AND r.class = 1 AND ($1::text IS NULL OR r.sensor = $1) AND r.epoch_ns >= $2 AND r.epoch_ns < $3
        ORDER BY p.feed_position, r.index
        """;

    private const string HereSql = """
        SELECT r.id FROM publication p JOIN record r ON r.publication = p.key WHERE p.id = $1 AND r.index = $2
        UNION SELECT k.record FROM publication p JOIN record_path k ON k.publication = p.key WHERE p.id = $1 AND k.index = $2
        """;

    public async Task<IReadOnlyDictionary<RecordId, RecordPlace>> FindOwnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        var places = new Dictionary<RecordId, RecordPlace>();
        await using var command = database.Source.CreateCommand(OwnSql);
        command.Parameters.Add(new() { Value = records.Select(record => record.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) places[new RecordId(reader.GetFieldValue<byte[]>(0))] = ReadPlace(reader, 1);
        return places;
    }

    public async Task<bool> IsOwnAsync(RecordPlace place, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(IsOwnSql);
        command.Parameters.Add(new() { Value = place.Publication.ToArray() });
        command.Parameters.Add(new() { Value = place.Index });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(SelectSql);
        command.Parameters.Add(new() { Value = (object?)sensor?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = from.NanosecondsSinceJ2000 });
        command.Parameters.Add(new() { Value = until.NanosecondsSinceJ2000 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) yield return ReadPlace(reader, 0);
    }

    public async Task<IReadOnlyList<RecordId>> FindRecordsAsync(RecordPlace place, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(HereSql);
        command.Parameters.Add(new() { Value = place.Publication.ToArray() });
        command.Parameters.Add(new() { Value = (short)place.Index });
        var records = new List<RecordId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) records.Add(new RecordId(reader.GetFieldValue<byte[]>(0)));
        return records;
    }

    private static RecordPlace ReadPlace(NpgsqlDataReader reader, int column) => new(new Hash256(reader.GetFieldValue<byte[]>(column)), reader.GetInt16(column + 1));
}
