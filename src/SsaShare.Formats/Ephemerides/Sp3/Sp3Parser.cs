using System.Text;

namespace SsaShare.Formats;

/// <summary>Lines of a file of the standard product 3 (NGS and IGS, SP3-a to SP3-d), whose fields stand in columns.</summary>
/// <remarks>Positions in km, velocities in dm/s, clocks in microseconds; 0 stands for no position, 999999.999999 for no clock.</remarks>
internal sealed class Sp3Parser(FormatReadOptions options, List<FormatItem<EphemerisItem>> items) : EphemerisParser(options, items)
{
    private const double NoClock = 999_999;
    private readonly Sp3Header _header = new();
    private readonly HashSet<string> _inEpoch = [];
    private readonly HashSet<string> _listed = [];
    private readonly List<EphemerisField> _extras = [];
    private EphemerisSegment? _segment;
    private EphemerisPoint? _point;
    private EphemerisTime _time;
    private int _rank;
    private long _pointLine, _epochs, _lines;
    private bool _hasEpoch, _isEnded, _hasVelocity, _hasP, _hasEp, _hasEv;

    protected override ReadOnlySpan<byte> Ending => "EOF\n"u8;

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        line = line.TrimEnd(" \t"u8);
        if (line.IsEmpty) return;
        _lines++;
        bool isComment = line.StartsWith("/*"u8);
        if (!isComment && (!Ascii.IsValid(line) || line.Contains((byte)'\t'))) Unreadable(line, number, 1, "a tab or a character other than ASCII, which leaves the columns open");
        else if (_isEnded) Unusual(number, 1, "file", line, "text after EOF", "remove it", line);
        else if (_lines == 1) Begin(line, number);
        else if (line.SequenceEqual("EOF"u8)) Finish(number);
        else if (line[0] == '*') Epoch(line, number);
        else if (isComment) Comment(line, number);
        else if (_segment is null) Head(line, number);
        else if (line[0] is (byte)'P' or (byte)'V' && line.Length > 4) Record(line, number);
        else if (line.StartsWith("EP"u8) || line.StartsWith("EV"u8)) Errors(line, number);
        else Refuse(number, 1, "line", line, "no line of the format", "correct or remove it", line);
    }

    protected override void End(long lines)
    {
        Flush();
        if (_lines == 0) Stop(Math.Max(lines, 1), "file", default, "the file is empty", "check that this is an SP3 file");
        else if (!_isEnded) Refuse(lines, 0, "EOF", default, "the file ends without it", "send the whole file again");
    }

    private void Begin(ReadOnlySpan<byte> line, long number)
    {
        if (line[0] != '#' || line.StartsWith("##"u8)) Stop(number, "file", line, "the first line does not begin with #a, #b, #c or #d", "check that this is an SP3 file");
        else if (_header.First(new Sp3Columns(line)) is { } wrong) Stop(number, "line 1", line, wrong, "correct the header: it says what the positions mean");
        else
        {
            KeepHeader(line);
            Give(_header.Header, number);
        }
    }

    private void Head(ReadOnlySpan<byte> line, long number)
    {
        KeepHeader(line);
        var columns = new Sp3Columns(line);
        int rank = line.StartsWith("##"u8) ? 1 : line.StartsWith("+ "u8) ? 2 : line.StartsWith("++"u8) ? 3 : line.StartsWith("%c"u8) ? 4 : line.StartsWith("%f"u8) ? 5 : 6;
        if (rank < _rank)
        {
            if (IsStrict)
            {
                Stop(number, "header", line, "a line out of its place", "give ##, +, ++, %c, %f and %i in this order");
                return;
            }
            Notice(number, 1, "header", line, "a line out of its place", "give ##, +, ++, %c, %f and %i in this order");
        }
        _rank = Math.Max(rank, _rank);
        string? wrong = line.StartsWith("##"u8) ? _header.Second(columns)
            : line.StartsWith("++"u8) ? _header.Plus(columns, isAccuracies: true)
            : line.StartsWith("+ "u8) ? _header.Plus(columns, isAccuracies: false)
            : line[0] == '%' && line.Length > 3 && line[1] is (byte)'c' or (byte)'f' or (byte)'i' ? _header.Percent(line[1], line)
            : "no header line of the format";
        if (wrong is not null) Stop(number, line[0] is (byte)'#' or (byte)'+' or (byte)'%' ? ReadIssue.Show(line[..Math.Min(2, line.Length)]).Trim() : "header", line, wrong, "correct the header: it says what the positions mean");
    }

    private bool EndHeader(long number)
    {
        if (_segment is not null) return true;
        if (_header.Segment(out _segment) is { } wrong)
        {
            Stop(number, "header", default, wrong, "correct the header: it says what the positions mean");
            return false;
        }
        if (!_header.IsComplete && !Unusual(number, 0, "header", default, "accuracies, or two lines of each %c, %f and %i, are missing", "complete the header"))
        {
            Stop(number, "header", default, "not complete", "complete the header");
            return false;
        }
        _listed.UnionWith(_header.Satellites);
        if (!_header.IsStartRepeated(_segment!)) Notice(number, 0, "##", default, "the day in the second line is not that of the first", "make them equal");
        if (_segment!.Frame == EphemerisFrame.Other) Notice(number, 0, "coordinate system", Encoding.ASCII.GetBytes(_segment.FrameName), "not known", "name ITRF or a realisation of it");
        Give(_segment, number);
        return true;
    }

    private void Comment(ReadOnlySpan<byte> line, long number)
    {
        if (!EndHeader(number)) return;
        Flush();
        if (_hasEpoch && !Unusual(number, 1, "comment", line, "a comment after the first epoch", "move it into the header", line)) return;
        string text = Encoding.UTF8.GetString(line[2..].Trim(" \t"u8));
        if (text.Length > 0) Give(new EphemerisComment(text), number);
    }

    private void Epoch(ReadOnlySpan<byte> line, long number)
    {
        if (!EndHeader(number)) return;
        Flush();
        bool hadEpoch = _hasEpoch;
        var last = _time;
        _hasEpoch = true;
        _hasP = false;
        KeepAround(line);
        _inEpoch.Clear();
        _epochs++;
        string? wrong = Sp3Header.Epoch(line, _segment!.TimeSystem, out _time);
        if (wrong is null && hadEpoch && last != default && _time <= last) wrong = "not later than the epoch before";
        if (wrong is null)
        {
            if (!hadEpoch && _time != _segment.Start) Unusual(number, 1, "epoch", line, $"the first line says that the first epoch is {_segment.Start}", "correct the first two lines: they repeat the first epoch");
            return;
        }
        _time = default;
        Refuse(number, 1, "epoch", line, wrong, "correct it; its records are refused", line);
    }

    private void Record(ReadOnlySpan<byte> line, long number)
    {
        bool isPosition = line[0] == 'P';
        if (isPosition) Flush();
        if (_time == default)
        {
            // The epoch was refused, and with it what belongs to it.
            if (!_hasEpoch) Refuse(number, 1, "record", line, "no epoch before it", "give the epoch first", line);
            return;
        }
        var columns = new Sp3Columns(line);
        if (Sp3Names.Satellite(columns.Raw(2, 4)) is not { } satellite) Wrong(number, 2, "satellite", "no letter and two digits", line);
        else if (isPosition) Position(columns, satellite, line, number);
        else Velocity(columns, satellite, line, number);
    }

    private void Position(Sp3Columns columns, string satellite, ReadOnlySpan<byte> line, long number)
    {
        _hasP = false;
        KeepBeside(default, isFirst: true);
        if (!columns.TryNumber(5, 18, 0, out double x) || !columns.TryNumber(19, 32, 0, out double y) || !columns.TryNumber(33, 46, 0, out double z) || !Sp3Names.Fits(new Vector3d(x, y, z), 0)) Wrong(number, 5, "position", "three numbers in km are expected in columns 5 to 46", line);
        else if (!TryClock(columns, 0, out double? clock)) Wrong(number, 47, "clock", "a number of microseconds is expected in columns 47 to 60", line);
        else if (!_listed.Contains(satellite) && !Unusual(number, 2, "satellite", line[1..4], "not listed in the header", "list it", line)) return;
        else if (!_inEpoch.Add(satellite)) Wrong(number, 2, "satellite", "its second record of this epoch", line);
        else if (!TryAccuracies(columns, "SP3_SDEV_", _extras)) Wrong(number, 61, "accuracy", "whole numbers are expected in columns 62 to 73", line);
        else
        {
            if (columns.Trimmed(75, 75).Length > 0) _extras.Add(new EphemerisField("SP3_CLOCK_EVENT", columns.Text(75, 75)));
            if (columns.Trimmed(76, 76).Length > 0) _extras.Add(new EphemerisField("SP3_CLOCK_PREDICTED", columns.Text(76, 76)));
            if (columns.Trimmed(79, 79).Length > 0) _extras.Add(new EphemerisField("SP3_MANEUVER", columns.Text(79, 79)));
            if (columns.Trimmed(80, 80).Length > 0) _extras.Add(new EphemerisField("SP3_ORBIT_PREDICTED", columns.Text(80, 80)));
            KeepBeside(line, isFirst: true);
            (_hasVelocity, _hasP, _hasEp, _hasEv, _pointLine) = (false, true, false, false, number);
            _point = new EphemerisPoint { Time = _time, ObjectTag = satellite, PositionKm = (x, y, z) == (0, 0, 0) ? null : new Vector3d(x, y, z), ClockUs = clock };
        }
    }

    private void Velocity(Sp3Columns columns, string satellite, ReadOnlySpan<byte> line, long number)
    {
        if (!_hasP || _point?.ObjectTag != satellite || _hasVelocity) Wrong(number, 1, "velocity", "not after the position of its satellite", line);
        else if (!_header.HasVelocities && !Unusual(number, 1, "velocity", line, "the first line says that there are none", "write V there", line)) return;
        else if (!columns.TryNumber(5, 18, -4, out double x) || !columns.TryNumber(19, 32, -4, out double y) || !columns.TryNumber(33, 46, -4, out double z) || !Sp3Names.Fits(new Vector3d(x, y, z), 4)) Wrong(number, 5, "velocity", "three numbers in dm/s are expected in columns 5 to 46", line);
        else if (!TryClock(columns, -4, out double? rate)) Wrong(number, 47, "clock rate", "a number is expected in columns 47 to 60", line);
        else if (!TryAccuracies(columns, "SP3_VELOCITY_SDEV_", _extras)) Wrong(number, 61, "accuracy", "whole numbers are expected in columns 62 to 73", line);
        else
        {
            _hasVelocity = true;
            KeepBeside(line, isFirst: false);
            _point = _point with { VelocityKmPerS = (x, y, z) == (0, 0, 0) ? null : new Vector3d(x, y, z), ClockRateUsPerS = rate };
        }
    }

    /// <summary>Accuracies and correlations of the position or velocity before them: checked, and kept as they stand.</summary>
    private void Errors(ReadOnlySpan<byte> line, long number)
    {
        if (_time == default && _hasEpoch) return;
        bool isPosition = line[1] == 'P';
        var columns = new Sp3Columns(line);
        if (!_hasP || _point is null || (isPosition ? _hasVelocity || _hasEp : !_hasVelocity || _hasEv))
        {
            Wrong(number, 1, isPosition ? "EP" : "EV", "not after the record of its satellite", line);
            return;
        }
        foreach (var (from, to) in ((int, int)[])[(5, 8), (10, 13), (15, 18), (20, 26), (28, 35), (37, 44), (46, 53), (55, 62), (64, 71), (73, 80)])
        {
            if (columns.Trimmed(from, to).IsEmpty || columns.TryInteger(from, to, out _)) continue;
            Wrong(number, from, isPosition ? "EP" : "EV", $"a whole number is expected in columns {from} to {to}", line);
            return;
        }
        if (isPosition) _hasEp = true;
        else _hasEv = true;
        _extras.Add(new EphemerisField(isPosition ? "SP3_EP" : "SP3_EV", Encoding.ASCII.GetString(columns.Raw(3, 80).TrimEnd((byte)' '))));
    }

    private void Flush()
    {
        if (_point is { } point)
        {
            if (_header.HasVelocities && !_hasVelocity) Unusual(_pointLine, 0, "velocity", default, "missing after the position", "give it, or write P in the first line");
            Give(_extras.Count == 0 ? point : point with { Extras = new EphemerisFields(_extras) }, _pointLine);
        }
        _point = null;
        _extras.Clear();
    }

    private void Finish(long number)
    {
        if (!EndHeader(number)) return;
        Flush();
        _isEnded = true;
        if (_epochs != _segment!.EpochCount)
            Unusual(number, 0, "epochs", default, $"the first line says {_segment.EpochCount}, the file has {_epochs}", "correct the number, or send the whole file");
        Give(new EphemerisSegmentEnd(), number);
    }

    private static bool TryClock(Sp3Columns columns, int shift, out double? clock)
    {
        clock = null;
        if (columns.Trimmed(47, 60).IsEmpty) return true;
        if (!columns.TryNumber(47, 60, 0, out double read) || !Sp3Names.Fits(read, 0)) return false;
        if (read < NoClock && columns.TryNumber(47, 60, shift, out read)) clock = read;
        return true;
    }

    private static bool TryAccuracies(Sp3Columns columns, string key, List<EphemerisField> extras)
    {
        foreach (var (name, from, to) in ((string, int, int)[])[("X", 62, 63), ("Y", 65, 66), ("Z", 68, 69), ("CLOCK", 71, 73)])
        {
            if (columns.Trimmed(from, to).IsEmpty) continue;
            if (!columns.TryInteger(from, to, out long exponent)) return false;
            extras.Add(new EphemerisField(key + name, Sp3Names.Text(exponent)));
        }
        return true;
    }

    private void Wrong(long number, int column, string field, string reason, ReadOnlySpan<byte> line)
    {
        if (line[0] == 'P') _extras.Clear();
        Refuse(number, column, field, line[Math.Min(column - 1, line.Length)..], reason, "correct or remove the record", line);
    }
}
