using Npgsql;
using NpgsqlTypes;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Keeps by which further ways records came that are here already.</summary>
internal static class RecordPaths
{
    private const string Sql = """
        INSERT INTO record_path (publication, index, record, class, epoch_ns, salt, label, degraded_index)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <param name="connection">In a transaction.</param>
    /// <param name="slices">By the key of the publication row that will hold them.</param>
    /// <param name="labelIds">Number of every label that occurs.</param>
    public static async Task AddAsync(NpgsqlConnection connection, IEnumerable<(long Publication, SortedSlice Slice)> slices,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        var paths = slices.SelectMany(pair => pair.Slice.Known, (pair, known) => (pair.Publication, Known: known)).ToList();
        if (paths.Count == 0) return;
        await using var command = new NpgsqlCommand(Sql, connection);
        Add(NpgsqlDbType.Bigint, path => path.Publication);
        Add(NpgsqlDbType.Smallint, path => (short)path.Known.Published.Index);
        Add(NpgsqlDbType.Bytea, path => path.Known.Published.Record.Id.ToArray());
        Add(NpgsqlDbType.Smallint, path => (short)path.Known.Published.Record.Facts.Class);
        Add(NpgsqlDbType.Bigint, path => path.Known.StoredEpoch.NanosecondsSinceJ2000);
        Add(NpgsqlDbType.Bytea, path => path.Known.Published.Salt.ToArray());
        Add(NpgsqlDbType.Integer, path => labelIds[path.Known.Published.Record.Label.Hash]);
        Add(NpgsqlDbType.Smallint, path => (short?)path.Known.Published.Degraded?.Index);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<(long Publication, KnownRecord Known), T> column)
            => command.Parameters.Add(new() { Value = paths.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
