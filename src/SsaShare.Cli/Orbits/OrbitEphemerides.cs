using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The state at which each object of an ephemeris begins, with its covariance where the file gives one for that time; or all states without covariance.</summary>
internal sealed class OrbitEphemerides(string fileName, bool allStates)
{
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
                case EphemerisPoint point when _segment is not null && allStates:
                    yield return Found(_segment, point, null, item.Line);
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
