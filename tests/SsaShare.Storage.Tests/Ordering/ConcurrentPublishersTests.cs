using Npgsql;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>PostgreSQL sequences are not in commit order; positions are.</summary>
public sealed class ConcurrentPublishersTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const int Publishers = 8, Rounds = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Positions_EightPublishersAndOneStalled_AreDenseAndNothingIsMissed()
    {
        // The stalled one has copied its records, and waits for a transaction that holds one of them without having committed.
        var contested = Sample.Record();
        long start = await node.Outbox.GetHeadPositionAsync(Token), size = (await node.Log.GetHeadAsync(Token)).Size;
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Record())], Token);
        await using var holder = await HoldAsync(contested);
        var late = Sample.Publish([.. Sample.Records(50), contested]);
        var stalled = node.Publications.TryAppendAsync([late], Token);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = ReadAllAsync(start, expected: Publishers * Rounds * 2 + 1 + 1, stop.Token);
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(async _ =>
        {
            var host = node.StartHost();
            var store = (IPublicationStore)host.GetService(typeof(IPublicationStore))!;
            for (int round = 0; round < Rounds; round++)
                Assert.True(await store.TryAppendAsync([Sample.Publish(Sample.Records(7)), Sample.Publish(Sample.Records(3))], Token));
        }));
        Assert.False(stalled.IsCompleted);
        long positionBefore = await node.Outbox.GetHeadPositionAsync(Token);
        await holder.RollbackAsync(Token);
        Assert.True(await stalled);

        var read = await reading;
        Assert.Equal(Enumerable.Range(1, read.Count).Select(i => start + i), read.Select(stored => stored.Position));
        Assert.Equal(positionBefore + 1, read[^1].Position);
        Assert.Equal(late.Document.Id, read[^1].Publication.Document.Id);
        Assert.Equal(read.Count, read.Select(stored => stored.Publication.Document.Id).Distinct().Count());
        var leaves = await node.Log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.LeafHash).ToArrayAsync(Token);
        Assert.Equal(new LogHead(leaves.Length, MerkleTree.Root(leaves)), await node.Log.GetHeadAsync(Token));
        Assert.Equal(size + read.Count, leaves.Length);
    }

    [Fact]
    public async Task Append_TheSameRecordsFromManyPublishersInAnyOrder_StoresEachOnce()
    {
        var records = Sample.Records(40);
        var stores = Enumerable.Range(0, 6).Select(_ => (IPublicationStore)node.StartHost().GetService(typeof(IPublicationStore))!).ToList();
        var summaries = await Task.WhenAll(stores.Select(store =>
        {
            var publisher = new Publisher(store, Sample.Atlantic, Sample.Key, TimeProvider.System);
            return publisher.PublishAsync(records.OrderBy(_ => Random.Shared.Next()).ToArray().ToAsyncEnumerable(), Token);
        }));

        Assert.Equal(new PublishSummary(40, 5 * 40), summaries.Aggregate((left, right) => left + right));
        Assert.Equal(40, (await node.Publications.FindKnownAsync(records, Token)).Count);
    }

    /// <summary>Follows the feed while it grows, always from the last position seen.</summary>
    private async Task<List<StoredPublication>> ReadAllAsync(long start, int expected, CancellationToken cancellationToken)
    {
        var read = new List<StoredPublication>();
        while (read.Count < expected)
        {
            long position = read.Count == 0 ? start : read[^1].Position;
            await node.Outbox.WaitForNewsAsync(FeedPriority.Routine, position, null, TimeSpan.FromSeconds(20), cancellationToken);
            var page = (await node.Outbox.ReadAsync(FeedLane.Prompt, position, 25, Sample.Now, cancellationToken)).Publications;
            Assert.NotEmpty(page);
            read.AddRange(page);
        }
        return read;
    }

    private async Task<NpgsqlTransaction> HoldAsync(SealedRecord record)
    {
        var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var insert = new NpgsqlCommand("INSERT INTO record (id, class, epoch_ns, publication, index, salt, label, regime, payload) VALUES ($1, 1, $2, 0, 0, $3, 0, 0, '')", connection, transaction);
        insert.Parameters.Add(new() { Value = record.Id.ToArray() });
        insert.Parameters.Add(new() { Value = record.Facts.Epoch.NanosecondsSinceJ2000 });
        insert.Parameters.Add(new() { Value = new byte[16] });
        await insert.ExecuteNonQueryAsync(Token);
        return transaction;
    }
}
