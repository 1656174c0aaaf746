using System.Runtime.InteropServices;

namespace SsaShare.Formats;

/// <summary>The last observations of one sensor and object tag, to notice repeated lines. Older repeats are caught by their content further on.</summary>
internal sealed class RecentObservations
{
    private const int Capacity = 4_096;
    private readonly List<(Epoch Epoch, long Line, TdmMeasurement Measurement)> _ring = [];
    private readonly Dictionary<Epoch, int> _byEpoch = [];
    private int _next;
    private (SensorId, string) _of;

    /// <summary>Forgets everything unless the segment continues the last one.</summary>
    public void Begin(TdmSegment segment)
    {
        if (_of == (segment.Sensor, segment.ObjectTag)) return;
        _of = (segment.Sensor, segment.ObjectTag);
        _byEpoch.Clear();
        _ring.Clear();
        _next = 0;
    }

    /// <summary>Remembers a measurement, unless one of its quantities was measured before at this epoch.</summary>
    /// <returns>Null when remembered; else the line of the earlier one and whether the two agree.</returns>
    public (long Line, bool Agrees)? Clash(Epoch epoch, in TdmMeasurement measurement, long line)
    {
        if (_byEpoch.TryGetValue(epoch, out int index))
        {
            ref var before = ref CollectionsMarshal.AsSpan(_ring)[index];
            if ((before.Measurement.Has & measurement.Has) != 0) return (before.Line, before.Measurement.AgreesWith(measurement));
            // A file sorted by keyword measures other quantities at the same epoch later on.
            before.Measurement.Add(measurement);
            return null;
        }
        if (_ring.Count < Capacity) _ring.Add(default);
        else _byEpoch.Remove(_ring[_next].Epoch);
        _ring[_next] = (epoch, line, measurement);
        _byEpoch[epoch] = _next;
        _next = (_next + 1) % Capacity;
        return null;
    }
}
