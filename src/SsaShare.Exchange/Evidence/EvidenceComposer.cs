using System.Numerics;
using System.Runtime.CompilerServices;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Fetches hashes of complete subtrees of a log, as <see cref="INodeLog.GetNodesAsync"/> does.</summary>
public delegate Task<IReadOnlyDictionary<MerkleNode, Hash256>> MerkleNodesFetcher(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken);

/// <summary>Puts the parts of a bundle into the order of the log's tree: what is not shown becomes hashes of the fewest complete subtrees.</summary>
/// <param name="size">Of the log.</param>
/// <param name="nodes">Fetches hashes of what is hidden.</param>
public sealed class EvidenceComposer(long size, MerkleNodesFetcher nodes)
{
    private const int FetchedAtOnce = 1_024;

    /// <param name="revealed">Entries that are shown, in order.</param>
    /// <param name="stamps">Checkpoints and time-stamps, each with the size that each is for: rising, from 1 to the log's.</param>
    /// <param name="sizes">Further sizes whose roots the bundle must let be computed, in any order.</param>
    public async IAsyncEnumerable<EvidencePart> ComposeAsync(
        IAsyncEnumerable<LogEntry> revealed, IReadOnlyList<(long Size, EvidencePart Part)> stamps, IEnumerable<long> sizes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stops = new Stops(stamps, sizes, size);
        var draft = new List<(EvidencePart? Part, MerkleNode Node)>();
        long at = 0;
        await foreach (var entry in revealed.WithCancellation(cancellationToken))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(entry.Index, at, nameof(revealed));
            Hide(draft, stops, at, entry.Index);
            draft.Add((new EvidencePart.Entry(entry), default));
            at = entry.Index + 1;
            stops.AddStampsAt(at, draft);
            if (draft.Count < FetchedAtOnce) continue;
            foreach (var part in await CompleteAsync(draft, cancellationToken)) yield return part;
            draft.Clear();
        }
        Hide(draft, stops, at, size);
        foreach (var part in await CompleteAsync(draft, cancellationToken)) yield return part;
    }

    /// <summary>The complete subtrees that the leaves from <paramref name="start"/> up to, not including, <paramref name="end"/> consist of, left to right.</summary>
    internal static IEnumerable<MerkleNode> Cover(long start, long end)
    {
        while (start < end)
        {
            int level = Math.Min(start == 0 ? 62 : BitOperations.TrailingZeroCount(start), BitOperations.Log2((ulong)(end - start)));
            yield return new MerkleNode(level, start >> level);
            start += 1L << level;
        }
    }

    private static void Hide(List<(EvidencePart? Part, MerkleNode Node)> draft, Stops stops, long from, long until)
    {
        while (from < until)
        {
            long next = stops.NextAfter(from, until);
            foreach (var node in Cover(from, next)) draft.Add((null, node));
            stops.AddStampsAt(next, draft);
            from = next;
        }
    }

    private async Task<IEnumerable<EvidencePart>> CompleteAsync(List<(EvidencePart? Part, MerkleNode Node)> draft, CancellationToken cancellationToken)
    {
        var hidden = draft.Where(one => one.Part is null).Select(one => one.Node).ToList();
        var hashes = new Dictionary<MerkleNode, Hash256>();
        foreach (var some in hidden.Chunk(FetchedAtOnce))
            foreach (var (node, hash) in await nodes(some, cancellationToken)) hashes[node] = hash;
        return draft.Select(one => one.Part ?? new EvidencePart.Hidden(new PlacedHash(one.Node, hashes[one.Node])));
    }

    /// <summary>Sizes at which no hidden subtree may reach over, and what stands there.</summary>
    private sealed class Stops
    {
        private readonly List<long> _sizes;
        private readonly IReadOnlyList<(long Size, EvidencePart Part)> _stamps;
        private int _next, _nextStamp;

        public Stops(IReadOnlyList<(long Size, EvidencePart Part)> stamps, IEnumerable<long> sizes, long size)
        {
            if (stamps.Any(one => one.Size < 1 || one.Size > size)) throw new ArgumentException($"A checkpoint is not of 1 to {size} entries.", nameof(stamps));
            _stamps = stamps;
            _sizes = [.. sizes.Concat(stamps.Select(one => one.Size)).Where(one => one > 0 && one < size).Distinct().Order()];
        }

        public long NextAfter(long from, long until)
        {
            while (_next < _sizes.Count && _sizes[_next] <= from) _next++;
            return _next < _sizes.Count ? Math.Min(_sizes[_next], until) : until;
        }

        public void AddStampsAt(long size, List<(EvidencePart? Part, MerkleNode Node)> draft)
        {
            for (; _nextStamp < _stamps.Count && _stamps[_nextStamp].Size == size; _nextStamp++) draft.Add((_stamps[_nextStamp].Part, default));
        }
    }
}
