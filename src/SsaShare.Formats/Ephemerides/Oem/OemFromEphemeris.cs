using System.Globalization;

namespace SsaShare.Formats;

/// <summary>
/// Writes ephemerides as orbit ephemeris messages, a segment for each object. Where the source does not say first when a segment begins and ends, or has several objects in
/// turn, its points are held until it is over.
/// </summary>
/// <remarks>
/// A message needs velocities: where the source has none they are the derivative of the polynomial through nine neighbouring positions, and a comment says so. Geodetic and
/// geocentric places become cartesian (WGS 84). Refused: frames, centres and time systems that messages have no name for, covariances of positions only, laser ranging
/// positions at transmission or reception or with a leap second flag.
/// </remarks>
internal sealed class OemFromEphemeris(IFormatWriter<NdmEvent> target, FormatWriteOptions options) : IFormatWriter<EphemerisItem>
{
    /// <summary>Most points and covariances that are held.</summary>
    public const int HeldMax = 1_000_000;

    private const int CommentsMax = 10_000;
    private readonly List<string> _comments = [];
    private readonly WriteIssues _issues = new(options);
    private readonly SortedDictionary<string, OemObject> _objects = new(StringComparer.Ordinal);
    private EphemerisHeader _header = new();
    private EphemerisSegment? _segment;
    private SegmentBoundaries? _boundaries;
    private long _held;
    private bool _isBegun;

    public ReadIssue? Write(EphemerisItem value)
    {
        _issues.Next();
        switch (value)
        {
            case EphemerisHeader header:
                EndMessage();
                Notice(header.Extras);
                _header = header;
                break;
            case EphemerisComment comment:
                Comment(comment.Text.Replace('\r', ' ').Replace('\n', ' '));
                break;
            case EphemerisSegment segment:
                EndSegment();
                Begin(segment);
                break;
            case EphemerisSegmentEnd:
                EndSegment();
                break;
            case EphemerisRecord record:
                Notice(record.Kind, "", "only its own format has this", "keep the original file too");
                break;
            case var _ when _segment is null:
                Refuse("segment", "", "its segment could not be written", "see there");
                break;
            case EphemerisPoint point:
                Point(point);
                break;
            case EphemerisCovariance covariance:
                Covariance(covariance);
                break;
        }
        return _issues.Current;
    }

    public void Complete()
    {
        EndSegment();
        EndMessage();
    }

    private void Begin(EphemerisSegment segment)
    {
        var (system, systemName) = OemNames.Time(segment.TimeSystem);
        string? frame = OemNames.Frame(segment.Frame, segment.FrameName);
        bool isPlace = segment.Coordinates is EphemerisCoordinates.GeodeticHeight or EphemerisCoordinates.GeocentricRadius;
        if (systemName.Length == 0) Refuse("time system", segment.TimeSystem.ToString(), "messages have no name for it", "convert the times first");
        else if (frame is null) Refuse("frame", segment.FrameName, "messages have no name for it", "convert the positions first");
        else if (segment.Coordinates != EphemerisCoordinates.Cartesian && !(isPlace && segment is { Frame: EphemerisFrame.Itrf, Center: "EARTH" }))
            Refuse("coordinates", segment.Coordinates.ToString(), "cannot be turned into cartesian ones here", "convert the positions first");
        else
        {
            if (system != segment.TimeSystem) Notice("time system", segment.TimeSystem.ToString(), $"written in {systemName}", "nothing");
            if (!frame.Equals(segment.FrameName, StringComparison.OrdinalIgnoreCase) && segment.Frame == EphemerisFrame.Itrf && segment.FrameName.Length > 1) Notice("frame", segment.FrameName, $"written as {frame}: the realisation is not told", "say it beside the file");
            Notice(segment.Extras.Without("STK_BEGIN_SegmentBoundaryTimes"));
            _segment = segment;
            _boundaries = new SegmentBoundaries(segment, system);
        }
    }

    private void Point(EphemerisPoint point)
    {
        var segment = _segment!;
        var (system, _) = OemNames.Time(segment.TimeSystem);
        if (point.Extras["CPF_LEAP_SECOND"] is not null) Refuse("leap second", point.Time.ToString(), "the prediction's leap second flag leaves its UTC open", "take a prediction made after the leap second");
        else if (point.Extras["CPF_DIRECTION"] is not null) Refuse("direction", point.Time.ToString(), "a position at transmission or reception", "take a prediction of common epochs");
        else if (!point.Time.TryConvert(segment.TimeSystem, system, out var time)) Refuse("time", point.Time.ToString(), "cannot be converted", "convert the times first");
        else if (EphemerisPlaces.Cartesian(point, segment.Coordinates) is not { PositionKm: { } } cartesian) Notice("position", "", "points without a position are left out", "see the original file");
        else if (_held >= HeldMax) Refuse("segment", "", $"more than {HeldMax} points in a segment that has to be held", "give start and end in its header, or cut it");
        else
        {
            if (point.ClockUs is not null || point.ClockRateUsPerS is not null) Notice("clock", "", "messages hold none", "write an SP3 file");
            Notice(point.Extras);
            var next = cartesian with { Time = time };
            if (_boundaries!.IsCrossedBy(next))
            {
                EndSegment();
                _segment = segment;
                if (_boundaries.Shared is { } shared) Point(Object(point.ObjectTag), shared, system);
            }
            _boundaries.Pass(next);
            Point(Object(point.ObjectTag), next, system);
        }
    }

