using System.Runtime.InteropServices;

namespace SsaShare.Fusion;

/// <summary>That a tracklet may belong to a track.</summary>
/// <param name="Tracklet">Its number in the scan, from 0.</param>
/// <param name="Track">Its number, 0 or more.</param>
/// <param name="Cost">Minus the logarithm of the likelihood: <see cref="Orbits.TrackletDistance.Cost"/> less the logarithm of the probability that the object is seen.</param>
public readonly record struct AssignmentChoice(int Tracklet, int Track, double Cost);

/// <summary>Tracklets and tracks that compete with each other and with no others.</summary>
/// <param name="Tracklets">Their numbers, ascending.</param>
/// <param name="Tracks">Numbers of the tracks that any of them may belong to, ascending.</param>
/// <param name="Cost">Of the best assignment.</param>
/// <param name="Margin">What the second best costs more: the logarithm of the odds between both. Infinite where there is no other.</param>
public sealed record AssignmentCluster(IReadOnlyList<int> Tracklets, IReadOnlyList<int> Tracks, double Cost, double Margin);

/// <summary>Which tracklet of a scan belongs to which track, decided for all at once: every track gets one at most.</summary>
/// <param name="TrackOf">Of every tracklet; null where it is none of them (a new object or a false alarm).</param>
/// <param name="Clusters">In order of their first tracklet; those with a small margin are ambiguous.</param>
public sealed record ScanAssignment(IReadOnlyList<int?> TrackOf, IReadOnlyList<AssignmentCluster> Clusters)
{
    /// <summary>The exact best assignment.</summary>
    /// <param name="tracklets">How many there are.</param>
    /// <param name="choices">All pairs that are possible, each once, in any order.</param>
    /// <param name="newCost">
    /// Of taking a tracklet for a new object or a false alarm: minus the logarithm of their density, counted in the cells of the sensor's noise that <see cref="Orbits.TrackletDistance.Cost"/> refers to. The same for all
    /// sensors with the same number of figures.
    /// </param>
    /// <exception cref="ArgumentException">A number is outside its range, a cost is not finite, or a pair stands twice.</exception>
    /// <remarks>
    /// Connected clusters apart; in each successive shortest augmenting paths (Jonker and Volgenant, Computing 38, 1987), of order n²·m. The second best by Murty's partition (Operations Research 16, 1968): it differs
    /// from the best in one tracklet at least, so it is the best of those that are denied one of its pairs. Of equal solutions the lower numbers are taken, whatever the order given.
    /// </remarks>
    public static ScanAssignment Solve(int tracklets, IReadOnlyCollection<AssignmentChoice> choices, double newCost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tracklets);
        if (!double.IsFinite(newCost)) throw new ArgumentException("A cost is finite.", nameof(newCost));
        var sorted = choices.OrderBy(c => c.Tracklet).ThenBy(c => c.Track).ToList();
        for (int i = 0; i < sorted.Count; i++)
        {
            var one = sorted[i];
            if (one.Tracklet < 0 || one.Tracklet >= tracklets || one.Track < 0 || !double.IsFinite(one.Cost)) throw new ArgumentException($"{one} is no choice.", nameof(choices));
            if (i > 0 && (sorted[i - 1].Tracklet, sorted[i - 1].Track) == (one.Tracklet, one.Track)) throw new ArgumentException($"{one} stands twice.", nameof(choices));
        }
        int?[] trackOf = new int?[tracklets];
        var clusters = new List<AssignmentCluster>();
        foreach (var members in Connected(tracklets, sorted)) clusters.Add(SolveCluster(members, sorted, newCost, trackOf));
        return new ScanAssignment(trackOf, clusters);
    }

    private static AssignmentCluster SolveCluster(List<int> members, List<AssignmentChoice> choices, double newCost, int?[] trackOf)
    {
        var own = members.SelectMany(t => Of(choices, t).ToArray()).ToList();
        int[] tracks = [.. own.Select(c => c.Track).Distinct().Order()];
        // A column for every track, and one for every tracklet to be nothing known.
        int rows = members.Count, columns = tracks.Length + rows;
        double[] cost = new double[rows * columns];
        Array.Fill(cost, double.PositiveInfinity);
        for (int i = 0; i < rows; i++) cost[i * columns + tracks.Length + i] = newCost;
        foreach (var one in own) cost[members.BinarySearch(one.Tracklet) * columns + Array.BinarySearch(tracks, one.Track)] = one.Cost;
        int[] best = ShortestPaths.Solve(cost, rows, columns, out double total), other = new int[rows];
        double second = double.PositiveInfinity;
        for (int i = 0; i < rows; i++)
        {
            int at = i * columns + best[i];
            double kept = cost[at];
            cost[at] = double.PositiveInfinity;
            if (ShortestPaths.TrySolve(cost, rows, columns, other, out double without)) second = Math.Min(second, without);
            cost[at] = kept;
            trackOf[members[i]] = best[i] < tracks.Length ? tracks[best[i]] : null;
        }
        return new AssignmentCluster(members, tracks, total, Math.Max(0, second - total));
    }

    /// <summary>Tracklets that share tracks, directly or through others; in order of the first.</summary>
    private static List<List<int>> Connected(int tracklets, List<AssignmentChoice> choices)
    {
        int[] parent = [.. Enumerable.Range(0, tracklets)];
        var owner = new Dictionary<int, int>();
        foreach (var one in choices)
            if (!owner.TryAdd(one.Track, one.Tracklet)) join(owner[one.Track], one.Tracklet);
        return [.. Enumerable.Range(0, tracklets).GroupBy(root).Select(group => group.ToList())];

        int root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        void join(int a, int b)
        {
            (a, b) = (root(a), root(b));
            parent[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    private static ReadOnlySpan<AssignmentChoice> Of(List<AssignmentChoice> sorted, int tracklet)
    {
        int first = before(tracklet), end = before(tracklet + 1);
        return CollectionsMarshal.AsSpan(sorted)[first..end];

        int before(int t)
        {
            int low = 0, high = sorted.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (sorted[middle].Tracklet < t) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
