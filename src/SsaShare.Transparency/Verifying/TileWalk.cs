using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>One walk over all tiles of a tree, from the top to the entries, left to right.</summary>
/// <param name="tree">What is walked.</param>
/// <param name="fromIndex">Tiles and bundles that end at or below are left out.</param>
/// <param name="faultsMax">After so many faults nothing more is read.</param>
/// <param name="progress">Told after each bundle; null for nobody.</param>
internal sealed class TileWalk(TiledTree tree, long fromIndex, int faultsMax, IProgress<TlogProgress>? progress)
{
    // The right edge: of each level the tile that is not full; a level whose hashes fill their tiles has none.
    private readonly SortedDictionary<int, (long Index, Hash256[] Hashes)> _edge = [];
    private readonly ConcurrentQueue<TileException> _faults = [];
    private long _entries, _tiles;

    public long Entries => Volatile.Read(ref _entries);

    public long Tiles => Volatile.Read(ref _tiles);

    /// <summary>What is wrong, by path.</summary>
    public IReadOnlyList<TileException> Faults => [.. _faults.OrderBy(fault => fault.Path, StringComparer.Ordinal)];

    public IEnumerable<string> EdgePaths => _edge.Select(tile => tree.AddressOf(tile.Key, tile.Value.Index).ToString());

    /// <summary>Reads the partial tiles, which no tile above vouches for, and gives the root that they lead to.</summary>
    /// <exception cref="TileException">One is missing or malformed.</exception>
    public async Task<Hash256> ReadEdgeAsync(CancellationToken cancellationToken)
    {
        Hash256? root = null;
        for (int level = 0; TiledTree.HashesAt(level, tree.Size) > 0; level++)
        {
            long hashes = TiledTree.HashesAt(level, tree.Size), index = hashes / TilePath.FullWidth;
            if (hashes % TilePath.FullWidth > 0)
            {
                _edge[level] = (index, await tree.ReadTileAsync(level, index, cancellationToken).ConfigureAwait(false));
                _tiles++;
            }

            // The smaller subtree to the right of complete ones stands where one more of them would.
            Hash256[] here = _edge.TryGetValue(level, out (long Index, Hash256[] Hashes) tile) ? tile.Hashes : [];
            root = root is { } below ? MerkleTree.Root([.. here, below]) : here.Length > 0 ? MerkleTree.Root(here) : null;
        }

        return root ?? MerkleHash.EmptyRoot;
    }

    /// <summary>Reads all tiles and bundles below the edge; what is wrong is in <see cref="Faults"/>.</summary>
    public async Task RunAsync(int parallelism, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(LowestAsync(cancellationToken), options, async (lowest, token) =>
        {
            try
            {
                await CheckEntriesAsync(lowest, token).ConfigureAwait(false);
            }
            catch (TileException e)
            {
                _faults.Enqueue(e);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>The tiles of level 0 with what they must hash to; of the last one, which is at the edge, the hashes themselves.</summary>
    private async IAsyncEnumerable<Lowest> LowestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((int level, (long index, Hash256[] hashes)) in _edge.Reverse().Where(tile => tile.Key > 0))
        {
            await foreach (Lowest lowest in BelowAsync(level, index, hashes, cancellationToken).ConfigureAwait(false))
            {
                yield return lowest;
            }
        }

        if (_edge.TryGetValue(0, out (long Index, Hash256[] Hashes) last))
        {
            yield return new Lowest(last.Index, default, last.Hashes);
        }
    }

    /// <param name="level">Of a tile that was found right; 1 or more.</param>
    /// <param name="index">The tile's.</param>
    /// <param name="hashes">The tile's: of each the tile below is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async IAsyncEnumerable<Lowest> BelowAsync(int level, long index, Hash256[] hashes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < hashes.Length && _faults.Count < faultsMax; i++)
        {
            long below = index * TilePath.FullWidth + i;
            if (new TileAddress(level - 1, below, TilePath.FullWidth).End <= fromIndex)
            {
                continue;
            }

            if (level == 1)
            {
                yield return new Lowest(below, hashes[i], null);
            }
            else if (await ReadAsync(level - 1, below, hashes[i], cancellationToken).ConfigureAwait(false) is { } tile)
            {
                await foreach (Lowest lowest in BelowAsync(level - 1, below, tile, cancellationToken).ConfigureAwait(false))
                {
                    yield return lowest;
                }
            }
        }
    }

    private async Task CheckEntriesAsync(Lowest lowest, CancellationToken cancellationToken)
    {
        if ((lowest.Hashes ?? await ReadAsync(0, lowest.Index, lowest.Expected, cancellationToken).ConfigureAwait(false)) is not { } hashes)
        {
            return;
        }

        IReadOnlyList<ReadOnlyMemory<byte>> entries = await tree.ReadEntriesAsync(lowest.Index, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < hashes.Length; i++)
        {
            if (MerkleHash.Leaf(entries[i].Span) != hashes[i])
            {
                throw new TileException(tree.AddressOf(null, lowest.Index).ToString(),
                    $"entry {lowest.Index * TilePath.FullWidth + i} of the log is not the one that the signed tree holds: it was changed after it was logged.");
            }
        }

        long verified = Interlocked.Add(ref _entries, hashes.Length);
        progress?.Report(new TlogProgress(verified, tree.Size - fromIndex / TilePath.FullWidth * TilePath.FullWidth));
    }

    /// <returns>The tile's hashes when they lead to the hash above; null when not, which is noted.</returns>
    private async Task<Hash256[]?> ReadAsync(int level, long index, Hash256 expected, CancellationToken cancellationToken)
    {
        try
        {
            Hash256[] hashes = await tree.ReadTileAsync(level, index, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _tiles);
            return MerkleTree.Root(hashes) == expected ? hashes
                : throw new TileException(tree.AddressOf(level, index).ToString(), "does not lead to the hash in the tile above it: it was changed, or is of another log. What lies under it was not read.");
        }
        catch (TileException e)
        {
            _faults.Enqueue(e);
            return null;
        }
    }

    private readonly record struct Lowest(long Index, Hash256 Expected, Hash256[]? Hashes);
}
