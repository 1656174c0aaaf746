namespace SsaShare.Formats;

/// <summary>The last observations of one sensor and object tag, to notice repeated lines. Older repeats are caught by their content further on.</summary>
internal sealed class RecentObservations
{
    private const int Capacity = 4_096;
    private readonly (Epoch Epoch, long Line, TdmMeasurement Measurement)[] _ring = new (Epoch, long, TdmMeasurement)[Capacity];
    private readonly Dictionary<Epoch, int> _byEpoch = new(Capacity);
    private int _next, _used;
    private (SensorId, string) _of;

    /// <summary>Forgets everything unless the segment continues the last one.</summary>
    public void Begin(TdmSegment segment)
    {
        if (_of == (segment.Sensor, segment.ObjectTag)) return;
        _of = (segment.Sensor, segment.ObjectTag);
        _byEpoch.Clear();
        (_next, _used) = (0, 0);
    }

    /// <summary>Remembers a measurement, unless one of its quantities was measured before at this epoch.</summary>
    /// <returns>Null when remembered; else the line of the earlier one and whether the two agree.</returns>
    public (long Line, bool Agrees)? Clash(Epoch epoch, in TdmMeasurement measurement, long line)
    {
        if (_byEpoch.TryGetValue(epoch, out int index))
        {
            ref var before = ref _ring[index];
            if ((before.Measurement.Has & measurement.Has) != 0) return (before.Line, before.Measurement.AgreesWith(measurement));
            // A file sorted by keyword measures other quantities at the same epoch later on.
            before.Measurement.Add(measurement);
            return null;
        }
        if (_used == Capacity) _byEpoch.Remove(_ring[_next].Epoch);
        else _used++;
        _ring[_next] = (epoch, line, measurement);
        _byEpoch[epoch] = _next;
        _next = (_next + 1) % Capacity;
        return null;
    }
}
