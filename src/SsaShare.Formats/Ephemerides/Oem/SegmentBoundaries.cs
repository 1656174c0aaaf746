using System.Globalization;

namespace SsaShare.Formats;

/// <summary>
/// Times across which nothing is to be interpolated (STK's SegmentBoundaryTimes): there a message begins a new segment. A file may have two points at such a time, one for
/// each side; a single one belongs to both.
/// </summary>
internal sealed class SegmentBoundaries
{
    private readonly List<EphemerisTime> _times = [];
    private EphemerisPoint? _last;
    private int _next;

    /// <param name="system">In which points are given.</param>
    public SegmentBoundaries(EphemerisSegment segment, EphemerisTimeSystem system)
    {
        foreach (string word in (segment.Extras["STK_BEGIN_SegmentBoundaryTimes"] ?? "").Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) && segment.ReferenceTime is { } reference
                && reference.TryAdd(seconds, segment.TimeSystem, out var time) && time.TryConvert(segment.TimeSystem, system, out time)) _times.Add(time);
        }
        _times.Sort();
    }

    /// <summary>The point of the boundary that was crossed, which begins the new segment too; null when the file gives it twice, or not at all.</summary>
    public EphemerisPoint? Shared { get; private set; }

    /// <summary>Whether a boundary lies between the points before and this one.</summary>
    public bool IsCrossedBy(EphemerisPoint point)
    {
        Shared = null;
        // The first point and those before it have nothing behind them.
        while (_next < _times.Count && (_last is null ? _times[_next] <= point.Time : _times[_next] < _last.Time)) _next++;
        if (_last is not { } last || _next == _times.Count || !(last.Time >= _times[_next] || point.Time > _times[_next])) return false;
        if (last.Time == _times[_next] && point.Time > last.Time) Shared = last;
        _next++;
        return true;
    }

    /// <summary>The point is taken.</summary>
    public void Pass(EphemerisPoint point) => _last = point;
}
