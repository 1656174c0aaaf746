namespace SsaShare.Formats;

/// <summary>Writes laser ranging predictions; what another format did not say is given as unknown.</summary>
internal sealed class CpfWriter(Stream stream, FormatWriteOptions options) : EphemerisWriter(stream, options)
{
    private const int LinesMax = 10_000;

    /// <summary>Lines that came before the segment; they stand after H1.</summary>
    private readonly List<string> _before = [];

    private EphemerisHeader _header = new();

    protected override void Open(EphemerisHeader header)
    {
        NoticeForeign(header.Extras, "CPF_");
        _header = header;
    }

    protected override void Comment(EphemerisComment comment) => Line($"00 {OneLine(comment.Text)}");

    protected override void Record(EphemerisRecord record)
    {
        if (record.Kind.StartsWith("CPF_", StringComparison.Ordinal)) Line($"{record.Kind[4..]} {string.Join(' ', record.Values.Select(field => field.Value))}");
        else base.Record(record);
    }

    protected override void Covariance(EphemerisCovariance covariance) => Notice("covariance", "", "a laser ranging prediction holds none", "write an OEM or an STK file");

    protected override void Begin(EphemerisSegment segment)
    {
        Close();
        NoticeForeign(segment.Extras, "CPF_");
        int frame = segment.Frame switch { EphemerisFrame.Itrf => 0, EphemerisFrame.TrueOfDate => 1, EphemerisFrame.Eme2000 => 2, _ => -1 };
        if (frame < 0) Refuse("frame", segment.FrameName, "a laser ranging prediction is in an Earth-fixed frame, true of date or mean of J2000", "convert the positions first");
        else if (segment.Center != "EARTH") Refuse("centre", segment.Center, "a laser ranging prediction is about the Earth", "convert the positions first");
        else if (segment.Coordinates != EphemerisCoordinates.Cartesian) Refuse("coordinates", segment.Coordinates.ToString(), "a laser ranging prediction is in cartesian coordinates", "convert the positions first");
        else if (segment.Objects.Contains(' ', StringComparison.Ordinal)) Refuse("objects", segment.Objects, "a laser ranging prediction is of one object", "take the objects apart first");
        else if (segment is not { Start: { } first, Stop: { } last } || !first.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out var start) || !last.TryConvert(segment.TimeSystem, EphemerisTimeSystem.Utc, out var stop))
            Refuse("time system", segment.TimeSystem.ToString(), "cannot be turned into UTC, or start and end are not known", "convert the times first");
        else Begin(segment, frame, start, stop);
    }

    private void Begin(EphemerisSegment segment, int frame, EphemerisTime start, EphemerisTime stop)
    {
        Segment = segment;
        bool isFirst = _header.Version is "1";
        bool isOwn = segment.Extras["CPF_SIC"] is not null;
        NoticeRealisation(segment, FormattableString.Invariant($"{frame}"));
        EphemerisTime.TryFromEpoch(Options.Now, EphemerisTimeSystem.Utc, out var now);
        var created = _header.Created ?? now;
        string name = Plain(segment.ObjectName ?? segment.CosparId ?? (segment.NoradId is { } id ? FormattableString.Invariant($"{id}") : "unknown"), blanks: false);
        string source = Source(_header.Source, Options.Originator, isOwn ? int.MaxValue : 3, blanks: false);
        Output.Text($"H1 CPF {(isFirst ? 1 : 2),2}  {source} ");
        Output.Text(FormattableString.Invariant($"{created.Date.Year} {created.Date.Month,2} {created.Date.Day,2} {created.Clock().Hour,2} "));
        Output.Text(_header.Extras["CPF_SEQUENCE"] ?? FormattableString.Invariant($"{created.Date.DayOfYear}"));
        if (!isFirst) Output.Text($" {_header.Extras["CPF_SUBDAILY_SEQUENCE"] ?? "1"}");
        Output.Text($" {name} {_header.Extras["CPF_NOTES"]}").TrimmedLine();
        foreach (string line in _before) Output.Text(line).TrimmedLine();
        _before.Clear();
        string? digits = segment.Extras["CPF_SATELLITE_ID"] is { } given ? given : CosparIds.ToDigits(segment.CosparId);
        if (digits is null) Notice("COSPAR", segment.CosparId ?? "", "a laser ranging prediction needs the designator in digits; 0 is written", "give the object's designator");
        if (!isOwn) Notice("SIC", "", "not known; 0 is written, as are target class and centre of mass", "complete the header before a station uses the file");
        Output.Text($"H2  {digits ?? "0"} {segment.Extras["CPF_SIC"] ?? "0"} ");
        if (segment.NoradId is { } norad) Output.Integer(norad, 8);
        else Output.Text(segment.Extras["CPF_NORAD"] ?? "0");
        Time(start);
        Time(stop);
        Output.Text(" ").Number(segment.StepSeconds ?? 0, 0, 5);
        Code(segment, "CPF_COMPATIBILITY", "1");
        Code(segment, "CPF_TARGET_CLASS", "0");
        Output.Integer(frame, 2);
        Code(segment, "CPF_ROTATION_ANGLES", "0");
        Code(segment, "CPF_CENTER_OF_MASS", "0");
        if (!isFirst) Code(segment, "CPF_TARGET_LOCATION", "1");
        Output.Line();
        foreach (string key in (string[])["CPF_H3", "CPF_H4", "CPF_H5"])
            if (segment.Extras[key] is { } values) Output.Text($"{key[4..]} ").Line(values);
        Output.Line("H9");
    }

    protected override void Point(EphemerisPoint point)
    {
        if (point.PositionKm is not { } position)
        {
            Notice("position", "", "points without a position are left out", "see the original file");
            return;
        }
        if (!point.Time.TryConvert(Segment!.TimeSystem, EphemerisTimeSystem.Utc, out var time))
        {
            Refuse("time", point.Time.ToString(), "cannot be turned into UTC", "convert the times first");
            return;
        }
        if (point.AccelerationKmPerS2 is not null) Notice("acceleration", "", "a laser ranging prediction holds none", "write an STK file or an OEM");
        if (point.ClockUs is not null) Notice("clock", "", "a laser ranging prediction holds none", "write an SP3 file");
        NoticeForeign(point.Extras, "CPF_");
        string direction = point.Extras["CPF_DIRECTION"] ?? "0";
        Output.Text($"10 {direction} ").Integer(time.ModifiedJulianDay, 5).Text(" ").Number(time.SecondOfDay, 6, 13).Text("  ").Text(point.Extras["CPF_LEAP_SECOND"] ?? "0");
        Vector(position, 3, 17);
        if (point.VelocityKmPerS is { } velocity)
        {
            Output.Text($"20 {direction}");
            Vector(velocity, 6, 17);
        }
        if (point.Extras["CPF_30"] is { } corrections) Output.Text($"30 {direction} ").Line(corrections);
        if (point.Extras["CPF_40"] is { } transponder) Output.Text("40 ").Line(transponder);
    }

    private void Line(string text)
    {
        if (Segment is not null) Output.Text(text).TrimmedLine();
        else if (_before.Count < LinesMax) _before.Add(text);
        else Refuse("comment", "", $"more than {LinesMax} comments before a segment", "shorten the header");
    }

    protected override void Close()
    {
        if (Segment is null) return;
        Output.Line("99");
        Segment = null;
    }

    private void Time(EphemerisTime time)
    {
        var (hour, minute, second) = time.Clock();
        Output.Text(FormattableString.Invariant($" {time.Date.Year} {time.Date.Month,2} {time.Date.Day,2} {hour,2} {minute,2} {(int)second,2}"));
    }

    private void Vector(Vector3d km, int decimals, int width)
        => Output.Text(" ").Number(km.X, 3, decimals, width).Text(" ").Number(km.Y, 3, decimals, width).Text(" ").Number(km.Z, 3, decimals, width).Line();

    private void Code(EphemerisSegment segment, string key, string otherwise) => Output.Text(" ").Text(segment.Extras[key] ?? otherwise);
}
