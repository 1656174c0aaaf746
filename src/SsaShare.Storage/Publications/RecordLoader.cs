using System.Globalization;
using System.Text;
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
        await ReadAsync(publications, classes, found, cancellationToken);
        await using var db = database.Read();
        await CarriedTermsRows.AttachAsync(db, publications, found, cancellationToken);
        return found;
    }

    private async Task ReadAsync(IReadOnlyCollection<PublicationRow> publications, IReadOnlyCollection<RecordClass>? classes, Dictionary<long, List<PublishedRecord>> found, CancellationToken cancellationToken)
    {
        var origins = publications.ToDictionary(row => row.Key, row => (Originator: PartnerId.Parse(row.Originator), Form: row.Form(),
            Under: row.DegradedUnder is null ? (AgreementId?)null : new AgreementId(new Hash256(row.DegradedUnder))));
        var labelsById = new Dictionary<int, SealedLabel>();
        var texts = new RepeatedTexts();
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var stream = await connection.BeginRawBinaryCopyAsync(Query(publications, classes), cancellationToken);
        var row = new CopiedRows(stream, RecordWriter.ColumnCount);
        while (await row.ReadAsync(cancellationToken))
        {
            if (!labelsById.TryGetValue(row.Int32(6), out var label))
                labelsById.Add(row.Int32(6), label = (await labels.GetLabelsAsync([row.Int32(6)], cancellationToken))[row.Int32(6)]);
            var (originator, form, under) = origins[row.Int64(3)];
            found[row.Int64(3)].Add(Read(row, label, texts, originator, form, under));
        }
        // Where records came by several ways, or are of several classes, the database gives them one part after the other.
        foreach (var records in found.Values) records.Sort((left, right) => left.Index.CompareTo(right.Index));
    }

    /// <summary>All numbers, so that they can stand in the text: a COPY takes no parameters.</summary>
    private static string Query(IReadOnlyCollection<PublicationRow> publications, IReadOnlyCollection<RecordClass>? classes)
    {
        string keys = string.Join(',', publications.Select(row => row.Key));
        string wanted = string.Join(',', publications.SelectMany(row => row.Classes).Distinct().Where(c => classes is null || classes.Contains((RecordClass)c)));
        // Class and epoch are told so that only the partitions concerned are searched.
        string brought = string.Create(CultureInfo.InvariantCulture, $$"""
            SELECT {{RecordWriter.Columns}} FROM record WHERE publication = ANY('{{{keys}}}'::bigint[]) AND class = ANY('{{{wanted}}}'::smallint[])
                AND epoch_ns BETWEEN {{publications.Min(row => row.EpochMinNs)}} AND {{publications.Max(row => row.EpochMaxNs)}}
            """);
        // Records that were here already: their own index, salt and label, the rest from where they are stored.
        string again = $$"""
            UNION ALL
            SELECT record.id, record.class, record.epoch_ns, path.publication, path.index, path.salt, path.label, record.regime, record.sensor, record.object_tag, record.payload,
                record.original_leaf, path.degraded_index, record.tag_removed
            FROM record_path path JOIN record ON (record.id, record.class, record.epoch_ns) = (path.record, path.class, path.epoch_ns)
            WHERE path.publication = ANY('{{{keys}}}'::bigint[]) AND path.class = ANY('{{{wanted}}}'::smallint[])
            """;
        return $"COPY ({brought} {(publications.Any(row => row.KnownCount > 0) ? again : "")}) TO STDOUT (FORMAT BINARY)";
    }

    private static PublishedRecord Read(CopiedRows row, SealedLabel label, RepeatedTexts texts, PartnerId originator, ReleaseForm form, AgreementId? under)
    {
        var facts = new RecordFacts((RecordClass)row.Int16(1), originator, row.IsNull(8) ? null : texts.Sensor(row.Span(8)), row.IsNull(9) ? default : ObjectTags.Parse(texts.Tag(row.Span(9))),
            (OrbitalRegime)row.Int16(7), new Epoch(row.Int64(2)), label.Parsed, form, row.Boolean(13), under);
        var record = new SealedRecord(new RecordId(row.Span(0)), row.IsNull(10) ? default : row.Memory(10), label, facts);
        return new PublishedRecord(row.Int16(4), row.Memory(5), record, row.IsNull(11) ? null : new DegradedFrom(new Hash256(row.Span(11)), row.Int16(12)));
    }

    /// <summary>Sensors and object tags: mostly those of the record before.</summary>
    private sealed class RepeatedTexts
    {
        private string _sensor = "", _tag = "";
        private SensorId? _sensorId;

        public SensorId Sensor(ReadOnlySpan<byte> utf8)
        {
            if (_sensorId is { } same && Ascii.Equals(utf8, _sensor)) return same;
            _sensor = Encoding.UTF8.GetString(utf8);
            return (_sensorId = SensorId.Parse(_sensor)).Value;
        }

        public string Tag(ReadOnlySpan<byte> utf8) => Ascii.Equals(utf8, _tag) ? _tag : _tag = Encoding.UTF8.GetString(utf8);
    }
}
