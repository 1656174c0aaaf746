using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>Whatever is shown of a log, and wherever checkpoints stand: the tree's root, and its root at each checkpoint, come out of the bundle.</summary>
public sealed class EvidenceComposerTests
{
    [Fact]
    public async Task Compose_AnyPartOfAnyLog_LeadsToTheRoots()
    {
        var random = new Random(20261122);
        for (int round = 0; round < 500; round++)
        {
            var entries = Entries(random.Next(1, 300));
            Hash256[] leaves = [.. entries.Select(entry => entry.LeafHash)];
            double share = random.NextDouble();
            LogEntry[] shown = [.. entries.Where(_ => random.NextDouble() < share * share)];
            long[] sizes = [.. Enumerable.Range(0, random.Next(6)).Select(_ => (long)random.Next(leaves.Length + 1))];
            (long, EvidencePart)[] stamps = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(1, leaves.Length + 1)).Order().Select(size => (size, (EvidencePart)new EvidencePart.SignedCheckpoint(size.ToString(System.Globalization.CultureInfo.InvariantCulture))))];

            var tree = new AuditedTree();
            int shownThere = 0, stampsThere = 0;
            await foreach (var part in new EvidenceComposer(leaves.Length, Nodes(leaves)).ComposeAsync(shown.ToAsyncEnumerable(), stamps, sizes, CancellationToken.None))
            {
                switch (part)
                {
                    case EvidencePart.Entry { Revealed: var entry }:
                        Assert.Equal(entry.Index, tree.Size);
                        tree.Append(entry.LeafHash);
                        shownThere++;
                        break;
                    case EvidencePart.Hidden { Subtree: var subtree }:
                        Assert.True(tree.TryHide(subtree));
                        break;
                    case EvidencePart.SignedCheckpoint { Note: var note }:
                        int size = int.Parse(note, System.Globalization.CultureInfo.InvariantCulture);
                        Assert.Equal(size, tree.Size);
                        Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, size)), tree.Root);
                        stampsThere++;
                        break;
                }
            }

            Assert.Equal((shown.Length, stamps.Length, (long)leaves.Length), (shownThere, stampsThere, tree.Size));
            Assert.Equal(leaves.Length - shown.Length, tree.HiddenEntries);
            Assert.Equal(MerkleTree.Root(leaves), tree.Root);
            foreach (var (size, root) in tree.RootsAt(sizes.Order())) Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, (int)size)), root);
        }
    }

    [Fact]
    public async Task Compose_NothingShown_IsOneHashForEachBitOfTheSize()
    {
        Hash256[] leaves = [.. Entries(205).Select(entry => entry.LeafHash)];
        var parts = await new EvidenceComposer(leaves.Length, Nodes(leaves)).ComposeAsync(AsyncEnumerable.Empty<LogEntry>(), [], [], CancellationToken.None).ToListAsync();
        Assert.Equal(5, parts.Count);
    }

    [Fact]
    public void RootAt_WithinAHiddenPart_IsNotKnown()
    {
        Hash256[] leaves = [.. Entries(12).Select(entry => entry.LeafHash)];
        var tree = new AuditedTree();
        Assert.True(tree.TryHide(new PlacedHash(new MerkleNode(3, 0), MerkleTree.Root(leaves.AsSpan(0, 8)))));
        Assert.False(tree.TryHide(new PlacedHash(new MerkleNode(1, 5), leaves[9])));
        foreach (var leaf in leaves[8..]) tree.Append(leaf);
        Assert.Null(tree.RootAt(7));
        Assert.Null(tree.RootAt(13));
        Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, 9)), tree.RootAt(9));
    }

    [Fact]
    public void FirstDifference_OfTwoTrees_IsWhereTheyShowIt()
    {
        Hash256[] leaves = [.. Entries(20).Select(entry => entry.LeafHash)], others = [.. leaves];
        others[13] = leaves[2];
        Assert.Null(Whole(leaves).FirstDifference(Whole(leaves[..7])));
        Assert.Equal(13, Whole(leaves).FirstDifference(Whole(others)));
        Assert.Equal(8, Hiding(leaves).FirstDifference(Hiding(others)));
        Assert.Null(Whole(leaves).FirstDifference(Hiding(others)));
        Assert.NotEqual(Whole(leaves).RootAt(20), Hiding(others).RootAt(20));
    }

    private static AuditedTree Whole(Hash256[] leaves)
    {
        var tree = new AuditedTree();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree;
    }

    /// <summary>Entries 8 to 15 are hidden.</summary>
    private static AuditedTree Hiding(Hash256[] leaves)
    {
        var tree = Whole(leaves[..8]);
        Assert.True(tree.TryHide(new PlacedHash(new MerkleNode(3, 1), MerkleTree.Root(leaves.AsSpan(8, 8)))));
        foreach (var leaf in leaves[16..]) tree.Append(leaf);
        return tree;
    }

    private static LogEntry[] Entries(int count)
        => [.. Enumerable.Range(0, count).Select(i => new LogEntry(i, new LogEvent(LogKinds.Refusal, "{}"u8.ToArray()), EntryCommitment.NewSalt(), new Epoch(i)))];

    private static MerkleNodesFetcher Nodes(Hash256[] leaves)
        => (nodes, _) => Task.FromResult<IReadOnlyDictionary<MerkleNode, Hash256>>(nodes.ToDictionary(node => node, node => MerkleTree.Root(leaves.AsSpan((int)(node.Index << node.Level), 1 << node.Level))));
}