    /// <param name="point">Cartesian, in the message's time system.</param>
    private void Point(OemObject one, EphemerisPoint point, EphemerisTimeSystem system)
    {
        var time = point.Time;
        if (one.Last == point)
        {
            Notice("point", time.ToString(), "given twice, written once", "give each once");
            return;
        }
        if (one.Last?.Time >= time)
        {
            Refuse("time", time.ToString(), "not after the point before", "give points in order, each time once");
            return;
        }
        one.Last = point;
        if (point.VelocityKmPerS is null && one.Velocities is null && one.Points == 0) one.Velocities = new VelocityFromPositions(one.Give);
        one.Points++;
        if (one.Velocities is not null) one.Velocities.Add(point, system);
        else if (point.VelocityKmPerS is null) Refuse("velocity", time.ToString(), "missing, while the first point has one", "give velocities for all points or for none");
        else one.Give(point);
    }

    private OemObject Object(string? tag)
    {
        if (_objects.TryGetValue(tag ?? "", out var one)) return one;
        var segment = _segment!;
        // The first object of a segment that says its span itself need not be held.
        bool isStreamed = _objects.Count == 0 && segment is { Start: not null, Stop: not null } && !segment.Objects.Contains(' ', StringComparison.Ordinal) && segment.Extras["CPF_SIC"] is null;
        one = new OemObject(tag, segment, isStreamed, Metadata, Row, () => _held++, late => Refuse("time", late.Time.ToString(), "after the end that the header gives", "correct the header"));
        _objects.Add(tag ?? "", one);
        return one;
    }

    private void Covariance(EphemerisCovariance covariance)
    {
        var (system, _) = OemNames.Time(_segment!.TimeSystem);
        if (covariance.LowerKmAndS.Count != 21) Refuse("covariance", covariance.Time.ToString(), "messages hold covariances of position and velocity", "complete the covariances");
        else if (OemNames.Frame(covariance.Frame, covariance.FrameName) is not { } frame) Refuse("covariance", covariance.FrameName, "messages have no name for its frame", "turn the covariances first");
        else if (!covariance.Time.TryConvert(_segment.TimeSystem, system, out var time)) Refuse("time", covariance.Time.ToString(), "cannot be converted", "convert the times first");
        else if (_held >= HeldMax) Refuse("covariance", "", $"more than {HeldMax} are held", "cut the file");
        else
        {
            _held++;
            Object(covariance.ObjectTag).Covariances.Add(covariance with { Time = time, FrameName = frame });
        }
    }

    private void EndSegment()
    {
        if (_segment is null) return;
        // The one that is begun already has to end before others begin.
        foreach (var one in _objects.Values.OrderByDescending(one => one.IsBegun).ToList())
        {
            one.Velocities?.Complete();
            if (one.Velocities is { Count: 1 }) Refuse("velocity", "", "missing, and a single position leaves it open", "give velocities");
            one.Release();
            if (!one.IsBegun)
            {
                if (one.Covariances.Count > 0) Refuse("covariance", "", "no point of its object", "give points too");
                continue;
            }
            foreach (var covariance in one.Covariances) Block(covariance, one.Frame);
            Send(NdmEvent.BlockEnd("data"));
            Send(NdmEvent.BlockEnd("segment"));
        }
        _objects.Clear();
        _held = 0;
        _segment = null;
    }

