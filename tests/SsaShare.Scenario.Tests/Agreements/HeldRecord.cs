using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>A row of a node's database that says: this record is here, and came this way. Read with plain SQL.</summary>
/// <param name="Record">Opened from the stored bytes; null where the payload is gone.</param>
/// <param name="Provider">Null for the node's own.</param>
/// <param name="Agreement">SHA-256 under which it came; null for the node's own.</param>
internal sealed record HeldRecord(string Id, SealedRecord? Record, string Originator, Hash256 Publication, int Index, Hash256 Leaf, string? Provider, string? Agreement)
{
    private const string Sql = """
        WITH way AS (
            SELECT id, class, epoch_ns, publication, index, salt, label FROM record
            UNION ALL
            SELECT record, class, epoch_ns, publication, index, salt, label FROM record_path)
        SELECT way.id, way.class, r.payload, p.originator, p.id, way.index, way.salt, l.hash, l.bytes, p.provider, encode(p.agreement, 'hex')
        FROM way JOIN publication p ON p.key = way.publication JOIN label l ON l.id = way.label
        LEFT JOIN record r ON (r.id, r.class, r.epoch_ns) = (way.id, way.class, way.epoch_ns)
        """;

    public static async Task<List<HeldRecord>> ListAsync(ScenarioNode node)
    {
        var held = new List<HeldRecord>();
        await using var command = node.Database!.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) held.Add(Read(reader));
        return held;
    }

    private static HeldRecord Read(NpgsqlDataReader row)
    {
        byte[] id = row.GetFieldValue<byte[]>(0);
        string originator = row.GetString(3);
        var leaf = PublicationLeaf.Hash(row.GetFieldValue<byte[]>(6), new RecordId(id), new Hash256(row.GetFieldValue<byte[]>(7)));
        return new HeldRecord(Convert.ToHexStringLower(id), row.IsDBNull(2) ? null : Open(row, originator), originator, new Hash256(row.GetFieldValue<byte[]>(4)), row.GetInt16(5), leaf,
            row.IsDBNull(9) ? null : row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10));
    }

    private static SealedRecord Open(NpgsqlDataReader row, string originator)
    {
        var label = LabelCodec.TryOpen(Google.Protobuf.ByteString.CopyFrom(row.GetFieldValue<byte[]>(8)));
        Assert.NotNull(label);
        // The instant does not matter here: it is the epoch of records whose payload has none.
        var record = RecordFactory.TryOpen((RecordClass)row.GetInt16(1), row.GetFieldValue<byte[]>(2), label, PartnerId.Parse(originator), default);
        Assert.NotNull(record);
        return record;
    }
}
