using System.Runtime.Intrinsics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The objects of one window that are not ordinary (faster, a larger volume, a looser bound), side by side: whoever looks for one asks sixteen at once.</summary>
internal sealed class WideTable(int slots)
{
    public const int Many = 16;

    // As long as a vector that begins at the last one reaches.
    private readonly float[] _x = new float[slots + Many], _y = new float[slots + Many], _z = new float[slots + Many], _reach = new float[slots + Many], _low = new float[slots + Many], _high = new float[slots + Many];
    private readonly int[] _rank = new int[slots];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public int RankOf(int place) => _rank[place];

    /// <param name="middle">Of its chord, km.</param>
    /// <param name="reachKm">How far it is from there at most, and what single precision loses of the place.</param>
    /// <param name="shell">Between which distances from the centre it stays, km.</param>
    public void Add(int rank, Vector3d middle, double reachKm, (float LowKm, float HighKm) shell)
    {
        _rank[Count] = rank;
        (_x[Count], _y[Count], _z[Count], _reach[Count]) = ((float)middle.X, (float)middle.Y, (float)middle.Z, (float)(reachKm * (1 + 1e-6) + 1e-3));
        (_low[Count], _high[Count]) = shell;
        Count++;
    }

    /// <summary>Of up to <see cref="Many"/> from a place on those that a chord can meet: bit by bit.</summary>
    /// <param name="middle">Of the chord, km.</param>
    /// <param name="reach">Radius, half of the chord and pad, with what rounding asks for, km.</param>
    public uint Near(int first, Vector3d middle, float reach, (float LowKm, float HighKm) shell, float radiusKm)
    {
        var inShell = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref _low[first]), Vector512.Create(shell.HighKm + radiusKm))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref _high[first]), Vector512.Create(shell.LowKm - radiusKm));
        var x = Vector512.LoadUnsafe(ref _x[first]) - Vector512.Create((float)middle.X);
        var y = Vector512.LoadUnsafe(ref _y[first]) - Vector512.Create((float)middle.Y);
        var z = Vector512.LoadUnsafe(ref _z[first]) - Vector512.Create((float)middle.Z);
        var limit = Vector512.LoadUnsafe(ref _reach[first]) + Vector512.Create(reach);
        uint near = (uint)(inShell & Vector512.LessThanOrEqual(x * x + y * y + z * z, limit * limit)).ExtractMostSignificantBits();
        return Count - first < Many ? near & ((1u << (Count - first)) - 1) : near;
    }
}
