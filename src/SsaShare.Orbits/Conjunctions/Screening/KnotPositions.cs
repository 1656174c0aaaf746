using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Positions of all objects at successive knots, and from two of them the middles and halves of their chords. Objects stand in slots, eight side by side as <see cref="Sgp4Batch"/> has them;
/// ephemerides follow the element sets. One for each thread; filled again and again without allocation.
/// </summary>
internal sealed class KnotPositions
{
    private const int Axes = 3, BlockDoubles = Axes * Row.Lanes;

    /// <summary>Of states, in bytes, for one thread.</summary>
    private const long Room = 16L << 20;

    private readonly ScreenedSet _set;
    private readonly Sgp4States? _states;
    private readonly Epoch[] _times;
    private readonly int[] _ephemerides;
    private readonly double[] _ephemerisKm, _middle, _half;
    private readonly int _sgp4Blocks;
    private int _count;

    public KnotPositions(ScreenedSet set)
    {
        _set = set;
        _sgp4Blocks = set.Batch.Blocks;
        _ephemerides = [.. Enumerable.Range(0, set.Count).Where(i => set.InBatch(i) < 0)];
        int blocks = _sgp4Blocks + (_ephemerides.Length + Row.Lanes - 1) / Row.Lanes;
        Capacity = CapacityFor(set);
        if (_sgp4Blocks > 0) _states = set.Batch.CreateStates(Capacity + 1);
        _times = new Epoch[Capacity + 1];
        _ephemerisKm = new double[(Capacity + 1) * _ephemerides.Length * Axes];
        (_middle, _half) = (new double[blocks * BlockDoubles], new double[blocks * BlockDoubles]);
        ObjectOfSlot = new int[blocks * Row.Lanes];
        Array.Fill(ObjectOfSlot, -1);
        SlotOfObject = new int[set.Count];
        for (int i = 0; i < set.Count; i++)
            if (set.InBatch(i) >= 0) Seat(set.Batch.Slot(set.InBatch(i)), i);
        for (int i = 0; i < _ephemerides.Length; i++) Seat(_sgp4Blocks * Row.Lanes + i, _ephemerides[i]);
    }

    /// <summary>Windows that are held at once.</summary>
    public static int CapacityFor(ScreenedSet set) => (int)Math.Clamp(Room / (set.Count * 49L + 1), 1, 32);

    /// <summary>The same of this one.</summary>
    public int Capacity { get; }

    public int Slots => ObjectOfSlot.Length;

    /// <summary>-1 where a block is not full.</summary>
    public int[] ObjectOfSlot { get; }

    public int[] SlotOfObject { get; }

    /// <summary>All objects at these instants, one more than windows.</summary>
    public void Fill(ReadOnlySpan<long> knots)
    {
        _count = knots.Length;
        for (int i = 0; i < _count; i++) _times[i] = new Epoch(knots[i]);
        if (_states is not null)
        {
            _set.Batch.Propagate(_times.AsSpan(0, _count), _states);
            foreach (int index in _set.Limited) Blank(index, knots);
        }
        for (int i = 0, at = 0; i < _ephemerides.Length; i++)
            for (int t = 0; t < _count; t++, at += Axes)
            {
                if (!_set.TryState(_ephemerides[i], knots[t], out var position, out _)) position = new Vector3d(double.NaN, double.NaN, double.NaN);
                (_ephemerisKm[at], _ephemerisKm[at + 1], _ephemerisKm[at + 2]) = (position.X, position.Y, position.Z);
            }
    }

    /// <summary>No numbers where elements describe no orbit, whatever the theory answers.</summary>
    private void Blank(int index, ReadOnlySpan<long> knots)
    {
        int block = SlotOfObject[index] / Row.Lanes, lane = SlotOfObject[index] % Row.Lanes;
        for (int i = 0; i < knots.Length; i++)
            if (!_set.IsOrbit(index, knots[i])) _states!.Tiles.Span[((block * _states.Times) + i) * Row.StateCount * Row.Lanes + Row.X * Row.Lanes + lane] = double.NaN;
    }

    /// <summary>The chords from one knot to the next. Not numbers where an object has no state at either.</summary>
    public void Lay(int window)
    {
        if (_states is not null)
        {
            int stride = Row.StateCount * Row.Lanes;
            var half = Vector512.Create(0.5);
            for (int block = 0; block < _sgp4Blocks; block++)
            {
                ref double before = ref _states.Tiles.From((block * _states.Times + window) * stride, 2 * stride), after = ref Unsafe.Add(ref before, stride);
                ref double middle = ref _middle[block * BlockDoubles], way = ref _half[block * BlockDoubles];
                for (int axis = 0; axis < Axes; axis++)
                {
                    nuint at = (nuint)(axis * Row.Lanes);
                    Vector512<double> p = Vector512.LoadUnsafe(ref before, at), q = Vector512.LoadUnsafe(ref after, at);
                    ((p + q) * half).StoreUnsafe(ref middle, at);
                    ((q - p) * half).StoreUnsafe(ref way, at);
                }
            }
        }
        for (int i = 0, slot = _sgp4Blocks * Row.Lanes; i < _ephemerides.Length; i++, slot++)
            for (int axis = 0; axis < Axes; axis++)
            {
                int from = (i * _count + window) * Axes + axis, to = slot / Row.Lanes * BlockDoubles + axis * Row.Lanes + slot % Row.Lanes;
                double p = _ephemerisKm[from], q = _ephemerisKm[from + Axes];
                (_middle[to], _half[to]) = (0.5 * (p + q), 0.5 * (q - p));
            }
    }

    /// <summary>The rows x, y and z of the middles in a block, km.</summary>
    public ref double Middles(int block) => ref _middle[block * BlockDoubles];

    /// <summary>The rows x, y and z of the halves in a block, km.</summary>
    public ref double Halves(int block) => ref _half[block * BlockDoubles];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3d Middle(int slot) => At(_middle, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3d Half(int slot) => At(_half, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector3d At(double[] rows, int slot)
    {
        ref double x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), (slot >> 3) * BlockDoubles + (slot & 7));
        return new Vector3d(x, Unsafe.Add(ref x, Row.Lanes), Unsafe.Add(ref x, 2 * Row.Lanes));
    }

    private void Seat(int slot, int index) => (ObjectOfSlot[slot], SlotOfObject[index]) = (index, slot);
}
