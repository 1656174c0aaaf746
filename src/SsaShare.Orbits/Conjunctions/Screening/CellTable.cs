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

    /// <summary>Ranks that <see cref="Near"/> looks at together.</summary>
    public const int Many = 16;

    // Coprime to every power of two, and far from small multiples of each other.
    private const long StrideX = 40_503, StrideY = 82_371;

    private readonly int[] _start, _slotOfRank;
    private readonly long[] _cell;
    private readonly Chord[] _chords;
    private readonly float[] _x, _y, _z, _low, _high;
    private readonly bool[] _isIn;
    private readonly int _size;

    /// <param name="hasShells">Whether <see cref="NearInShell"/> is asked.</param>
    public CellTable(int slots, bool hasShells)
    {
        _size = 1_024;
        while (_size < 2L * slots && _size < 1 << 24) _size *= 2;
        _start = new int[_size + 2];
        (_slotOfRank, _cell, _isIn) = (new int[slots], new long[slots], new bool[slots]);
        _chords = new Chord[slots];
        // As long as a vector that begins at the last rank reaches.
        (_x, _y, _z) = (new float[slots + Many], new float[slots + Many], new float[slots + Many]);
        (_low, _high) = hasShells ? (new float[slots + Many], new float[slots + Many]) : ([], []);
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
    /// <param name="shells">Of each object: between which distances from the centre it stays.</param>
    public void Sort(KnotPositions positions, double[] padKmOfObject, (float LowKm, float HighKm)[] shells)
    {
        // Counts stand two places up. Summed, they are where each place begins, one up; and that entry moves to the end of its place as the place fills, which is where the next begins.
        for (int place = 2; place < _start.Length; place++) _start[place] += _start[place - 1];
        for (int slot = 0; slot < _isIn.Length; slot++)
        {
            if (!_isIn[slot]) continue;
            int rank = _start[PlaceOf(_cell[slot]) + 1]++;
            var (middle, half) = (positions.Middle(slot), positions.Half(slot));
            _slotOfRank[rank] = slot;
            (_x[rank], _y[rank], _z[rank]) = ((float)middle.X, (float)middle.Y, (float)middle.Z);
            _chords[rank] = new Chord((float)middle.X, (float)middle.Y, (float)middle.Z, (float)half.X, (float)half.Y, (float)half.Z, (float)padKmOfObject[positions.ObjectOfSlot[slot]]);
            if (_low.Length > 0) (_low[rank], _high[rank]) = shells[positions.ObjectOfSlot[slot]];
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

    /// <summary>Whether two chords come as near as a radius and both pads, in single precision.</summary>
    /// <param name="reach2">Their middles are no further apart, km².</param>
    /// <param name="radiusKm">With what rounding asks for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayMeet(int rank, int other, float reach2, float radiusKm)
    {
        ref Chord a = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chords), rank), b = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chords), other);
        float x = b.X - a.X, y = b.Y - a.Y, z = b.Z - a.Z;
        return x * x + y * y + z * z <= reach2 && MayMeet(in a, in b, x, y, z, radiusKm);
    }

    /// <summary>Of up to <see cref="Many"/> ranks from the first one on those whose middles are within a distance and whose shells come within a radius: bit by bit.</summary>
    public uint NearInShell(int rank, int first, int end, float reach2, float radiusKm)
    {
        var reaches = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref _low[first]), Vector512.Create(_high[rank] + radiusKm))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref _high[first]), Vector512.Create(_low[rank] - radiusKm));
        uint inShell = (uint)reaches.ExtractMostSignificantBits();
        return inShell == 0 ? 0 : inShell & Near(rank, first, end, reach2);
    }

    /// <summary>Of up to <see cref="Many"/> ranks from the first one on those whose middles are within a distance: bit by bit.</summary>
    public uint Near(int rank, int first, int end, float reach2)
    {
        var x = Vector512.LoadUnsafe(ref _x[first]) - Vector512.Create(_x[rank]);
        var y = Vector512.LoadUnsafe(ref _y[first]) - Vector512.Create(_y[rank]);
        var z = Vector512.LoadUnsafe(ref _z[first]) - Vector512.Create(_z[rank]);
        uint near = (uint)Vector512.LessThanOrEqual(x * x + y * y + z * z, Vector512.Create(reach2)).ExtractMostSignificantBits();
        return end - first < Many ? near & ((1u << (end - first)) - 1) : near;
    }

    private static bool MayMeet(in Chord a, in Chord b, float x, float y, float z, float radiusKm)
    {
        float u = b.HalfX - a.HalfX, v = b.HalfY - a.HalfY, w = b.HalfZ - a.HalfZ, length2 = u * u + v * v + w * w;
        float at = length2 > 0 ? Math.Clamp(-(x * u + y * v + z * w) / length2, -1, 1) : 0;
        (x, y, z) = (x + at * u, y + at * v, z + at * w);
        float limit = radiusKm + a.PadKm + b.PadKm;
        return x * x + y * y + z * z <= limit * limit;
    }

    private readonly record struct Chord(float X, float Y, float Z, float HalfX, float HalfY, float HalfZ, float PadKm);

    private int PlaceOf(long cell) => (int)(cell & (_size - 1));
}
