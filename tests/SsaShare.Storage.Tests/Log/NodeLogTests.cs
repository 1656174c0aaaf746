using System.Text;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

public sealed class NodeLogTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connection_OnAServerThatConfirmsBeforeItWrites_DoesNotConfirmSo()
    {
        Assert.Equal("on", await node.Source.CreateCommand("SHOW synchronous_commit").ExecuteScalarAsync(Token));
        Assert.Equal("client", await node.Source.CreateCommand("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'").ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Append_Events_ReadBackInOrderWithDenseIndices()
    {
        long first = await node.Log.AppendAsync([Event("a"), Event("b")], Token);
        long next = await node.Log.AppendAsync([Event("c")], Token);

        Assert.Equal(first + 2, next);
        var entries = await node.Log.ReadAsync(first, next + 1, Token).ToListAsync(Token);
        Assert.Equal(["a", "b", "c"], entries.Select(entry => Encoding.UTF8.GetString(entry.Event.Body.Span)));
        Assert.Equal([first, first + 1, first + 2], entries.Select(entry => entry.Index));
    }

    [Fact]
    public async Task Head_AfterEveryKindOfAppend_IsTheRootOverAllEntries()
    {
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(3)), Sample.Publish(Sample.Records(2))], Token);
        for (int i = 0; i < 20; i++) await node.Log.AppendAsync([Event("x"), Event("y"), Event("z")], Token);

        var head = await node.Log.GetHeadAsync(Token);
        var leaves = await node.Log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.LeafHash).ToArrayAsync(Token);
        Assert.Equal(new LogHead(leaves.Length, MerkleTree.Root(leaves)), head);
    }

    [Fact]
    public async Task Proofs_FromStoredNodes_Verify()
    {
        await node.Log.AppendAsync([.. Enumerable.Range(0, 11).Select(i => Event($"old {i}"))], Token);
        var old = await node.Log.GetHeadAsync(Token);
        await node.Log.AppendAsync([.. Enumerable.Range(0, 17).Select(i => Event($"new {i}"))], Token);
        var head = await node.Log.GetHeadAsync(Token);

        Assert.True(ConsistencyProof.Verify(old.Size, head.Size, old.Root, head.Root, await HashesAsync(ConsistencyProof.Ranges(old.Size, head.Size))));
        await foreach (var entry in node.Log.ReadAsync(0, head.Size, Token))
            Assert.True(InclusionProof.Verify(entry.Index, head.Size, entry.LeafHash, await HashesAsync(InclusionProof.Ranges(entry.Index, head.Size)), head.Root));
    }

    [Fact]
    public async Task Nodes_BeyondTheTree_AreRefused()
    {
        var head = await node.Log.GetHeadAsync(Token);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Log.GetNodesAsync([new MerkleNode(0, head.Size)], Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Log.GetNodesAsync([new MerkleNode(65_536, 0)], Token));
    }

    [Fact]
    public async Task Checkpoint_SizesOnlyGrow()
    {
        await node.Log.AppendAsync([Event("checkpointed")], Token);
        var first = await node.Log.GetHeadAsync(Token);
        await node.Log.SaveCheckpointAsync(first, "first", Token);
        await node.Log.SaveCheckpointAsync(first, "again", Token);
        Assert.Equal((first, "first"), await node.Log.GetCheckpointAsync(Token));

        await node.Log.AppendAsync([Event("more")], Token);
        var second = await node.Log.GetHeadAsync(Token);
        await node.Log.SaveCheckpointAsync(second, "second", Token);
        await node.Log.SaveCheckpointAsync(first, "late", Token);
        Assert.Equal((second, "second"), await node.Log.GetCheckpointAsync(Token));
    }

    [Fact]
    public async Task Checkpoint_OfAnotherRootOrBeyondTheLog_IsRefused()
    {
        await node.Log.AppendAsync([Event("one")], Token);
        var head = await node.Log.GetHeadAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Log.SaveCheckpointAsync(head with { Root = Hash256.Of("other"u8) }, "forged", Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Log.SaveCheckpointAsync(head with { Size = head.Size + 1_000 }, "ahead", Token));
    }

    private static LogEvent Event(string text) => new(LogKinds.Refusal, Encoding.UTF8.GetBytes(text));

    private async Task<Hash256[]> HashesAsync(IReadOnlyList<MerkleRange> ranges)
    {
        var nodes = await node.Log.GetNodesAsync([.. ranges.SelectMany(range => range.CompleteSubtrees())], Token);
        return [.. ranges.Select(range => range.Hash(place => nodes[place]))];
    }
}
