using Npgsql;
using NpgsqlTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records back from the database.</summary>
internal sealed class RecordLoader(NodeDatabase database, LabelBook labels)
{
    /// <summary>All records of these publication rows, or only those of some classes, by key and in order of index.</summary>
    public async Task<IReadOnlyDictionary<long, List<PublishedRecord>>> LoadAsync(IReadOnlyCollection<PublicationRow> publications,
        IReadOnlyCollection<RecordClass>? classes, CancellationToken cancellationToken)
    {
        var found = publications.ToDictionary(row => row.Key, row => new List<PublishedRecord>(row.RecordCount));
        if (found.Count == 0) return found;
        var origins = publications.ToDictionary(row => row.Key, row => (Originator: PartnerId.Parse(row.Originator), Form: row.Form(),
            Under: row.DegradedUnder is null ? (AgreementId?)null : new AgreementId(new Hash256(row.DegradedUnder))));
        var rows = await ReadAsync(publications, classes, cancellationToken);
        var labelsById = await labels.GetLabelsAsync(rows.Select(row => row.Label).Distinct(), cancellationToken);
        foreach (var row in rows)
        {
            var label = labelsById[row.Label];
            var (originator, form, under) = origins[row.Publication];
            var facts = new RecordFacts((RecordClass)row.Class, originator, row.Sensor is null ? null : SensorId.Parse(row.Sensor), row.ObjectTag,
                (OrbitalRegime)row.Regime, new Epoch(row.EpochNs), label.Parsed, form, row.TagRemoved, under);
            found[row.Publication].Add(new PublishedRecord(row.Index, row.Salt, new SealedRecord(new RecordId(row.Id), row.Payload, label, facts),
                row.OriginalLeaf is null ? null : new DegradedFrom(new Hash256(row.OriginalLeaf), row.DegradedIndex!.Value)));
        }
        await using var db = database.Read();
        await CarriedTermsRows.AttachAsync(db, publications, found, cancellationToken);
        return found;
    }

    private async Task<List<RecordRow>> ReadAsync(IReadOnlyCollection<PublicationRow> publications, IReadOnlyCollection<RecordClass>? classes, CancellationToken cancellationToken)
    {
        // Class and epoch are told so that only the partitions concerned are searched.
        const string brought = $"SELECT {RecordWriter.Columns} FROM record WHERE publication = ANY($1) AND class = ANY($2) AND epoch_ns BETWEEN $3 AND $4";
        // Records that were here already: their own index, salt and label, the rest from where they are stored.
        const string again = """
            SELECT record.id, record.class, record.epoch_ns, path.publication, path.index, path.salt, path.label, record.regime, record.sensor, record.object_tag, record.payload,
                record.original_leaf, path.degraded_index, record.tag_removed
            FROM record_path path JOIN record ON (record.id, record.class, record.epoch_ns) = (path.record, path.class, path.epoch_ns)
            WHERE path.publication = ANY($1) AND path.class = ANY($2)
            """;
        const string inOrder = "ORDER BY publication, index";
        string sql = publications.Any(row => row.KnownCount > 0) ? $"{brought} UNION ALL {again} {inOrder}" : $"{brought} {inOrder}";
        await using var command = database.Source.CreateCommand(sql);
        var wanted = publications.SelectMany(row => row.Classes).Distinct().Where(c => classes is null || classes.Contains((RecordClass)c)).ToArray();
        command.Parameters.Add(new() { Value = publications.Select(row => row.Key).ToArray() });
        command.Parameters.Add(new() { Value = wanted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = publications.Min(row => row.EpochMinNs) });
        command.Parameters.Add(new() { Value = publications.Max(row => row.EpochMaxNs) });
        var rows = new List<RecordRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(Read(reader));
        return rows;
    }

    private static RecordRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetFieldValue<byte[]>(0),
        Class = reader.GetInt16(1),
        EpochNs = reader.GetInt64(2),
        Publication = reader.GetInt64(3),
        Index = reader.GetInt16(4),
        Salt = reader.GetFieldValue<byte[]>(5),
        Label = reader.GetInt32(6),
        Regime = reader.GetInt16(7),
        Sensor = reader.IsDBNull(8) ? null : reader.GetString(8),
        ObjectTag = reader.IsDBNull(9) ? null : reader.GetString(9),
        Payload = reader.IsDBNull(10) ? null : reader.GetFieldValue<byte[]>(10),
        OriginalLeaf = reader.IsDBNull(11) ? null : reader.GetFieldValue<byte[]>(11),
        DegradedIndex = reader.IsDBNull(12) ? null : reader.GetInt16(12),
        TagRemoved = reader.GetBoolean(13),
    };
}
