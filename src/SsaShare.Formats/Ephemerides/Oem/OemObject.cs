namespace SsaShare.Formats;

/// <summary>One object of a segment on its way into a message: its points are given on, or held until their span is known.</summary>
/// <param name="isStreamed">The segment tells its span; it need not be held.</param>
/// <param name="metadata">Writes what stands before the points, with the span.</param>
/// <param name="holding">Told of each point that is held.</param>
/// <param name="late">Told of each point after the span that is written already.</param>
internal sealed class OemObject(string? tag, EphemerisSegment segment, bool isStreamed, Action<OemObject, EphemerisTime, EphemerisTime> metadata, Action<EphemerisPoint> row, Action holding, Action<EphemerisPoint> late)
{
    private readonly List<EphemerisPoint> _held = [];
    private EphemerisTime _stop;

    public string? Tag => tag;

    public EphemerisSegment Segment => segment;

    public List<EphemerisCovariance> Covariances { get; } = [];

    /// <summary>Makes velocities; null where the source has them.</summary>
    public VelocityFromPositions? Velocities { get; set; }

    /// <summary>The point last taken, as it came.</summary>
    public EphemerisPoint? Last { get; set; }

    public long Points { get; set; }

    /// <summary>Its metadata are written.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>As the message names it.</summary>
    public string Frame { get; set; } = "";

    /// <summary>Takes a point with position and velocity, in the message's time system.</summary>
    public void Give(EphemerisPoint point)
    {
        if (isStreamed && (IsBegun || TryBegin(point)))
        {
            if (point.Time <= _stop) row(point);
            else late(point);
            return;
        }
        _held.Add(point);
        holding();
    }

    /// <summary>There are no more points.</summary>
    public void Release()
    {
        if (_held.Count == 0) return;
        if (!IsBegun)
        {
            IsBegun = true;
            metadata(this, _held[0].Time, _held[^1].Time);
        }
        foreach (var point in _held) row(point);
        _held.Clear();
    }

    private bool TryBegin(EphemerisPoint first)
    {
        var (system, _) = OemNames.Time(segment.TimeSystem);
        if (!segment.Start!.Value.TryConvert(segment.TimeSystem, system, out var start) || !segment.Stop!.Value.TryConvert(segment.TimeSystem, system, out _stop) || _stop < start || _stop < first.Time) return false;
        IsBegun = true;
        metadata(this, first.Time < start ? first.Time : start, _stop);
        return true;
    }
}
