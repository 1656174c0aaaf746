namespace SsaShare.Orbits;

/// <summary>One run over the span: strides of windows shared out to threads, then the slow pairs and the objects without states.</summary>
internal sealed class ScreeningRun(ScreenedSet set, int? stride)
{
    /// <summary>Two times of one pair nearer than this are one approach, found from both sides of a window's edge.</summary>
    private const long SameNs = 50_000_000;

    /// <summary>Each is followed over the whole span: real catalogs have dozens.</summary>
    internal const int MostSlowPairs = 200_000;

    private readonly Lock _gate = new();
    private volatile bool _isCrowded;
    private readonly List<CloseApproach> _found = [];
    private readonly HashSet<(int A, int B)> _slow = [];
    private readonly bool[] _isTroubled = new bool[set.Count];
    private long _states, _tested, _examined;

    public List<CloseApproach> Approaches { get; private set; } = [];

    public List<ScreeningIssue> Issues { get; private set; } = [];

    public ScreeningWork Work => new(set.Windows.Count, _states, _tested, _examined, _slow.Count);

    public void Go(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int[]? seekers = set.FewestSeekers();
        int chosen = stride ?? StrideFor(set.Count, seekers?.Length ?? set.Count);
        if (seekers is not { Length: 0 } && set.Count > 1) Scan(new ScanPlan(set, chosen, seekers), null, progress, cancellationToken);
        else Array.Fill(_isTroubled, true);

        int[] troubled = [.. Enumerable.Range(0, set.Count).Where(index => _isTroubled[index] || set.HasGaps(index))];
        var passedOver = new SortedSet<int>();
        Issues = MissingStates.Find(set, troubled, chosen, passedOver, cancellationToken);
        if (passedOver.Count > 0) Scan(new ScanPlan(set, 1, troubled), [.. passedOver.SelectMany(one => Enumerable.Range(one * chosen, chosen)).Where(window => window < set.Windows.Count)], null, cancellationToken);

        var slow = SlowPairs.Follow(set, _slow, cancellationToken);
        var slowIds = _slow.Select(pair => (set.Objects[pair.A].Id, set.Objects[pair.B].Id)).ToHashSet();
        _found.RemoveAll(one => slowIds.Contains((one.Id1, one.Id2)));
        _found.AddRange(slow);
        Approaches = WithoutTwins(_found);
    }

    /// <summary>
    /// The dearest parts are the states of all objects at every knot, and the pairs to be tested, whose number grows with the cube of the time between two knots. What they cost was measured on
    /// the catalog of 2024-11-01.
    /// </summary>
    internal static int StrideFor(int objects, int seekers)
    {
        double best = double.MaxValue;
        int chosen = 1;
        foreach (int stride in (int[])[1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48])
        {
            double reach = 90.0 * stride, pairs = 1.5e-11 * seekers * (double)objects * reach * reach * Math.Min(reach, 500), cost = (40.0 * objects + 60.0 * seekers + 4 * pairs) / stride;
            if (cost < best) (best, chosen) = (cost, stride);
        }
        return chosen;
    }

    /// <param name="windows">Only these; all where null.</param>
    private void Scan(ScanPlan plan, int[]? windows, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int strides = (set.Windows.Count + plan.Stride - 1) / plan.Stride;
        // Many pieces, so that no thread waits long for another; as long as the memory for states allows.
        int capacity = windows is null ? Math.Max(1, Math.Min(KnotPositions.CapacityFor(set), strides / (4 * set.Options.Threads) + 1)) : 1;
        int pieces = windows?.Length ?? (strides + capacity - 1) / capacity, threads = Math.Min(set.Options.Threads, pieces), next = -1, done = 0;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ =>
        {
            // One scan for each thread from first to last, for it holds much memory.
            var scan = new WindowScan(set, plan);
            for (int piece = Interlocked.Increment(ref next); piece < pieces && !_isCrowded; piece = Interlocked.Increment(ref next))
            {
                int first = windows is null ? piece * capacity : windows[piece];
                scan.Run(first, Math.Min(capacity, strides - first), cancellationToken);
                _isCrowded |= scan.IsCrowded;
                progress?.Report(0.95 * Interlocked.Increment(ref done) / pieces);
            }
            Gather(scan);
        });
        if (_isCrowded || _slow.Count > MostSlowPairs)
        {
            var most = _slow.SelectMany(pair => new[] { pair.A, pair.B }).CountBy(index => index).MaxBy(entry => (entry.Value, -entry.Key)).Key;
            long[] others = [.. _slow.Where(pair => pair.A == most || pair.B == most).Select(pair => set.Objects[pair.A == most ? pair.B : pair.A].Id).Order()];
            throw new CrowdedScreeningException(MostSlowPairs, set.Objects[most].Id, others);
        }
    }

    private void Gather(WindowScan scan)
    {
        lock (_gate)
        {
            _found.AddRange(scan.Found);
            _slow.UnionWith(scan.Slow);
            for (int i = 0; i < _isTroubled.Length; i++) _isTroubled[i] |= scan.IsTroubled[i];
            (_states, _tested, _examined) = (_states + scan.States, _tested + scan.PairsTested, _examined + scan.PairsExamined);
        }
    }

    private static List<CloseApproach> WithoutTwins(List<CloseApproach> found)
    {
        found.Sort((a, b) => a.Id1 != b.Id1 ? a.Id1.CompareTo(b.Id1) : a.Id2 != b.Id2 ? a.Id2.CompareTo(b.Id2) : a.Tca.CompareTo(b.Tca));
        var kept = new List<CloseApproach>(found.Count);
        foreach (var one in found)
            if (kept.Count == 0 || (kept[^1].Id1, kept[^1].Id2) != (one.Id1, one.Id2) || one.Tca.NanosecondsSinceJ2000 - kept[^1].Tca.NanosecondsSinceJ2000 > SameNs) kept.Add(one);
        return kept;
    }
}
