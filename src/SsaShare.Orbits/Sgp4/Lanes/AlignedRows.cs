using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SsaShare.Orbits;

/// <summary>Doubles that begin on a cache line and never move, so that no row of eight spans two lines.</summary>
internal sealed class AlignedRows
{
    private const int LineBytes = 64;

    private readonly double[] _array;
    private readonly int _first;

    public AlignedRows(int count)
    {
        Count = count;
        _array = GC.AllocateArray<double>(count + LineBytes / sizeof(double), pinned: true);
        nint beyond = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) % LineBytes;
        _first = (int)((LineBytes - beyond) % LineBytes) / sizeof(double);
    }

    public int Count { get; }

    public Span<double> Span => _array.AsSpan(_first, Count);

    /// <exception cref="ArgumentOutOfRangeException">Fewer than <paramref name="count"/> numbers stand from <paramref name="start"/> on.</exception>
    public ref double From(int start, int count)
    {
        if ((uint)start > (uint)Count || (uint)count > (uint)(Count - start)) throw new ArgumentOutOfRangeException(nameof(start));
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _first + start);
    }
}
