using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Ephemerides of a file as stretches in GCRF or TEME, object by object.</summary>
/// <param name="rotation">For what is given in ITRF; TEME is turned by theory, as the screening does.</param>
/// <param name="tell">Gets what is wrong.</param>
internal sealed class OperatorEphemerides(string fileName, EarthRotation rotation, Action<ReadIssue> tell)
{
    private readonly Dictionary<string, (List<EphemerisNode> Nodes, List<EphemerisSureness> Covariances)> _open = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Whether something was turned with the Earth.</summary>
    public bool IsEarthFixed { get; private set; }

    public IEnumerable<(OperatorName Name, EphemerisStretch Stretch)> Read(IEnumerable<FormatItem<EphemerisItem>> items)
    {
        EphemerisSegment? segment = null;
        long? commented = null;
        foreach (var item in items)
        {
            if (item.Issue is { } issue) tell(issue);
            if (item.Value is EphemerisSegment or EphemerisSegmentEnd && segment is not null)
            {
                foreach (var one in Close(segment)) yield return one;
                segment = null;
            }
            // Of an OEM, which has no other place for it; the comment stands before the points.
            if (item.Value is EphemerisComment comment && CatalogNumber(comment.Text) is { } number) commented = number;
            if (item.Value is EphemerisSegment next) (segment, commented) = (next with { NoradId = next.NoradId ?? commented }, null);
            else if (segment is not null && item.Value is EphemerisPoint point) Add(segment, point, item.Line);
            else if (segment is not null && item.Value is EphemerisCovariance covariance) Add(segment, covariance, item.Line);
        }
        if (segment is null) yield break;
        foreach (var one in Close(segment)) yield return one;
    }

    private IEnumerable<(OperatorName, EphemerisStretch)> Close(EphemerisSegment segment)
    {
        foreach (var (tag, (nodes, covariances)) in _open)
        {
            var name = tag.Length > 0 ? OperatorName.Of(tag, null, null) : new OperatorName(segment.NoradId, segment.CosparId, segment.ObjectName ?? segment.Extras["OEM_OBJECT_ID"]);
            if (nodes.Count == 0) continue;
            yield return (name, new EphemerisStretch(nodes)
            {
                Frame = segment.Frame == EphemerisFrame.Teme ? Frame.Teme : Frame.Gcrf, Covariances = covariances, UsableFrom = Usable(segment, "OEM_USEABLE_START_TIME"), UsableTo = Usable(segment, "OEM_USEABLE_STOP_TIME"),
                // Straight lines between points are what nobody flies.
                Degree = segment.Interpolation is "HERMITE" or "LAGRANGE" ? segment.InterpolationDegree : null,
            });
        }
        _open.Clear();
        _refused.Clear();
    }

    private static long? CatalogNumber(string comment)
        => comment.Split('=', StringSplitOptions.TrimEntries) is ["NORAD_CAT_ID", var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static Epoch? Usable(EphemerisSegment segment, string key)
        => segment.Extras[key] is { } text && EphemerisTime.TryParse(text, segment.TimeSystem, out var time) is null && time.TryToEpoch(segment.TimeSystem, out var epoch) ? epoch : null;

    private (List<EphemerisNode> Nodes, List<EphemerisSureness> Covariances) Of(string? tag)
    {
        if (!_open.TryGetValue(tag ?? "", out var lists)) _open.Add(tag ?? "", lists = ([], []));
        return lists;
    }

    private void Add(EphemerisSegment segment, EphemerisPoint point, long line)
    {
        // A point that the file itself calls unknown (SP3: zeros) is no fault: the gap is told later.
        if (point is { PositionKm: null, Place: null }) return;
        if (Node(segment, point, out var node) is { } reason) Refuse(line, "state", point.Time.ToString(), reason);
        else Of(point.ObjectTag).Nodes.Add(node);
    }

    private string? Node(EphemerisSegment segment, EphemerisPoint point, out EphemerisNode node)
    {
        node = default;
        bool hasVelocity = point.VelocityKmPerS is not null || point.Place is not null;
        // Without a velocity any will do to have the position judged and turned; it is left out again.
        if (EphemerisStates.Interpret(segment, hasVelocity ? point : point with { VelocityKmPerS = Vector3d.Zero }, null, out var read) is { } reason) return reason;
        IsEarthFixed |= read!.State.Frame == Frame.Itrf;
        // TEME is turned later, all points of a stretch together.
        var state = read.State.Frame == Frame.Teme ? read.State : rotation.To(read.State, Frame.Gcrf);
        node = new EphemerisNode(state.Epoch, state.PositionKm, hasVelocity ? state.VelocityKmPerS : null);
        return null;
    }

    private void Add(EphemerisSegment segment, EphemerisCovariance covariance, long line)
    {
        if (!covariance.Time.TryToEpoch(segment.TimeSystem, out var epoch)) return;
        double[] lower = [.. covariance.LowerKmAndS, .. Enumerable.Repeat(0.0, 21 - Math.Min(21, covariance.LowerKmAndS.Count))];
        if (lower.Length != 21 || !lower.All(double.IsFinite) || Enumerable.Range(0, 6).Any(i => lower[i * (i + 3) / 2] < 0))
        {
            Refuse(line, "covariance", covariance.Time.ToString(), "not finite, or with a negative variance");
            return;
        }
        var matrix = new Covariance6(lower);
        bool isRotating = covariance.FrameName.EndsWith("_ROTATING", StringComparison.OrdinalIgnoreCase);
        EphemerisSureness? found = covariance.Frame switch
        {
            EphemerisFrame.Rtn => new(epoch, matrix, LocalOrbitAxes.Rtn) { IsRotating = isRotating },
            EphemerisFrame.Tnw => new(epoch, matrix, LocalOrbitAxes.Tnw) { IsRotating = isRotating },
            // The frame bias turns a covariance by a part in ten million.
            EphemerisFrame.Icrf or EphemerisFrame.Eme2000 => new(epoch, matrix, null),
            EphemerisFrame.Teme => new(epoch, Turned(matrix, epoch, Frame.Teme), null),
            EphemerisFrame.Itrf => new(epoch, Turned(matrix, epoch, Frame.Itrf), null),
            _ => null,
        };
        if (found is null) Refuse(line, "covariance", covariance.FrameName, "a frame that is not read; the orbit is screened without it");
        else Of(covariance.ObjectTag).Covariances.Add(found);
    }

    private Covariance6 Turned(Covariance6 matrix, Epoch epoch, Frame frame) => CovarianceFrames.ToGcrf(matrix, new CartesianState(epoch, frame, new Vector3d(1, 0, 0), Vector3d.Zero), rotation);

    /// <summary>Each reason once for a segment.</summary>
    private void Refuse(long line, string field, string value, string reason)
    {
        if (_refused.Add(reason)) tell(new ReadIssue(fileName, Math.Max(1, line), IssueSeverity.Refused, field, value, reason, "give cartesian positions about the Earth in GCRF, EME2000, ITRF or TEME"));
    }
}