    private void Metadata(OemObject one, EphemerisTime start, EphemerisTime stop)
    {
        BeginMessage();
        var segment = one.Segment;
        Send(NdmEvent.BlockStart("segment"));
        Send(NdmEvent.BlockStart("metadata"));
        if (segment.NoradId is { } norad) Send(NdmEvent.Comment(string.Create(CultureInfo.InvariantCulture, $"NORAD_CAT_ID = {norad}")));
        if (one.Velocities is not null)
        {
            Notice("velocity", "", $"missing; the derivative of the polynomial through {VelocityFromPositions.WindowSize} positions is written", "nothing");
            Send(NdmEvent.Comment($"Velocities are the derivative of the polynomial through {VelocityFromPositions.WindowSize} neighbouring positions."));
        }
        Send(NdmEvent.Field("OBJECT_NAME", segment.ObjectName ?? one.Tag ?? "UNKNOWN"));
        Send(NdmEvent.Field("OBJECT_ID", segment.CosparId ?? "UNKNOWN"));
        Send(NdmEvent.Field("CENTER_NAME", segment.Center));
        one.Frame = OemNames.Frame(segment.Frame, segment.FrameName)!;
        Send(NdmEvent.Field("REF_FRAME", one.Frame));
        var (system, systemName) = OemNames.Time(segment.TimeSystem);
        if (segment.FrameEpoch is { } epoch && epoch.TryConvert(segment.TimeSystem, system, out var frameEpoch)) Send(NdmEvent.Field("REF_FRAME_EPOCH", frameEpoch.ToString()));
        Send(NdmEvent.Field("TIME_SYSTEM", systemName));
        Send(NdmEvent.Field("START_TIME", start.ToString()));
        // Points beyond the span that the source says are for interpolation only.
        if (segment.Start is { } s && s.TryConvert(segment.TimeSystem, system, out var useable) && useable > start && useable < stop) Send(NdmEvent.Field("USEABLE_START_TIME", useable.ToString()));
        if (segment.Stop is { } e && e.TryConvert(segment.TimeSystem, system, out useable) && useable < stop && useable > start) Send(NdmEvent.Field("USEABLE_STOP_TIME", useable.ToString()));
        Send(NdmEvent.Field("STOP_TIME", stop.ToString()));
        if (segment is { Interpolation: "LAGRANGE" or "HERMITE" or "LINEAR", InterpolationDegree: { } degree })
        {
            Send(NdmEvent.Field("INTERPOLATION", segment.Interpolation));
            Send(NdmEvent.Field("INTERPOLATION_DEGREE", degree.ToString(CultureInfo.InvariantCulture)));
        }
        else if (segment.Interpolation is { } other) Notice("interpolation", other, "messages hold LAGRANGE, HERMITE and LINEAR with a degree", "choose one of them");
        Send(NdmEvent.BlockEnd("metadata"));
        Send(NdmEvent.BlockStart("data"));
        foreach (string comment in _comments) Send(NdmEvent.Comment(comment));
        _comments.Clear();
    }

    private void Row(EphemerisPoint point)
    {
        var (p, v, time) = (point.PositionKm!.Value, point.VelocityKmPerS!.Value, point.Time.ToString());
        Send(point.AccelerationKmPerS2 is { } a ? NdmEvent.Row("stateVector", time, p.X, p.Y, p.Z, v.X, v.Y, v.Z, a.X, a.Y, a.Z) : NdmEvent.Row("stateVector", time, p.X, p.Y, p.Z, v.X, v.Y, v.Z));
    }

    private void Block(EphemerisCovariance covariance, string frame)
    {
        Send(NdmEvent.BlockStart("covarianceMatrix"));
        Send(NdmEvent.Field("EPOCH", covariance.Time.ToString()));
        if (covariance.FrameName != frame) Send(NdmEvent.Field("COV_REF_FRAME", covariance.FrameName));
        for (int i = 0; i < OemNames.Covariance.Length; i++) Send(NdmEvent.Field(OemNames.Covariance[i], covariance.LowerKmAndS[i]));
        Send(NdmEvent.BlockEnd("covarianceMatrix"));
    }

    private void BeginMessage()
    {
        if (_isBegun) return;
        _isBegun = true;
        EphemerisTime.TryFromEpoch(options.Now, EphemerisTimeSystem.Utc, out var now);
        Send(NdmEvent.MessageStart("oem", "2.0"));
        Send(NdmEvent.BlockStart("header"));
        Send(NdmEvent.Field("CREATION_DATE", (_header.Created ?? now).ToString()));
        Send(NdmEvent.Field("ORIGINATOR", _header.Source ?? options.Originator));
        Send(NdmEvent.BlockEnd("header"));
    }

    private void EndMessage()
    {
        if (!_isBegun) return;
        Send(NdmEvent.MessageEnd("oem"));
        _isBegun = false;
        _header = new EphemerisHeader();
    }

    private void Comment(string text)
    {
        if (_objects.Values.Any(one => one.IsBegun)) Notice("comment", text, "messages have comments before the points only", "see the original file");
        else if (_comments.Count < CommentsMax) _comments.Add(text);
        else Refuse("comment", "", $"more than {CommentsMax} comments before the points", "shorten the header");
    }

    private void Send(NdmEvent one) => _issues.Add(target.Write(one));

    private void Refuse(string field, string value, string reason, string remedy) => _issues.Refuse(field, value, reason, remedy);

    private void Notice(string field, string value, string reason, string remedy) => _issues.Notice(field, value, reason, remedy);

    private void Notice(EphemerisFields fields) => _issues.NoticeForeign(fields, "OEM_");
}
