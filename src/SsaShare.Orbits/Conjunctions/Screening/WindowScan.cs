using System.Numerics;
using System.Runtime.CompilerServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Goes through windows: lays the chords of all objects, puts their middles into cells, and tests pairs of neighbouring cells by <see cref="MotionBound"/>. What passes is examined by <see cref="ApproachSearch"/>.
/// One for each thread.
/// </summary>
/// <remarks>
/// Two chords with middles m, halves s and pads e come within a radius R only when |m1 - m2| ≤ R + |s1| + |s2| + e1 + e2. For two ordinary objects that is at most the edge of a cell, so neighbouring
/// cells suffice. Any other object (faster, with a larger volume or a looser bound) looks for ordinary ones as far around as its own figures ask for, and for others of its kind one by one: they are few.
/// </remarks>
internal sealed partial class WindowScan
{
    /// <summary>Beyond, an object looks around itself: single precision is too coarse there for the others.</summary>
    private const double OrdinaryReachKm = 200_000;

    /// <summary>So many runs of cells around an object are always worth it.</summary>
    private const int MostRuns = 64;

    /// <summary>The lowest of three cells above each other, of half of the cells around: of two neighbours one looks at the other. The cell above stands with the cell itself.</summary>
    private static readonly long[] Forward = [CellTable.Offset(0, 1, -1), CellTable.Offset(1, -1, -1), CellTable.Offset(1, 0, -1), CellTable.Offset(1, 1, -1)];

    private readonly ScreenedSet _set;
    private readonly ScanPlan _plan;
    private readonly ApproachSearch _search;
    private readonly KnotPositions _positions;
    private readonly CellTable _cells;
    private readonly long[] _knots;
    private readonly bool[] _isOrdinary, _isSeeker;
    private readonly int[] _seeking;
    private readonly WideTable _wide;
    private int _seekingCount, _window;

    public WindowScan(ScreenedSet set, ScanPlan plan)
    {
        (_set, _plan, _search, _positions) = (set, plan, new ApproachSearch(set), new KnotPositions(set));
        _cells = new CellTable(_positions.Slots, plan.Seekers is not null);
        _knots = new long[_positions.Capacity + 1];
        (_isOrdinary, _isSeeker) = (new bool[_positions.Slots], new bool[_positions.Slots]);
        (_seeking, _wide) = (new int[_positions.Slots], new WideTable(_positions.Slots));
        foreach (int index in plan.Seekers ?? []) _isSeeker[_positions.SlotOfObject[index]] = true;
        IsTroubled = new bool[set.Count];
    }

    public List<CloseApproach> Found { get; } = [];

    /// <summary>Pairs of objects to be followed over the whole span, the smaller number first.</summary>
    public HashSet<(int A, int B)> Slow { get; } = [];

    /// <summary>Too many are slow: nothing more is examined.</summary>
    public bool IsCrowded => Slow.Count > ScreeningRun.MostSlowPairs;

    /// <summary>Objects that had no state at some knot, or may have none between two.</summary>
    public bool[] IsTroubled { get; }

    public long PairsTested { get; private set; }

    public long PairsExamined { get; private set; }

    public long States { get; private set; }

    /// <summary>How many strides of windows are best gone through at once.</summary>
    public int Capacity => _positions.Capacity;

