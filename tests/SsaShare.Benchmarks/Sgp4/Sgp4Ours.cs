using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>A group of satellites in one batch of ours.</summary>
internal sealed class Sgp4Ours(ElementSet[] elements, Epoch[] times, Sgp4Vectors vectors)
{
    private readonly Sgp4Batch _batch = new(elements, vectors: vectors);
    private Sgp4States? _states;

    /// <summary>Of one run.</summary>
    public long States => (long)elements.Length * times.Length;

    public Sgp4Vectors Vectors => _batch.Vectors;

    /// <summary>Of the last satellite at the last time.</summary>
    public Vector3d LastPositionKm => _states![elements.Length - 1, times.Length - 1].PositionKm;

    public int Errors => Enumerable.Range(0, elements.Length).Sum(satellite => Enumerable.Range(0, times.Length).Count(time => !_states![satellite, time].IsValid));

    /// <returns>Propagations per processor second.</returns>
    public double Run(int repeats)
    {
        _states ??= _batch.CreateStates(times.Length);
        double before = ProcessorTime.ReadOwnS();
        for (int i = 0; i < repeats; i++) _batch.Propagate(times, _states);
        return repeats * States / (ProcessorTime.ReadOwnS() - before);
    }

    public long AllocatedBytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _batch.Propagate(times, _states!);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
