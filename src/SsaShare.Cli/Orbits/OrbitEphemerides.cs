using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Which states of an ephemeris are wanted.</summary>
internal enum EphemerisStatesWanted
{
    /// <summary>That at which each object begins, with its covariance where the file gives one for that time.</summary>
    First = 0,
    /// <summary>All as they come, without covariances.</summary>
    All = 1,
    /// <summary>All of a segment at its end, with the covariances of the same times.</summary>
    AllWithCovariances = 2,
}

/// <summary>The states of an ephemeris.</summary>
internal sealed class OrbitEphemerides(string fileName, EphemerisStatesWanted wanted)
{
    private readonly List<(EphemerisPoint Point, long Line)> _points = [];
    private readonly Dictionary<string, (EphemerisPoint Point, long Line)> _first = [];
    private readonly List<EphemerisCovariance> _covariances = [];
    private EphemerisSegment? _segment;

    public IEnumerable<OrbitFound> Read(IEnumerable<FormatItem<EphemerisItem>> items)
    {
        foreach (var item in items)
        {
            if (item.Issue is { } issue) yield return new OrbitFound(null, issue);
            switch (item.Value)
            {
                case EphemerisSegment segment:
                    foreach (var found in End()) yield return found;
                    _segment = segment;
                    break;
                case EphemerisPoint point when _segment is not null && wanted == EphemerisStatesWanted.All:
                    yield return Found(_segment, point, null, item.Line);
                    break;
                case EphemerisPoint point when _segment is not null && wanted == EphemerisStatesWanted.AllWithCovariances:
                    _points.Add((point, item.Line));
                    break;
                case EphemerisCovariance covariance when wanted == EphemerisStatesWanted.AllWithCovariances:
                    _covariances.Add(covariance);
                    break;
                case EphemerisPoint point when _segment is not null:
                    _first.TryAdd(point.ObjectTag ?? "", (point, item.Line));
                    break;
                case EphemerisCovariance covariance when _first.TryGetValue(covariance.ObjectTag ?? "", out var first) && first.Point.Time == covariance.Time:
                    _covariances.Add(covariance);
                    break;
                case EphemerisSegmentEnd:
                    foreach (var found in End()) yield return found;
                    break;
            }
        }
        foreach (var found in End()) yield return found;
    }

    private IEnumerable<OrbitFound> End()
    {
        if (_segment is not { } segment) yield break;
        var byTime = _points.Count > 0 ? _covariances.GroupBy(one => (one.ObjectTag ?? "", one.Time)).ToDictionary(group => group.Key, group => group.First()) : [];
        foreach (var (point, line) in _points) yield return Found(segment, point, byTime.GetValueOrDefault((point.ObjectTag ?? "", point.Time)), line);
        _points.Clear();
        foreach (var (tag, (point, line)) in _first) yield return Found(segment, point, _covariances.Find(one => (one.ObjectTag ?? "") == tag), line);
        _first.Clear();
        _covariances.Clear();
        _segment = null;
    }

    private OrbitFound Found(EphemerisSegment segment, EphemerisPoint point, EphemerisCovariance? covariance, long line)
    {
        string? reason = EphemerisStates.Interpret(segment, point, covariance, out var state);
        return reason is null
            ? new OrbitFound(new OrbitStart(state!.ObjectTag ?? segment.ObjectName ?? "object", segment.ObjectName, segment.CosparId, null, state), null)
            : new OrbitFound(null, new ReadIssue(fileName, line, IssueSeverity.Refused, "state", point.Time.ToString(), reason, "give cartesian positions with velocities about the Earth in GCRF, EME2000, ITRF or TEME"));
    }
}
