using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests;

/// <summary>What must hold in a node's database whatever happened to the node, read from outside with plain SQL.</summary>
internal static class Ledger
{
    private const string BrokenPublications = """
        SELECT count(*) FROM publication p
        LEFT JOIN (SELECT publication, count(*) AS n FROM record GROUP BY publication) r ON r.publication = p.key
        LEFT JOIN (SELECT publication, count(*) AS n FROM record_path GROUP BY publication) k ON k.publication = p.key
        WHERE p.record_count <> coalesce(r.n, 0) + coalesce(k.n, 0) OR p.known_count <> coalesce(k.n, 0)
        """;
    private const string OrphanRecords = "SELECT count(*) FROM record r WHERE NOT EXISTS (SELECT FROM publication p WHERE p.key = r.publication)";
    private const string FeedGaps = "SELECT coalesce(max(feed_position), 0) - count(feed_position) FROM publication";
    private const string ArrivalGaps = "SELECT coalesce(max(arrival), 0) - count(*) FROM publication";
    private const string ManifestsWithoutReceipt = "SELECT count(*) FROM manifest_received m WHERE NOT EXISTS (SELECT FROM receipt_issued r WHERE r.manifest = m.id)";
    private const string TwiceStored = "SELECT count(*) - count(DISTINCT id) FROM record";

    /// <summary>Publications whole or absent, feed dense, no record twice, every manifest receipted, and every checkpoint ever signed true of the log.</summary>
    /// <param name="node">Its database.</param>
    /// <param name="checkpoints">Whether it must have signed any.</param>
    public static async Task AssertSoundAsync(ScenarioNode node, bool checkpoints = true)
    {
        foreach (string wrong in new[] { BrokenPublications, OrphanRecords, FeedGaps, ArrivalGaps, ManifestsWithoutReceipt, TwiceStored })
            Assert.True(await node.ScalarAsync<long>(wrong) == 0, $"{node.Partner}: {wrong}");
        if (checkpoints) await AssertCheckpointsAsync(node);
    }

    public static async Task<HashSet<string>> RecordIdsAsync(ScenarioNode node, string where = "true")
    {
        var ids = await node.ColumnAsync<string>($"SELECT encode(r.id, 'hex') FROM record r JOIN publication p ON p.key = r.publication WHERE {where}");
        var set = ids.ToHashSet(StringComparer.Ordinal);
        Assert.Equal(ids.Count, set.Count);
        return set;
    }

    /// <summary>Hashes the log anew from its entries and holds it against each signed checkpoint.</summary>
    private static async Task AssertCheckpointsAsync(ScenarioNode node)
    {
        var leaves = new List<Hash256>();
        await using (var command = node.Database!.CreateCommand("SELECT index, kind, body, salt, time_ns FROM log_entry ORDER BY index"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
            {
                Assert.Equal(leaves.Count, reader.GetInt64(0));
                leaves.Add(new LogEntry(reader.GetInt64(0), new LogEvent(reader.GetString(1), reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3), new Epoch(reader.GetInt64(4))).LeafHash);
            }

        await using var checkpoints = node.Database.CreateCommand("SELECT size, root FROM log_checkpoint ORDER BY size");
        await using var signed = await checkpoints.ExecuteReaderAsync();
        int count = 0;
        for (; await signed.ReadAsync(); count++)
        {
            int size = checked((int)signed.GetInt64(0));
            Assert.InRange(size, 0, leaves.Count);
            Assert.Equal(MerkleTree.Root([.. leaves.Take(size)]), new Hash256(signed.GetFieldValue<byte[]>(1)));
        }
        Assert.True(count > 0, $"{node.Partner} has signed no checkpoint.");
    }
}
