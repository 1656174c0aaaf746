using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SsaShare.Orbits;

/// <summary>
/// Objects by the cubic cell of space in which the middle of their chord lies. Cells go into a table of fixed size by a linear function of their three numbers: a neighbouring cell is a constant
/// away, and cells above each other are side by side. Objects are then sorted by place, so that what is near is a run of ranks. Cells that share a place only cause tests in vain.
/// </summary>
internal sealed class CellTable
{
    /// <summary>Single precision in runs: this much of a coordinate is lost at most.</summary>
    public const double LostShare = 1.2e-7;

    // Coprime to every power of two, and far from small multiples of each other.
    private const long StrideX = 40_503, StrideY = 82_371;

    private readonly int[] _start, _slotOfRank;
    private readonly long[] _cell;
    private readonly float[] _x, _y, _z;
    private readonly bool[] _isIn;
    private readonly int _size;

    public CellTable(int slots)
    {
        _size = 1_024;
        while (_size < 2L * slots && _size < 1 << 24) _size *= 2;
        _start = new int[_size + 2];
        (_slotOfRank, _cell, _isIn) = (new int[slots], new long[slots], new bool[slots]);
        (_x, _y, _z) = (new float[slots], new float[slots], new float[slots]);
    }

    /// <summary>How many objects lie in cells.</summary>
    public int Count { get; private set; }

    /// <summary>How far the place of a neighbour is away.</summary>
    public static long Offset(int dx, int dy, int dz) => dx * StrideX + dy * StrideY + dz;

    public void Clear()
    {
        Array.Clear(_start);
        Array.Clear(_isIn);
        Count = 0;
    }

    /// <summary>Reckons the cells of the eight slots of a block.</summary>
    /// <param name="middles">Rows x, y and z, km.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reckon(int block, ref double middles, double perCellKm)
    {
        // Counted from far outside, so that rounding towards zero is rounding down.
        var perCell = Vector512.Create(perCellKm);
        var origin = Vector512.Create((double)(1 << 28));
        var x = Vector512.ConvertToInt64(Vector512.LoadUnsafe(ref middles) * perCell + origin);
        var y = Vector512.ConvertToInt64(Vector512.LoadUnsafe(ref middles, Row.Lanes) * perCell + origin);
        var z = Vector512.ConvertToInt64(Vector512.LoadUnsafe(ref middles, 2 * Row.Lanes) * perCell + origin);
        (x * StrideX + y * StrideY + z).StoreUnsafe(ref _cell[block * Row.Lanes]);
    }

    /// <summary>Counts a slot in, once its block is reckoned.</summary>
    public void Add(int slot)
    {
        _isIn[slot] = true;
        _start[PlaceOf(_cell[slot]) + 2]++;
        Count++;
    }

    public bool Has(int slot) => _isIn[slot];

    public long CellOf(int slot) => _cell[slot];

    public int SlotAt(int rank) => _slotOfRank[rank];

    /// <summary>Sorts all that were added.</summary>
    public void Sort(KnotPositions positions)
    {
        // Counts stand two places up. Summed, they are where each place begins, one up; and that entry moves to the end of its place as the place fills, which is where the next begins.
        for (int place = 2; place < _start.Length; place++) _start[place] += _start[place - 1];
        for (int slot = 0; slot < _isIn.Length; slot++)
        {
            if (!_isIn[slot]) continue;
            int rank = _start[PlaceOf(_cell[slot]) + 1]++;
            var middle = positions.Middle(slot);
            (_slotOfRank[rank], _x[rank], _y[rank], _z[rank]) = (slot, (float)middle.X, (float)middle.Y, (float)middle.Z);
        }
    }

    /// <summary>The ranks of cells above each other, from one cell up to another: one run, or two where the table ends between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int From, int To, int More) Run(long lowest, int cells)
    {
        int place = PlaceOf(lowest), end = place + cells;
        ref int start = ref MemoryMarshal.GetArrayDataReference(_start);
        return end <= _size ? (Unsafe.Add(ref start, place), Unsafe.Add(ref start, end), 0) : (_start[place], _start[_size], _start[end - _size]);
    }

    /// <summary>Where the run of a rank's own place and the one above ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int From, int To, int More) RunAfter(int rank, long cell)
    {
        var (_, to, more) = Run(cell, 2);
        return (rank + 1, to, more);
    }

    /// <summary>Square of the distance of the middles, in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Distance2(int rank, int other)
    {
        float x = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_x), other) - Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_x), rank);
        float y = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_y), other) - Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_y), rank);
        float z = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_z), other) - Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_z), rank);
        return x * x + y * y + z * z;
    }

    private int PlaceOf(long cell) => (int)(cell & (_size - 1));
}
