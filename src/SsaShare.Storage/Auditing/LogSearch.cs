using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Finds entries by their columns and by the records that they are about; what only their bodies tell is asked of <see cref="LogMatcher"/>.</summary>
internal sealed class LogSearch(NodeDatabase database) : ILogSearch
{
    public async IAsyncEnumerable<LogEntry> SearchAsync(LogQuery query, long fromIndex, long toIndexExclusive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kinds = LogMatcher.Kinds(query);
        if (kinds is { Count: 0 } || fromIndex >= toIndexExclusive) yield break;
        await using var command = database.Source.CreateCommand();
        Write(command, query, kinds, fromIndex, toIndexExclusive);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = LogEntryReader.Read(reader);
            if (LogMatcher.Meets(entry, query, query.ObjectTag is null ? FrozenSet<RecordPlace>.Empty : ReadTagged(reader))) yield return entry;
        }
    }

    private static void Write(NpgsqlCommand command, LogQuery query, IReadOnlySet<string>? kinds, long fromIndex, long toIndexExclusive)
    {
        var conditions = new List<string> { $"e.index >= {Parameter(fromIndex)}", $"e.index < {Parameter(toIndexExclusive)}" };
        if (kinds is not null) conditions.Add($"e.kind = ANY({Parameter(kinds.ToArray())})");
        if (query.Peer is { } peer) conditions.Add($"e.peer = {Parameter(peer.Value)}");
        if (query.Agreement is { } agreement) conditions.Add($"e.agreement = {Parameter(agreement.Value.ToArray())}");
        if (query.From is { } from) conditions.Add($"e.time_ns >= {Parameter(from.NanosecondsSinceJ2000)}");
        if (query.Until is { } until) conditions.Add($"e.time_ns < {Parameter(until.NanosecondsSinceJ2000)}");
        if (query.Places is { } places)
        {
            string publications = Parameter(places.Select(place => place.Publication.ToArray()).ToArray()), records = Parameter(places.Select(place => (short)place.Index).ToArray());
            conditions.Add($"e.index IN (SELECT a.index FROM log_about a JOIN unnest({publications}, {records}) AS wanted(publication, record) ON wanted.publication = a.publication AND (a.record IS NULL OR a.record = wanted.record))");
        }
        string tagged = "";
        if (query.ObjectTag is { } tag)
        {
            // Records are looked up entry by entry, so that reading can stop at any one; a record that was deleted here has no tag any more.
            tagged = $"""
                CROSS JOIN LATERAL (SELECT array_agg(p.id) AS publications, array_agg(r.index) AS records
                    FROM log_about a JOIN publication p ON p.id = a.publication JOIN record r ON r.publication = p.key AND (a.record IS NULL OR a.record = r.index)
                    WHERE a.index = e.index AND {Parameter(tag)} = ANY(string_to_array(translate(r.object_tag, E'\t', E'\n'), E'\n'))) t
                """;
            conditions.Add("t.publications IS NOT NULL");
        }
        string columns = string.Join(", ", LogEntryReader.Columns.Split(", ").Select(column => $"e.{column}"));
        command.CommandText = $"SELECT {columns}{(tagged.Length > 0 ? ", t.publications, t.records" : "")} FROM log_entry e {tagged} WHERE {string.Join(" AND ", conditions)} ORDER BY e.index";

        string Parameter<T>(T value)
        {
            command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
            return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
        }
    }

    /// <summary>From the two columns after those of the entry.</summary>
    private static FrozenSet<RecordPlace> ReadTagged(NpgsqlDataReader reader)
    {
        int first = reader.FieldCount - 2;
        return reader.GetFieldValue<byte[][]>(first).Zip(reader.GetFieldValue<short[]>(first + 1), (publication, index) => new RecordPlace(new Hash256(publication), index)).ToFrozenSet();
    }
}