    /// <param name="firstStride">Counted in strides of windows.</param>
    public void Run(int firstStride, int strides, CancellationToken cancellationToken)
    {
        for (int i = 0; i <= strides; i++) _knots[i] = _set.Windows.Knot(FirstWindow(firstStride + i));
        _positions.Fill(_knots.AsSpan(0, strides + 1));
        States += (strides + 1L) * _set.Count;
        for (int i = 0; i < strides; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsCrowded) return;
            _window = FirstWindow(firstStride + i);
            _positions.Lay(i);
            Place();
            if (_plan.Seekers is null) SeekFromAll();
            else foreach (int rank in _seeking.AsSpan(0, _seekingCount)) SeekAround(rank);
        }
    }

    private int FirstWindow(int stride) => (int)Math.Min((long)stride * _plan.Stride, _set.Windows.Count);

    private void Place()
    {
        _cells.Clear();
        _wide.Clear();
        _seekingCount = 0;
        double perCell = 1 / _plan.CellKm;
        int[] objects = _positions.ObjectOfSlot;
        for (int block = 0; block < objects.Length / Row.Lanes; block++)
        {
            ref double middles = ref _positions.Middles(block), halves = ref _positions.Halves(block);
            _cells.Reckon(block, ref middles, perCell);
            for (int lane = 0; lane < Row.Lanes; lane++)
            {
                int slot = block * Row.Lanes + lane, index = objects[slot];
                if (index < 0) continue;
                double x = Unsafe.Add(ref halves, lane), y = Unsafe.Add(ref halves, Row.Lanes + lane), z = Unsafe.Add(ref halves, 2 * Row.Lanes + lane), half2 = x * x + y * y + z * z;
                if (!(half2 < double.MaxValue))
                {
                    // Not a number: no state at one of the knots.
                    IsTroubled[index] = true;
                    continue;
                }
                if (_plan.MayDip[index]) NoteLow(slot, index);
                _cells.Add(slot);
                _isOrdinary[slot] = half2 <= _plan.OrdinaryHalfKm * _plan.OrdinaryHalfKm && _set.RadiusKm[index] <= _plan.OrdinaryRadiusKm && _plan.PadKm[index] <= _plan.OrdinaryPadKm
                    && _positions.Middle(slot).NormSquared < OrdinaryReachKm * OrdinaryReachKm;
            }
        }
        _cells.Sort(_positions, _plan.PadKm, _plan.Shells);
        for (int rank = 0; rank < _cells.Count; rank++)
        {
            int slot = _cells.SlotAt(rank);
            if (!_isOrdinary[slot]) AddWide(rank, slot);
            if (_plan.Seekers is null ? !_isOrdinary[slot] : _isSeeker[slot]) _seeking[_seekingCount++] = rank;
        }
    }

    private void AddWide(int rank, int slot)
    {
        Vector3d middle = _positions.Middle(slot);
        int index = _positions.ObjectOfSlot[slot];
        _wide.Add(rank, middle, _positions.Half(slot).Norm + _plan.PadKm[index] + CellTable.LostShare * middle.Norm, _plan.Shells[index]);
    }

    /// <summary>Between distant knots an orbit may dip below where SGP4 has states.</summary>
    private void NoteLow(int slot, int index)
    {
        const double LowKm = MotionBound.EarthRadiusKm + 20;
        Vector3d middle = _positions.Middle(slot), half = _positions.Half(slot);
        double length2 = half.NormSquared, at = length2 > 0 ? Math.Clamp(-middle.Dot(half) / length2, -1, 1) : 0;
        if ((middle + at * half).NormSquared < LowKm * LowKm) IsTroubled[index] = true;
    }

    private void SeekFromAll()
    {
        float reach = WithRounding(_plan.CellKm, OrdinaryReachKm), reach2 = reach * reach, radius = WithRounding(_plan.OrdinaryRadiusKm, OrdinaryReachKm);
        long tested = 0;
        for (int rank = 0; rank < _cells.Count; rank++)
        {
            int slot = _cells.SlotAt(rank);
            if (!_isOrdinary[slot]) continue;
            long cell = _cells.CellOf(slot);
            tested += TestOrdinary(rank, slot, _cells.RunAfter(rank, cell), reach2, radius);
            foreach (long offset in Forward) tested += TestOrdinary(rank, slot, _cells.Run(cell + offset, 3), reach2, radius);
        }
        PairsTested += tested;
        for (int i = 0; i < _seekingCount; i++) SeekAround(_seeking[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TestOrdinary(int rank, int slot, (int From, int To, int More) run, float reach2, float radius)
    {
        for (int other = run.From; other < run.To; other++)
            if (_cells.MayMeet(rank, other, reach2, radius)) TestOrdinary(slot, _cells.SlotAt(other));
        for (int other = 0; other < run.More; other++)
            if (_cells.MayMeet(rank, other, reach2, radius)) TestOrdinary(slot, _cells.SlotAt(other));
        return Math.Max(0, run.To - run.From) + run.More;
    }

    private void TestOrdinary(int slot, int other)
    {
        if (_isOrdinary[other] && other != slot) Test(slot, other);
    }

    /// <summary>Everything that can come near one object: the ordinary by cells, the others one by one. Of two that both look around themselves the one with the larger slot tests the pair.</summary>
    private void SeekAround(int rank)
    {
        int slot = _cells.SlotAt(rank), index = _positions.ObjectOfSlot[slot];
        double reach = Math.Max(_set.RadiusKm[index], _plan.OrdinaryRadiusKm) + _positions.Half(slot).Norm + _plan.OrdinaryHalfKm + _plan.PadKm[index] + _plan.OrdinaryPadKm;
        double fromCentre = _positions.Middle(slot).Norm + reach;
        float rounded = WithRounding(reach, fromCentre), reach2 = rounded * rounded, radius = WithRounding(_plan.LargestRadiusKm, fromCentre);
        double around = Math.Ceiling(reach / _plan.CellKm), runs = (2 * around + 1) * (2 * around + 1);
        long tested = _wide.Count;
        // Where the cells around are as many as the objects, these are looked at one after the other.
        if (!(runs < MostRuns + _cells.Count / CellTable.Many)) tested += TestRun(rank, slot, 0, _cells.Count, reach2, radius);
        else tested += TestCells(rank, slot, (int)around, reach2, radius);
        float own = WithRounding(_plan.LargestRadiusKm + _positions.Half(slot).Norm + _plan.PadKm[index], fromCentre);
        for (int first = 0; first < _wide.Count; first += WideTable.Many)
            for (uint near = _wide.Near(first, _positions.Middle(slot), own, _plan.Shells[index], radius); near != 0; near &= near - 1)
                TestAround(rank, slot, _wide.RankOf(first + BitOperations.TrailingZeroCount(near)), false, float.MaxValue, radius);
        PairsTested += tested;
    }

    private long TestCells(int rank, int slot, int cells, float reach2, float radius)
    {
        long cell = _cells.CellOf(slot), tested = 0;
        for (int dx = -cells; dx <= cells; dx++)
        for (int dy = -cells; dy <= cells; dy++)
        {
            var (from, to, more) = _cells.Run(cell + CellTable.Offset(dx, dy, -cells), 2 * cells + 1);
            tested += TestRun(rank, slot, from, to, reach2, radius) + TestRun(rank, slot, 0, more, reach2, radius);
        }
        return tested;
    }

    private int TestRun(int rank, int slot, int from, int to, float reach2, float radius)
    {
        bool hasShells = _plan.Seekers is not null;
        for (int first = from; first < to; first += CellTable.Many)
        {
            uint near = hasShells ? _cells.NearInShell(rank, first, to, reach2, radius) : _cells.Near(rank, first, to, reach2);
            for (; near != 0; near &= near - 1) TestAround(rank, slot, first + BitOperations.TrailingZeroCount(near), true, reach2, radius);
        }
        return to - from;
    }

    private void TestAround(int rank, int slot, int other, bool isOrdinary, float reach2, float radius)
    {
        if (!_cells.MayMeet(rank, other, reach2, radius)) return;
        int otherSlot = _cells.SlotAt(other);
        if (_isOrdinary[otherSlot] != isOrdinary) return;
        bool looksItself = _plan.Seekers is null ? !isOrdinary : _isSeeker[otherSlot];
        if (looksItself ? otherSlot < slot : otherSlot != slot) Test(slot, otherSlot);
    }

    /// <summary>A distance that no pair nearer than <paramref name="km"/> passes, rounded as its coordinates are.</summary>
    private static float WithRounding(double km, double fromCentreKm) => (float)((km + 8 * CellTable.LostShare * fromCentreKm + 1e-3) * (1 + 1e-6));
}
