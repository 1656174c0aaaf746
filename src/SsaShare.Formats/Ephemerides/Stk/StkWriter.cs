using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes STK ephemeris files: one object, one segment; covariances follow the points and are held until then.</summary>
internal sealed class StkWriter(Stream stream, FormatWriteOptions options) : EphemerisWriter(stream, options)
{
    private const int CovariancesMax = 500_000;
    private readonly List<EphemerisCovariance> _covariances = [];
    private EphemerisTime _reference;
    private int _section = -1, _shift;
    private bool _hasHeader, _hasSegment;

    protected override void Open(EphemerisHeader header)
    {
        NoticeForeign(header.Extras, "STK_");
        bool isOwn = header.Version is { } v && v.Contains('.', StringComparison.Ordinal) && header.Source is null;
        if (!isOwn && header.Source is { } source) Notice("source", source, "an STK file has no place for it", "keep it beside the file");
        Version(isOwn ? header.Version! : "12.0");
    }

    protected override void Comment(EphemerisComment comment)
    {
        Version("12.0");
        Output.Text("# ").Text(OneLine(comment.Text)).TrimmedLine();
    }

    private void Version(string version)
    {
        if (_hasHeader) return;
        _hasHeader = true;
        Output.Text("stk.v.").Line(version);
    }

    protected override void Begin(EphemerisSegment segment)
    {
        if (_hasSegment) Refuse("segment", "", "an STK file holds one ephemeris", "write a file for each segment");
        else if (segment.Objects.Contains(' ', StringComparison.Ordinal)) Refuse("objects", segment.Objects, "an STK file is of one object", "take the objects apart first");
        else if (Frame(segment) is not { } frame) Refuse("frame", segment.FrameName, "STK has no such coordinate system", "convert the positions first");
        else if (!TryReference(segment)) Refuse("time system", segment.TimeSystem.ToString(), "cannot be turned into UTC", "convert the times first");
        else
        {
            if ((segment.ObjectName ?? segment.CosparId) is { } name) Notice("object", name, "an STK file does not name its object", "say it in the file's name");
            NoticeForeign(segment.Extras, "STK_");
            _hasSegment = true;
            _section = -1;
            Segment = segment with { FrameName = frame };
            _shift = StkKeywords.Is("Kilometers", segment.Extras["STK_DistanceUnit"] ?? "") ? 0 : 3;
        }
    }

    private static string? Frame(EphemerisSegment segment)
    {
        if (StkKeywords.Frame(segment.FrameName, segment.Center) == segment.Frame) return segment.FrameName;
        if (segment.Frame == EphemerisFrame.Other) return segment.Extras["STK_CoordinateSystem"];
        int at = Array.FindIndex(StkKeywords.Frames, frame => frame.Frame == segment.Frame);
        return at >= 0 && StkKeywords.Frame(StkKeywords.Frames[at].Name, segment.Center) == segment.Frame ? StkKeywords.Frames[at].Name : null;
    }

