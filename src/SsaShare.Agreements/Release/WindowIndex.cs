using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Which clauses of a list pass at an instant, where each passes from a first instant up to and without another. Immutable.</summary>
internal sealed class WindowIndex
{
    private readonly long[] _edges;      // ascending
    private readonly ulong[][] _between; // [i]: at and after edge i - 1, before edge i

    /// <param name="windows">One for each clause; null leaves a side open.</param>
    public WindowIndex(IReadOnlyList<(Epoch? From, Epoch? Until)> windows)
    {
        _edges = [.. windows.SelectMany(window => new[] { window.From, window.Until }).OfType<Epoch>().Select(edge => edge.NanosecondsSinceJ2000).Distinct().Order()];
        _between = new ulong[_edges.Length + 1][];
        for (int i = 0; i < _between.Length; i++) _between[i] = new ulong[ClauseBits.Words(windows.Count)];
        for (int clause = 0; clause < windows.Count; clause++)
        {
            int first = windows[clause].From is { } from ? Place(from.NanosecondsSinceJ2000) : 0;
            int last = windows[clause].Until is { } until ? Place(until.NanosecondsSinceJ2000) - 1 : _edges.Length;
            for (int i = first; i <= last; i++) ClauseBits.Set(_between[i], clause);
        }
    }

    /// <summary>Whether no clause has a window.</summary>
    public bool IsOpen => _edges.Length == 0;

    /// <summary>The clauses that pass at an instant.</summary>
    public ReadOnlySpan<ulong> Of(Epoch instant) => _between[Place(instant.NanosecondsSinceJ2000)];

    /// <summary>The clauses that pass throughout the time around an instant, and those that pass somewhere in it.</summary>
    /// <param name="instant">The middle.</param>
    /// <param name="slackNanoseconds">To either side, both ends included.</param>
    /// <param name="throughout">Gets the first.</param>
    /// <param name="somewhere">Gets the second.</param>
    public void Around(Epoch instant, long slackNanoseconds, Span<ulong> throughout, Span<ulong> somewhere)
    {
        int first = Place(Saturate((Int128)instant.NanosecondsSinceJ2000 - slackNanoseconds)), last = Place(Saturate((Int128)instant.NanosecondsSinceJ2000 + slackNanoseconds));
        _between[first].CopyTo(throughout);
        _between[first].CopyTo(somewhere);
        for (int i = first + 1; i <= last; i++)
            for (int w = 0; w < throughout.Length; w++)
            {
                throughout[w] &= _between[i][w];
                somewhere[w] |= _between[i][w];
            }
    }

    private static long Saturate(Int128 value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    /// <summary>How many edges are at or before the instant.</summary>
    private int Place(long instant)
    {
        int at = Array.BinarySearch(_edges, instant);
        return at >= 0 ? at + 1 : ~at;
    }
}
