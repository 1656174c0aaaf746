using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes SP3 files in the version they were read in, others as SP3-d.</summary>
internal sealed class Sp3Writer(Stream stream, FormatWriteOptions options) : EphemerisWriter(stream, options)
{
    private const int CommentsMax = 10_000, CommentLength = 77;
    private readonly List<string> _comments = [];
    private readonly HashSet<string> _inEpoch = [];
    private EphemerisHeader _header = new();
    private EphemerisTime? _epoch;
    private EphemerisTimeSystem _system;
    private string _tag = "", _agency = "";
    private bool _isWritten, _hasVelocities, _hasSegment;

    protected override void Open(EphemerisHeader header)
    {
        NoticeForeign(header.Extras, "SP3_");
        _header = header;
    }

    protected override void Comment(EphemerisComment comment)
    {
        if (_isWritten) Notice("comment", "", "SP3 has comments before the first epoch only", "see the original file");
        else if (_comments.Count >= CommentsMax) Refuse("comment", "", $"more than {CommentsMax} comments", "shorten the header");
        else _comments.Add(OneLine(comment.Text));
    }

    protected override void Covariance(EphemerisCovariance covariance) => Notice("covariance", "", "SP3 holds none but as rounded accuracies", "write an OEM or an STK file");

    protected override void Begin(EphemerisSegment segment)
    {
        bool isOwn = segment.Extras["SP3_MODE"] is not null;
        if (_hasSegment) Refuse("segment", "", "an SP3 file has one header", "write a file for each segment");
        else if (Sp3Names.Frame(segment.FrameName) != segment.Frame && segment.Frame != EphemerisFrame.Itrf) Refuse("frame", segment.FrameName, "SP3 is in an Earth-fixed frame", "convert the positions first");
        else if (!isOwn && segment.Frame != EphemerisFrame.Itrf) Refuse("frame", segment.FrameName, "SP3 is in an Earth-fixed frame", "convert the positions first");
        else if (segment.Center != "EARTH") Refuse("centre", segment.Center, "SP3 is about the Earth", "convert the positions first");
        else if (segment.Coordinates != EphemerisCoordinates.Cartesian) Refuse("coordinates", segment.Coordinates.ToString(), "SP3 is in cartesian coordinates", "convert the positions first");
        else if (segment.Start is null || !TrySystem(segment)) Refuse("time system", segment.TimeSystem.ToString(), "SP3 has no such time system, or the start is not known", "convert the times first");
        else
        {
            NoticeForeign(segment.Extras, "SP3_");
            _agency = Source(_header.Source, isOwn ? "" : Options.Originator, 4, blanks: true);
            NoticeRealisation(segment, FrameName(segment));
            (Segment, _hasSegment, _isWritten, _epoch) = (segment, true, false, null);
            if (segment.Objects.Length == 0) Name(segment);
        }
    }

    /// <summary>As the source calls it, where that has five characters.</summary>
    private static string FrameName(EphemerisSegment segment)
        => Sp3Names.Frame(segment.FrameName) == segment.Frame && segment.FrameName.Length <= 5 ? segment.FrameName : "ITRF";

    private bool TrySystem(EphemerisSegment segment)
    {
        _system = Sp3Names.Code(segment.TimeSystem) is not null ? segment.TimeSystem : EphemerisTimeSystem.Tai;
        return segment.Start!.Value.TryConvert(segment.TimeSystem, _system, out _);
    }

    /// <summary>SP3 has three characters for a satellite; L is for those in low orbits and others without a system.</summary>
    private void Name(EphemerisSegment segment)
    {
        string name = segment.ObjectName ?? segment.CosparId ?? "unknown";
        _tag = name.Length == 3 && Sp3Names.Satellite(System.Text.Encoding.UTF8.GetBytes(name)) is { } known ? known : "L01";
        if (_tag == name) return;
        _comments.Add(string.Create(CultureInfo.InvariantCulture, $"{_tag} = {name} {segment.CosparId} {segment.NoradId}").TrimEnd());
        Notice("object", name, $"SP3 has three characters for it: {_tag}; a comment says which", "see the comment");
    }

