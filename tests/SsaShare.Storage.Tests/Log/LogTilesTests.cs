using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>The tree in tiles, through two levels, against one computed from all leaves.</summary>
public sealed class LogTilesTests(LogTilesTests.TwoLevels log) : IClassFixture<LogTilesTests.TwoLevels>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tiles_OfEachLevel_HoldWhatTheLeavesGive()
    {
        for (long index = 0; index <= log.Size / 256; index++)
        {
            int width = (int)Math.Min(256, log.Size - 256 * index);
            Assert.Equal(Tile(0, index, width), await ReadTileAsync(0, index, width));
            Assert.Null(await ReadTileAsync(0, index + (width == 256 ? log.Size / 256 : 0), width == 256 ? 256 : width + 1));
        }
        Assert.Equal(Tile(1, 0, 256), await ReadTileAsync(1, 0, 256));
        Assert.Equal(Tile(1, 1, 2), await ReadTileAsync(1, 1, 2));
        Assert.Null(await ReadTileAsync(1, 1, 3));
        Assert.Equal(Tile(2, 0, 1), await ReadTileAsync(2, 0, 1));
        Assert.Null(await ReadTileAsync(2, 0, 2));
        Assert.Equal($"0:{log.Size / 256} 1:1", await log.Node.ScalarAsync<string>("SELECT string_agg(level || ':' || n, ' ' ORDER BY level) FROM (SELECT level, count(*) AS n FROM log_tile GROUP BY level) t"));
    }

    [Theory]
    [InlineData(0, 3, 1), InlineData(0, 3, 200), InlineData(1, 0, 255), InlineData(0, 257, 7)]
    public async Task Tile_NarrowerThanItIsByNow_IsItsBeginning(int level, long index, int width) => Assert.Equal(Tile(level, index, width), await ReadTileAsync(level, index, width));

    [Theory]
    [InlineData(3, 0), InlineData(7, 0), InlineData(8, 0), InlineData(400, 0), InlineData(0, long.MaxValue), InlineData(0, long.MaxValue / 256), InlineData(1, long.MaxValue)]
    public async Task Tile_ThatNoTreeOrNotThisOneHas_IsNull(int level, long index) => Assert.Null(await ReadTileAsync(level, index, 1));

    [Fact]
    public async Task Bundles_HoldTheCommitmentsWithTheirLengths()
    {
        foreach (long index in (long[])[0, 1, 255, 256, log.Size / 256])
        {
            int width = (int)Math.Min(256, log.Size - 256 * index);
            byte[] expected = [.. log.Commitments.Skip((int)(256 * index)).Take(width).SelectMany(commitment => (byte[])[0, 32, .. commitment.Value.ToArray()])];
            Assert.Equal(Convert.ToHexString(expected), Hex(await log.Node.Log.ReadEntryBundleAsync(index, width, Token)));
        }
        Assert.Null(await log.Node.Log.ReadEntryBundleAsync(log.Size / 256, 256, Token));
        Assert.Null(await log.Node.Log.ReadEntryBundleAsync(long.MaxValue, 1, Token));
    }

    [Fact]
    public async Task Root_OfEverySize_IsThatOfTheLeaves()
    {
        foreach (long size in (long[])[0, 1, 2, 255, 256, 257, 511, 512, 4_097, 65_535, 65_536, 65_537, 65_792, log.Size - 1, log.Size])
            Assert.Equal(MerkleTree.Root(log.Leaves.AsSpan(0, (int)size)), await log.Node.Log.GetRootAsync(size, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.Node.Log.GetRootAsync(log.Size + 1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.Node.Log.GetRootAsync(-1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.Node.Log.GetRootAsync(long.MaxValue, Token));
    }

    [Fact]
    public async Task Nodes_OfEveryLevel_AreThoseOfTheLeaves()
    {
        var nodes = Enumerable.Range(0, 17).SelectMany(level => new[] { 0, (log.Size >> level) / 2, (log.Size >> level) - 1 }.Select(index => new MerkleNode(level, index))).ToList();
        var read = await log.Node.Log.GetNodesAsync(nodes, Token);
        Assert.All(nodes, node => Assert.Equal(MerkleTree.Root(log.Leaves.AsSpan((int)(node.Index << node.Level), 1 << node.Level)), read[node]));
        foreach (var beyond in (MerkleNode[])[new(17, 0), new(0, log.Size), new(8, log.Size >> 8), new(62, 0), new(63, 0), new(64, 0), new(62, long.MaxValue), new(-1, 0), new(0, -1)])
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.Node.Log.GetNodesAsync([nodes[0], beyond], Token));
        Assert.Empty(await log.Node.Log.GetNodesAsync([], Token));
    }

    [Fact]
    public async Task PeerAndAgreement_AreKeptBesideTheEntryAndNotCommittedTo()
    {
        var entries = await log.Node.Log.ReadAsync(0, 2_000, Token).ToListAsync(Token);
        Assert.All(entries, entry => Assert.Equal(TwoLevels.EventAt(entry.Index) with { Body = default }, entry.Event with { Body = default }));
        Assert.Equal(log.Leaves[..2_000], entries.Select(entry => (entry with { Event = entry.Event with { Peer = null, Agreement = null } }).LeafHash));
    }

    private string Tile(int level, long index, int width)
        => Convert.ToHexString(MemoryMarshal.AsBytes<Hash256>(Enumerable.Range(0, width).Select(i => MerkleTree.Root(log.Leaves.AsSpan((int)(256 * index + i) << (8 * level), 1 << (8 * level)))).ToArray()));

    private async Task<string?> ReadTileAsync(int level, long index, int width) => Hex(await log.Node.Log.ReadTileAsync(level, index, width, Token));

    private static string? Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Convert.ToHexString(some.Span) : null;

    /// <summary>A log of which a tile of level 1 is full and another begun, appended in parts that end before, at and behind the ends of tiles.</summary>
    public sealed class TwoLevels(TestCluster cluster) : IAsyncLifetime
    {
        private static readonly AgreementId Agreement = new(Hash256.Of("agreement"u8));

        public NodeFixture Node { get; } = new(cluster);
        public Hash256[] Leaves { get; private set; } = [];
        public EntryCommitment[] Commitments { get; private set; } = [];
        public int Size => Leaves.Length;

        public async ValueTask InitializeAsync()
        {
            await Node.InitializeAsync();
            int first = 0;
            foreach (int part in (int[])[1, 2, 60, 63, 64, 65, 1, 256, 255, 257, 512, 63_000, 999, 1, 256, 256, 30])
            {
                Assert.Equal(first, await Node.Log.AppendAsync([.. Enumerable.Range(first, part).Select(index => EventAt(index))], Token));
                first += part;
            }
            Commitments = await Node.Log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.Commitment).ToArrayAsync(Token);
            Leaves = [.. Commitments.Select(commitment => commitment.LeafHash)];
            Assert.Equal(new LogHead(Size, MerkleTree.Root(Leaves)), await Node.Log.GetHeadAsync(Token));
        }

        public static LogEvent EventAt(long index) => new(LogKinds.Refusal, Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture)))
        {
            Peer = index % 3 == 0 ? null : Sample.Pacific,
            Agreement = index % 5 == 0 ? null : Agreement,
        };

        public ValueTask DisposeAsync() => Node.DisposeAsync();
    }
}
