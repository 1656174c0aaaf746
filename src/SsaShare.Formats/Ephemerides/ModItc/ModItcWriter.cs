namespace SsaShare.Formats;

/// <summary>Writes operators' ephemerides. Covariances stand with their points: where the source gives them later, its points are held until then.</summary>
internal sealed class ModItcWriter(Stream stream, FormatWriteOptions options) : EphemerisWriter(stream, options)
{
    private readonly List<EphemerisPoint> _points = [];
    private readonly Dictionary<EphemerisTime, EphemerisCovariance> _covariances = [];
    private EphemerisHeader _header = new();
    private bool _hasSegment, _isWritten, _hasCovariances;

    protected override void Open(EphemerisHeader header)
    {
        NoticeForeign(header.Extras, "MODITC_");
        _header = header;
    }

    protected override void Comment(EphemerisComment comment) => Notice("comment", "", "operators' ephemerides hold none", "keep the original file too");

    protected override void Begin(EphemerisSegment segment)
    {
        if (_hasSegment) Refuse("segment", "", "such a file holds one ephemeris", "write a file for each segment");
        else if (segment.Frame != EphemerisFrame.Eme2000 || segment.Center != "EARTH") Refuse("frame", segment.FrameName, "such a file is in the mean equator and equinox of J2000.0 about the Earth", "convert the states first");
        else if (segment.Coordinates != EphemerisCoordinates.Cartesian) Refuse("coordinates", segment.Coordinates.ToString(), "such a file is in cartesian coordinates", "convert the states first");
        else if (segment.Objects.Contains(' ', StringComparison.Ordinal)) Refuse("objects", segment.Objects, "such a file is of one object", "take the objects apart first");
        else if (segment is not { Start: { } start, Stop: { } stop } || !start.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out start) || !stop.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out stop))
            Refuse("time system", segment.TimeSystem.ToString(), "cannot be turned into UTC, or start and end are not known", "convert the times first");
        else
        {
            if ((segment.ObjectName ?? segment.CosparId) is { } name) Notice("object", name, "it is named in the file's name only", $"call the file MEME_{segment.NoradId}_{name}_...");
            NoticeForeign(segment.Extras, "MODITC_");
            (Segment, _hasSegment, _isWritten) = (segment with { Start = start, Stop = stop }, true, false);
        }
    }

    /// <param name="hasCovariances">The line UVW is written.</param>
    private void Header(bool hasCovariances)
    {
        (_isWritten, _hasCovariances) = (true, hasCovariances);
        EphemerisTime.TryFromEpoch(Options.Now, EphemerisTimeSystem.Utc, out var now);
        bool isOwn = Segment!.FrameName == "MEME";
        Output.Text("created:").Line(isOwn && _header.Created is null ? "" : ModItcTimes.Header(_header.Created ?? now with { SecondOfDay = decimal.Floor(now.SecondOfDay) }));
        Output.Text($"ephemeris_start:{ModItcTimes.Header(Segment.Start!.Value)} ephemeris_stop:{ModItcTimes.Header(Segment.Stop!.Value)} step_size:").Number(Segment.StepSeconds ?? 0, 0, 0).Line();
        string? source = _header.Extras["MODITC_SOURCE"] ?? (isOwn ? null : Plain(_header.Source ?? Options.Originator, blanks: true));
        if (source is not null) Output.Text("ephemeris_source:").Line(source);
        foreach (var field in _header.Extras)
            if (field.Key.StartsWith("MODITC_", StringComparison.Ordinal) && field.Key != "MODITC_SOURCE") Output.Text(field.Key.AsSpan(7)).Text(":").Line(field.Value);
        if (hasCovariances) Output.Line("UVW");
    }

    protected override void Point(EphemerisPoint point)
    {
        if (point is not { PositionKm: not null, VelocityKmPerS: not null }) Refuse("velocity", point.Time.ToString(), "position or velocity is missing", "give both");
        else if (!point.Time.TryConvert(Segment!.TimeSystem, EphemerisTimeSystem.Utc, out var time)) Refuse("time", point.Time.ToString(), "cannot be turned into UTC", "convert the times first");
        else if (_points.Count >= SpanningWriter.HeldMax) Refuse("point", point.Time.ToString(), $"more than {SpanningWriter.HeldMax} points without a covariance between them", "cut the file");
        else
        {
            if (point.AccelerationKmPerS2 is not null) Notice("acceleration", "", "such a file holds none", "write an STK file or an OEM");
            if (time.SecondOfDay != decimal.Round(time.SecondOfDay, 3)) Notice("time", point.Time.ToString(), "finer than milliseconds: readers that count columns will fail", "interpolate to whole milliseconds");
            NoticeForeign(point.Extras, "MODITC_");
            // A single waiting point that has its covariance is complete: the source gives them together.
            if (_points.Count == 1 && _covariances.ContainsKey(_points[0].Time)) Flush();
            _points.Add(point with { Time = time });
        }
    }

    protected override void Covariance(EphemerisCovariance covariance)
    {
        if (covariance.Frame != EphemerisFrame.Rtn) Refuse("covariance", covariance.FrameName, "such a file holds covariances in UVW: radial, along-track, cross-track", "turn the covariances first");
        else if (covariance.LowerKmAndS.Count != 21) Refuse("covariance", "", "such a file holds covariances of position and velocity", "complete the covariances");
        else if (!covariance.Time.TryConvert(Segment!.TimeSystem, EphemerisTimeSystem.Utc, out var time)) Refuse("time", covariance.Time.ToString(), "cannot be turned into UTC", "convert the times first");
        else if (_covariances.Count >= SpanningWriter.HeldMax / 4) Refuse("covariance", "", $"more than {SpanningWriter.HeldMax / 4} covariances after the points", "cut the file");
        else if (_points.Count == 0 || (_points.Count == 1 && _points[0].Time != time) || !_covariances.TryAdd(time, covariance)) Refuse("covariance", time.ToString(), "no point of this time before it, or a second one", "give each with its point");
    }

    private void Flush()
    {
        if (_points.Count > 0 && !_isWritten) Header(_covariances.Count > 0);
        var times = _points.Select(point => point.Time).ToHashSet();
        if (_covariances.Keys.Where(time => !times.Contains(time)).ToList() is [var stray, ..] strays) Refuse("covariance", stray.ToString(), $"no point of this time{(strays.Count > 1 ? $"; so {strays.Count - 1} more" : "")}", "give each with its point");
        int without = 0;
        foreach (var point in _points)
        {
            Output.Text(ModItcTimes.Point(point.Time));
            Vector(point.PositionKm!.Value);
            Vector(point.VelocityKmPerS!.Value);
            Output.Line();
            if (!_covariances.TryGetValue(point.Time, out var covariance))
            {
                without++;
                continue;
            }
            for (int i = 0; i < 21; i++)
            {
                Output.Scientific(covariance.LowerKmAndS[i], 0, 0);
                if (i % 7 == 6) Output.Line();
                else Output.Text(" ");
            }
        }
        if (without > 0 && _hasCovariances) Notice("covariance", "", "some points have none; readers that expect four lines for each point will fail", "give a covariance for each point");
        _points.Clear();
        _covariances.Clear();
    }

    protected override void Close()
    {
        if (Segment is null) return;
        Flush();
        if (!_isWritten) Header(false);
        Segment = null;
    }

    private void Vector(Vector3d vector) => Output.Text(" ").Number(vector.X, 0, 10, 0).Text(" ").Number(vector.Y, 0, 10, 0).Text(" ").Number(vector.Z, 0, 10, 0);
}
