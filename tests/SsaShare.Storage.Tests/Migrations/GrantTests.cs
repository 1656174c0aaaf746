using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>What the running node's role cannot do, whatever its code tries.</summary>
public sealed class GrantTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    public static readonly TheoryData<string> AppendOnly =
        ["log_entry", "log_tile", "log_checkpoint", "record", "record_path", "publication", "label", "peer", "agreement_change", "agreement_transition", "manifest_issued", "manifest_received", "receipt_issued", "receipt_received", "release", "node",
            "notice", "notice_receipt", "deletion", "deletion_item", "deletion_received", "deletion_received_item", "log_publication", "auditor_change", "key_event", "checkpoint_timestamp",
            "log_cosignature", "held_checkpoint", "witnessed_checkpoint", "log_conflict", "log_conflict_forgiven", "own_retention", "dropped_part", "dropped_publication", "pause_change"];

    [Theory, MemberData(nameof(AppendOnly))]
    public async Task App_RewritesAnAppendOnlyTable_IsRefused(string table)
    {
        string column = await node.ScalarAsync<string>($"SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum = 2");
        foreach (string sql in (string[])[$"UPDATE {table} SET {column} = {column}", $"DELETE FROM {table}", $"TRUNCATE {table}", $"DROP TABLE {table}", $"ALTER TABLE {table} ADD COLUMN more int"])
            await AssertRefusedAsync(sql);
    }

    [Theory]
    [InlineData("DELETE FROM head")]
    [InlineData("INSERT INTO head VALUES (2, 0, 0, '')")]
    [InlineData("DELETE FROM agreement")]
    [InlineData("DELETE FROM inbox")]
    [InlineData("DELETE FROM notice_delivery")]
    [InlineData("DELETE FROM deletion_delivery")]
    [InlineData("UPDATE retention SET due_ns = 0")]
    [InlineData("UPDATE record SET payload = NULL")]
    [InlineData("CREATE TABLE public.mine (id int)")]
    [InlineData("SELECT setval('publication_key', 1)")]
    [InlineData("DROP TABLE record_other")]
    [InlineData("DELETE FROM record_other")]
    [InlineData("DROP TABLE record_observation")]
    [InlineData("INSERT INTO own_retention VALUES (2, 86400)")]
    [InlineData("SELECT is_own_over('{1}', '')")]
    [InlineData("SELECT may_drop_observations('record_other', 0, 0, 0)")]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\"")]
    public async Task App_BeyondItsGrants_IsRefused(string sql) => await AssertRefusedAsync(sql);

    [Fact]
    public async Task App_PartitionOfAYearThatNoEpochHas_IsRefused()
    {
        var e = await Assert.ThrowsAsync<PostgresException>(() => node.Source.CreateCommand("SELECT ensure_observation_partition(3000, 1)").ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.NumericValueOutOfRange, e.SqlState);
    }

    private async Task AssertRefusedAsync(string sql)
    {
        var e = await Assert.ThrowsAsync<PostgresException>(() => node.Source.CreateCommand(sql).ExecuteNonQueryAsync());
        Assert.True(e.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {e.SqlState} {e.MessageText}");
    }
}
