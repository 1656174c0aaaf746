using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>EF Core's model and what the hand-written migrations made are the same.</summary>
public sealed class ModelTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Columns_OfModelAndDatabase_AreTheSame()
        => Assert.Equal(
            Model(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? "" : " not null")}")),
            await ReadAsync("""
                SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE a.attnum > 0 AND NOT a.attisdropped AND
                """));

    [Fact]
    public async Task Keys_OfModelAndDatabase_AreTheSame()
        => Assert.Equal(
            Model(table => table.UniqueConstraints.Select(key => $"{table.Name} {key.Name} ({Names(key.Columns)})")),
            await ReadAsync($"SELECT c.relname || ' ' || k.conname || ' (' || {ColumnNames("k.conrelid", "k.conkey")} || ')' FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype IN ('p', 'u') AND"));

    [Fact]
    public async Task ForeignKeys_OfModelAndDatabase_AreTheSame()
        => Assert.Equal(
            Model(table => table.ForeignKeyConstraints.Select(key => $"{table.Name} {key.Name} ({Names(key.Columns)}) {key.PrincipalTable.Name} ({Names(key.PrincipalColumns)})")),
            await ReadAsync($"""
                SELECT c.relname || ' ' || k.conname || ' (' || {ColumnNames("k.conrelid", "k.conkey")} || ') ' || k.confrelid::regclass || ' (' || {ColumnNames("k.confrelid", "k.confkey")} || ')'
                FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f' AND
                """));

    [Fact]
    public async Task Indexes_OfModelAndDatabase_AreTheSame()
        => Assert.Equal(
            Model(table => table.Indexes.Select(index => $"{table.Name} {index.Name} ({Names(index.Columns)}){(index.IsUnique ? " unique" : "")}")),
            await ReadAsync($"""
                SELECT c.relname || ' ' || i.indexrelid::regclass || ' (' || {ColumnNames("i.indrelid", "i.indkey")} || ')' || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
                FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE NOT i.indisprimary AND
                """));

    [Fact]
    public async Task Sequences_OfModelAndDatabase_AreTheSame()
        => Assert.Equal([NodeDbContext.PublicationKeySequence], await QueryAsync("SELECT relname FROM pg_class WHERE relkind = 'S' AND relname <> 'label_id_seq' AND relnamespace = 'public'::regnamespace"));

    private static List<string> Model(Func<ITable, IEnumerable<string>> describe)
    {
        using var source = NpgsqlDataSource.Create("Host=nowhere");
        using var db = new NodeDbContext(NodeStore.Options(source));
        return [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(describe).Order(StringComparer.Ordinal)];
    }

    private static string Names(IEnumerable<IColumn> columns) => string.Join(",", columns.Select(column => column.Name));

    /// <summary>SQL for the names of the columns whose numbers stand in an array, in its order.</summary>
    private static string ColumnNames(string table, string numbers)
        => $"(SELECT string_agg(a.attname, ',' ORDER BY n.place) FROM unnest({numbers}::smallint[]) WITH ORDINALITY n(number, place) JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = n.number)";

    /// <summary>One text for each object of the node's tables: neither EF Core's own, nor partitions, which follow their parent.</summary>
    private Task<List<string>> ReadAsync(string sql)
        => QueryAsync($"{sql} c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND c.relname <> '__EFMigrationsHistory'");

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var command = node.OwnerSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return [.. texts.Order(StringComparer.Ordinal)];
    }
}