    /// <summary>Times count from the reference, or from the first point, in UTC.</summary>
    private bool TryReference(EphemerisSegment segment)
        => (segment.ReferenceTime ?? segment.Start) is not { } time || time.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out _reference);

    /// <summary>The header, when the first point tells which section it is.</summary>
    private void Header(EphemerisPoint first)
    {
        var segment = Segment!;
        int numbers = segment.Coordinates != EphemerisCoordinates.Cartesian ? (first.Place?.LatitudeRateDegPerS is null ? 3 : 6) : first.AccelerationKmPerS2 is not null ? 9 : first.VelocityKmPerS is not null ? 6 : 3;
        _section = Array.FindIndex(StkKeywords.Sections, section => (section.Coordinates, section.Numbers) == (segment.Coordinates, numbers));
        if (_section < 0) _section = Array.FindIndex(StkKeywords.Sections, section => section.Coordinates == segment.Coordinates);
        if (segment.ReferenceTime is null && segment.Start is null) first.Time.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out _reference);
        Version("12.0");
        Output.Line("BEGIN Ephemeris");
        if (segment.EpochCount is { } count) Keyword("NumberOfEphemerisPoints", count.ToString(CultureInfo.InvariantCulture));
        Keyword("ScenarioEpoch", StkKeywords.Date(_reference));
        if (segment.Interpolation is { } method)
            Keyword("InterpolationMethod", $"{StkKeywords.Known(StkKeywords.Interpolations, method) ?? method} {segment.Extras["STK_InterpolationParameter"]}".TrimEnd());
        if (segment.InterpolationDegree is { } degree && segment.Extras["STK_InterpolationSamplesM1"] is null && segment.Extras["STK_InterpolationOrder"] is null)
            Keyword("InterpolationSamplesM1", degree.ToString(CultureInfo.InvariantCulture));
        Keyword("CentralBody", CultureInfo.InvariantCulture.TextInfo.ToTitleCase(segment.Center.ToLowerInvariant()));
        if (segment.Extras["STK_CoordinateSystem"] is null) Keyword("CoordinateSystem", segment.FrameName);
        if (segment.FrameEpoch is { } epoch && epoch.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out var frameEpoch)) Keyword("CoordinateSystemEpoch", StkKeywords.Date(frameEpoch));
        Keyword("CovarianceFormat", "LowerTriangular");
        foreach (var field in segment.Extras)
        {
            if (!field.Key.StartsWith("STK_", StringComparison.Ordinal) || field.Key == "STK_InterpolationParameter") continue;
            if (!field.Key.StartsWith("STK_BEGIN_", StringComparison.Ordinal))
            {
                Keyword(field.Key[4..], field.Value);
                continue;
            }
            Output.Text("BEGIN ").Line(field.Key.AsSpan(10));
            if (field.Value.Length > 0) Output.Line(field.Value);
            Output.Text("END ").Line(field.Key.AsSpan(10));
        }
        Output.Line(StkKeywords.Sections[_section].Name);
    }

    protected override void Point(EphemerisPoint point)
    {
        bool isCartesian = Segment!.Coordinates == EphemerisCoordinates.Cartesian;
        if (isCartesian ? point.PositionKm is null : point.Place is null)
        {
            Notice("position", "", "points without a position are left out", "see the original file");
            return;
        }
        if (_section < 0) Header(point);
        int numbers = StkKeywords.Sections[_section].Numbers;
        if (numbers > 3 && (isCartesian ? point.VelocityKmPerS is null || (numbers > 6 && point.AccelerationKmPerS2 is null) : point.Place!.LatitudeRateDegPerS is null))
        {
            Refuse("velocity", "", "missing, while the first point has one", "give velocities for all points or for none");
            return;
        }
        if (numbers < 9 && (point.AccelerationKmPerS2 is not null || (numbers < 6 && point.VelocityKmPerS is not null))) Notice("velocity", "", "left out, since the first point has none", "give velocities for all points or for none");
        if (point.ClockUs is not null) Notice("clock", "", "an STK file holds none", "write an SP3 file");
        NoticeForeign(point.Extras, "STK_");
        if (!TryOffset(point.Time)) return;
        if (isCartesian)
        {
            Vector(point.PositionKm!.Value, _shift, _shift);
            if (numbers > 3) Vector(point.VelocityKmPerS!.Value, _shift, _shift);
            if (numbers > 6) Vector(point.AccelerationKmPerS2!.Value, _shift, _shift);
        }
        else
        {
            var place = point.Place!;
            Vector(new Vector3d(place.LatitudeDeg, place.LongitudeDeg, place.HeightOrRadiusKm), 0, _shift);
            if (numbers > 3) Vector(new Vector3d(place.LatitudeRateDegPerS!.Value, place.LongitudeRateDegPerS ?? 0, place.HeightOrRadiusRateKmPerS ?? 0), 0, _shift);
        }
        Output.Line();
    }

    protected override void Covariance(EphemerisCovariance covariance)
    {
        if (covariance.Frame != Segment!.Frame) Refuse("covariance", covariance.FrameName, "an STK file holds covariances in the frame of the points", "turn the covariances first");
        else if (_covariances.Count >= CovariancesMax) Refuse("covariance", "", $"more than {CovariancesMax}", "cut the file");
        else _covariances.Add(covariance);
    }

    protected override void Close()
    {
        if (Segment is null) return;
        if (_section < 0) Header(new EphemerisPoint { Time = _reference });
        foreach (int entries in (int[])[6, 21])
        {
            var some = _covariances.FindAll(covariance => covariance.LowerKmAndS.Count == entries);
            if (some.Count > 0) Output.Line(entries == 6 ? "CovarianceTimePos" : "CovarianceTimePosVel");
            foreach (var covariance in some)
            {
                if (!TryOffset(covariance.Time)) continue;
                foreach (double entry in covariance.LowerKmAndS) Output.Text(" ").Scientific(entry, 2 * _shift, 0);
                Output.Line();
            }
        }
        _covariances.Clear();
        Output.Line("END Ephemeris");
        Segment = null;
    }

    private bool TryOffset(EphemerisTime time)
    {
        if (!time.TryConvert(Segment!.TimeSystem, EphemerisTimeSystem.Utc, out var utc))
        {
            Refuse("time", time.ToString(), "cannot be turned into UTC", "convert the times first");
            return false;
        }
        Output.Number(utc.SecondsSince(_reference, EphemerisTimeSystem.Utc), 3, 12);
        return true;
    }

    private void Vector(Vector3d vector, int shift, int lastShift)
        => Output.Text(" ").Number(vector.X, shift, 3, 18).Text(" ").Number(vector.Y, shift, 3, 18).Text(" ").Number(vector.Z, lastShift, 3, 18);

    private void Keyword(string keyword, string value) => Output.Text("    ").Text(keyword).Text(" ").Line(value);
}