    /// <param name="start">Of the first epoch, whatever the source said: the header repeats it.</param>
    private void Header(bool hasVelocities, EphemerisTime start)
    {
        var segment = Segment!;
        _isWritten = true;
        _hasVelocities = segment.Extras["SP3_MODE"] is { } mode ? mode == "V" : hasVelocities;
        bool isAsRead = segment.Start!.Value.TryConvert(segment.TimeSystem, _system, out var said) && said == start;
        string? Own(string key) => isAsRead ? segment.Extras[key] : null;
        string[] satellites = segment.Objects.Length == 0 ? [_tag] : segment.Objects.Split(' ');
        char version = _header.Version is "a" or "b" or "c" or "d" ? _header.Version[0] : 'd';
        Output.Text($"#{version}{(_hasVelocities ? 'V' : 'P')}");
        Calendar(start);
        string frame = FrameName(segment);
        Output.Text(FormattableString.Invariant($" {segment.EpochCount ?? 0,7} {segment.Extras["SP3_DATA_USED"] ?? "ORBIT",5} {frame,-5} {segment.Extras["SP3_ORBIT_TYPE"] ?? "",-3} {_agency,4}")).TrimmedLine();
        // GPS weeks begin on Sundays, the first on 1980-01-06 (day 44244).
        int sinceFirst = start.ModifiedJulianDay - 44_244;
        decimal secondOfWeek = (sinceFirst % 7 + 7) % 7 * 86_400 + start.SecondOfDay;
        int week = (sinceFirst - (sinceFirst % 7 + 7) % 7) / 7;
        Output.Text(FormattableString.Invariant($"## {Own("SP3_GPS_WEEK") ?? $"{week}",4} {Own("SP3_SECOND_OF_WEEK") ?? secondOfWeek.ToString("0.00000000", CultureInfo.InvariantCulture),15} "));
        Output.Number(decimal.Round(segment.StepSeconds ?? 0, 8), 8, 14);
        Output.Text(FormattableString.Invariant($" {Own("SP3_START_MJD") ?? $"{start.ModifiedJulianDay}",5} {Own("SP3_START_DAY_FRACTION") ?? (start.SecondOfDay / 86_400).ToString("0.0000000000000", CultureInfo.InvariantCulture)}")).Line();
        Satellites(satellites, segment.Extras["SP3_ACCURACY"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
        string letter = satellites.All(s => s[0] == satellites[0][0]) && char.IsAsciiLetter(satellites[0][0]) ? satellites[0][..1] : "M";
        string c1 = $"{letter}  cc {Sp3Names.Code(_system)} ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc";
        Percent("%c", segment.Extras["SP3_C1"] ?? c1);
        Percent("%c", segment.Extras["SP3_C2"] ?? "cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc");
        Percent("%f", segment.Extras["SP3_F1"] ?? " 0.0000000  0.000000000  0.00000000000  0.000000000000000");
        Percent("%f", segment.Extras["SP3_F2"] ?? " 0.0000000  0.000000000  0.00000000000  0.000000000000000");
        Percent("%i", segment.Extras["SP3_I1"] ?? "   0    0    0    0      0      0      0      0         0");
        Percent("%i", segment.Extras["SP3_I2"] ?? "   0    0    0    0      0      0      0      0         0");
        int lines = 0;
        foreach (string comment in _comments)
        {
            int length = segment.Extras["SP3_MODE"] is null ? CommentLength : Math.Max(CommentLength, comment.Length);
            for (int at = 0; at == 0 || at < comment.Length; at += length, lines++)
                Output.Text("/* ").Text(comment.AsSpan(at, Math.Min(length, comment.Length - at))).TrimmedLine();
        }
        for (; lines < 4; lines++) Output.Line("/*");
        _comments.Clear();
    }

    private void Satellites(string[] satellites, string[] accuracies)
    {
        int lines = Math.Max(5, (satellites.Length + 16) / 17);
        for (int line = 0; line < lines; line++)
        {
            Output.Text(line == 0 ? FormattableString.Invariant($"+  {satellites.Length,3}   ") : "+        ");
            for (int i = 17 * line; i < 17 * line + 17; i++) Output.Text(i < satellites.Length ? satellites[i].PadLeft(3) : "  0");
            Output.Line();
        }
        for (int line = 0; line < lines; line++)
        {
            Output.Text("++       ");
            for (int i = 17 * line; i < 17 * line + 17; i++) Output.Text((i < accuracies.Length ? accuracies[i] : "0").PadLeft(3));
            Output.Line();
        }
    }

    private void Percent(string kind, string rest) => Output.Text(kind).Text(" ").Line(rest);

    protected override void Point(EphemerisPoint point)
    {
        if (point.AccelerationKmPerS2 is not null) Notice("acceleration", "", "SP3 holds none", "write an STK file or an OEM");
        NoticeForeign(point.Extras, "SP3_");
        string tag = Segment!.Objects.Length == 0 ? _tag : point.ObjectTag ?? Segment.Objects;
        if (!point.Time.TryConvert(Segment.TimeSystem, _system, out var time)) Refuse("time", point.Time.ToString(), "cannot be turned into the file's time system", "convert the times first");
        else if (_epoch is { } before && time < before) Refuse("time", point.Time.ToString(), "earlier than the point before", "sort the points by time");
        else if (point.PositionKm is { } p && !Sp3Names.Fits(p, 0)) Refuse("position", "", "SP3 has seven digits for kilometres, six after a sign", "write an OEM or an STK file");
        else if (point.VelocityKmPerS is { } v && !Sp3Names.Fits(v, 4)) Refuse("velocity", "", "SP3 has seven digits for decimetres per second, six after a sign", "write an OEM or an STK file");
        else if (point.ClockUs is { } c && !Sp3Names.Fits(c, 0)) Refuse("clock", "", "SP3 has six digits for microseconds", "leave the clock out");
        else if (tag.Length > 3) Refuse("object", tag, "SP3 has three characters for it", "give it a letter and two digits");
        else if (_epoch == time && !_inEpoch.Add(tag)) Refuse("object", tag, "a second point of the same time", "remove one");
        else Point(point, time, tag);
    }

    private void Point(EphemerisPoint point, EphemerisTime time, string tag)
    {
        if (!_isWritten) Header(point.VelocityKmPerS is not null, time);
        if (_epoch != time)
        {
            _epoch = time;
            _inEpoch.Clear();
            _inEpoch.Add(tag);
            Output.Text("*  ");
            Calendar(time);
            Output.Line();
        }
        Output.Text("P").Text(tag.PadLeft(3));
        var extras = point.Extras;
        Values(point.PositionKm ?? Vector3d.Zero, 0, point.ClockUs);
        Accuracies(extras, "SP3_SDEV_X", "SP3_SDEV_Y", "SP3_SDEV_Z", "SP3_SDEV_CLOCK");
        if (extras["SP3_CLOCK_EVENT"] is { } clockEvent) Output.To(75).Text(clockEvent);
        if (extras["SP3_CLOCK_PREDICTED"] is { } clockPredicted) Output.To(76).Text(clockPredicted);
        if (extras["SP3_MANEUVER"] is { } maneuver) Output.To(79).Text(maneuver);
        if (extras["SP3_ORBIT_PREDICTED"] is { } orbitPredicted) Output.To(80).Text(orbitPredicted);
        Output.Line();
        if (extras["SP3_EP"] is { } ep) Output.Text("EP").Line(ep);
        if (!_hasVelocities)
        {
            if (point.VelocityKmPerS is not null) Notice("velocity", "", "left out, since the first point has none", "give velocities for all points or for none");
            return;
        }
        Output.Text("V").Text(tag.PadLeft(3));
        Values(point.VelocityKmPerS ?? Vector3d.Zero, 4, point.ClockRateUsPerS);
        Accuracies(extras, "SP3_VELOCITY_SDEV_X", "SP3_VELOCITY_SDEV_Y", "SP3_VELOCITY_SDEV_Z", "SP3_VELOCITY_SDEV_CLOCK");
        Output.Line();
        if (extras["SP3_EV"] is { } ev) Output.Text("EV").Line(ev);
    }

    /// <summary>Three numbers and a clock with six decimals.</summary>
    private void Values(Vector3d vector, int shift, double? clock)
    {
        Six(vector.X, shift);
        Six(vector.Y, shift);
        Six(vector.Z, shift);
        if (clock is { } value) Six(value, shift);
        else Output.Text(" 999999.999999");
    }

    private void Six(double value, int shift)
    {
        double rounded = Math.Round(value, 6 + shift);
        if (rounded != value) Notice("digits", "", "SP3 has six decimals; further ones are rounded", "write an OEM or an STK file where they matter");
        Output.Number(rounded, shift, 6, 14);
    }

    private void Accuracies(EphemerisFields extras, string x, string y, string z, string clock)
    {
        if (extras.Count == 0) return;
        foreach (var (key, last) in ((string, int)[])[(x, 63), (y, 66), (z, 69), (clock, 73)])
            if (extras[key] is { } exponent) Output.To(last - exponent.Length + 1).Text(exponent);
    }

    private void Calendar(EphemerisTime time)
    {
        var (hour, minute, second) = time.Clock();
        decimal rounded = decimal.Round(second, 8);
        if (rounded != second) Notice("time", "", "SP3 has eight decimals of a second; further ones are rounded", "write an OEM or an STK file where they matter");
        Output.Text(FormattableString.Invariant($"{time.Date.Year,4} {time.Date.Month,2} {time.Date.Day,2} {hour,2} {minute,2} ")).Number(rounded, 8, 11);
    }

    protected override void Close()
    {
        if (Segment is null) return;
        if (!_isWritten && Segment.Start!.Value.TryConvert(Segment.TimeSystem, _system, out var start)) Header(false, start);
        Output.Line("EOF");
        Segment = null;
    }
}
