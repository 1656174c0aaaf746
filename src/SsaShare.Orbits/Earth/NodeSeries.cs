using System.Collections.Concurrent;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Three slow functions of time, computed at nodes and interpolated by cubics between them. Safe for concurrent use: nodes are computed once and kept, 100,000 at most.</summary>
/// <param name="stepNanoseconds">From node to node.</param>
/// <param name="compute">The functions at an instant.</param>
internal sealed class NodeSeries(long stepNanoseconds, Func<Epoch, (double A, double B, double C)> compute)
{
    private const int MostNodes = 100_000, Places = 1_024;

    private readonly ConcurrentDictionary<long, (double A, double B, double C)> _nodes = new();
    // Segments by the last digits of their index: threads at different hours of a day do not displace each other's.
    private readonly Segment?[] _segments = new Segment?[Places];
    private int _count;

    public (double A, double B, double C) At(Epoch epoch)
    {
        var at = new CubicPlace(epoch, stepNanoseconds);
        long index = at.Index;
        ref var place = ref _segments[index & (Places - 1)];
        var segment = Volatile.Read(ref place);
        if (segment is null || segment.Index != index)
        {
            segment = new Segment(index, Node(index - 1), Node(index), Node(index + 1), Node(index + 2));
            Volatile.Write(ref place, segment);
        }
        return segment.At(at);
    }

    private (double A, double B, double C) Node(long index)
    {
        if (_nodes.TryGetValue(index, out var values)) return values;
        values = compute(new Epoch(index * stepNanoseconds));
        // Whoever asks for times all over the centuries begins anew instead of filling the memory.
        if (Interlocked.Increment(ref _count) > MostNodes)
        {
            _nodes.Clear();
            Interlocked.Exchange(ref _count, 1);
        }
        _nodes[index] = values;
        return values;
    }

    /// <summary>Cubic through four nodes, valid between the middle two.</summary>
    private sealed class Segment(long index, (double A, double B, double C) a, (double A, double B, double C) b, (double A, double B, double C) c, (double A, double B, double C) d)
    {
        public long Index => index;

        public (double A, double B, double C) At(in CubicPlace at)
        {
            var (wa, wb, wc, wd) = (at.Before, at.Here, at.Next, at.AfterNext);
            return (wa * a.A + wb * b.A + wc * c.A + wd * d.A, wa * a.B + wb * b.B + wc * c.B + wd * d.B, wa * a.C + wb * b.C + wc * c.C + wd * d.C);
        }
    }
}
