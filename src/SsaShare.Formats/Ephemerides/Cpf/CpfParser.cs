using System.Text;

namespace SsaShare.Formats;

/// <summary>Records of a laser ranging prediction (ILRS, consolidated prediction format, versions 1 and 2), whose fields stand between blanks.</summary>
/// <remarks>Times are UTC, positions in metres about the Earth's centre. A velocity (20), correction (30) and transponder record (40) belong to the position of their direction before them.</remarks>
internal sealed class CpfParser(FormatReadOptions options, List<FormatItem<EphemerisItem>> items) : EphemerisParser(options, items)
{
    private readonly List<(EphemerisPoint Point, int Direction, long Line)> _waiting = [];
    private readonly EphemerisTime[] _last = new EphemerisTime[3];
    private CpfHeader? _header;
    private bool _isInBody, _isEnded;
    private long _points;

    protected override ReadOnlySpan<byte> Ending => "99\n"u8;

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        var words = new Words(line);
        if (!words.Next(out var kind)) return;
        if (!kind.SequenceEqual("00"u8) && !Ascii.IsValid(line)) Unreadable(line, number, 1, "a character other than ASCII");
        else if (_header is null || _isEnded) Begin(kind, ref words, line, number);
        else if (kind.Length == 2 && (kind[0] | 0x20) == 'h') Head(kind[1], ref words, line, number);
        else if (kind.SequenceEqual("00"u8)) Comment(words.Rest, number);
        else if (!_isInBody) Stop(number, "H9", line, "the header has not ended here", "end it with H9");
        else Body(kind, ref words, line, number);
    }

    protected override void End(long lines)
    {
        Flush();
        if (_header is null) Stop(Math.Max(lines, 1), "file", default, "there is no H1 record", "check that this is a laser ranging prediction");
        else if (!_isEnded) Refuse(lines, 0, "99", default, "the file ends without its last record", "send the whole file again");
    }

    private void Begin(ReadOnlySpan<byte> kind, ref Words words, ReadOnlySpan<byte> line, long number)
    {
        if (!IsKind(kind, "H1"u8) || !IsKind(words.Next(), "CPF"u8))
        {
            if (_isEnded) Unusual(number, 1, "record", line, "text after the last record", "end the file with 99", line);
            else Stop(number, "H1", line, "the first record is not H1 CPF", "check that this is a laser ranging prediction");
            return;
        }
        _header = new CpfHeader();
        (_isInBody, _isEnded, _points) = (false, false, 0);
        Array.Clear(_last);
        KeepHeader(line);
        if (_header.ReadH1(ref words, IsStrict) is { } wrong) Stop(number, "H1", line, wrong, "H1 CPF version source year month day hour sequence name");
        else Give(_header.Header, number);
    }

    private void Head(byte record, ref Words words, ReadOnlySpan<byte> line, long number)
    {
        if (_isInBody || record == '1')
        {
            Stop(number, "H" + (char)record, line, "a header record out of its place", "give H1, H2, H3, H4, H5, H9, then positions");
            return;
        }
        KeepHeader(line);
        string? wrong = record switch
        {
            (byte)'2' => _header!.ReadH2(ref words),
            (byte)'3' => _header!.ReadNumbers("CPF_H3", words.Rest, 9, 9),
            (byte)'4' => _header!.ReadNumbers("CPF_H4", words.Rest, 4, 5),
            (byte)'5' => _header!.ReadNumbers("CPF_H5", words.Rest, 1, 1),
            (byte)'9' => _header!.HasH2 ? null : "there is no H2 record",
            _ => "",
        };
        if (wrong is { Length: > 0 }) Stop(number, "H" + (char)record, line, wrong, "correct the header: it says what the positions mean");
        else if (wrong is not null) Unknown("H" + (char)record, words.Rest, line, number);
        else if (record == '9')
        {
            _isInBody = true;
            Give(_header!.Segment(), number);
        }
    }

    private void Body(ReadOnlySpan<byte> kind, ref Words words, ReadOnlySpan<byte> line, long number)
    {
        if (kind.SequenceEqual("10"u8)) Position(ref words, line, number);
        else if (kind.SequenceEqual("20"u8)) Velocity(ref words, line, number);
        else if (kind.SequenceEqual("30"u8)) Attach("CPF_30", 4, 4, hasDirection: true, words.Rest, line, number);
        else if (kind.SequenceEqual("40"u8)) Attach("CPF_40", 1, 8, hasDirection: false, words.Rest, line, number);
        else if (kind.SequenceEqual("50"u8)) Timed("CPF_50", "DIRECTION MJD SECOND TARGET X_M Y_M Z_M", words.Rest, line, number);
        else if (kind.SequenceEqual("60"u8)) Timed("CPF_60", "MJD SECOND ANGLE_1_ARCSEC ANGLE_2_ARCSEC ANGLE_3_ARCSEC GREENWICH_SIDEREAL_TIME_ARCSEC", words.Rest, line, number);
        else if (kind.SequenceEqual("70"u8)) Timed("CPF_70", "MJD SECOND X_POLE_ARCSEC Y_POLE_ARCSEC UT1_UTC_S", words.Rest, line, number);
        else if (kind.SequenceEqual("99"u8)) Finish(number);
        else Unknown(Encoding.ASCII.GetString(kind[..Math.Min(kind.Length, 8)]), words.Rest, line, number);
    }

    private void Position(ref Words words, ReadOnlySpan<byte> line, long number)
    {
        if (!ShiftedDecimal.TryInteger(words.Next(), out long direction) || direction is < 0 or > 2) Wrong("direction", ref words, "is not 0, 1 or 2", line, number);
        else if (!ShiftedDecimal.TryInteger(words.Next(), out long day)) Wrong("day", ref words, "is no modified Julian day", line, number);
        else if (!ShiftedDecimal.TryDecimal(words.Next(), out decimal second)) Wrong("second", ref words, "is no number", line, number);
        else if (EphemerisTime.TryCreate(day, second, EphemerisTimeSystem.Utc, out var time) is { } wrongTime) Wrong("second", ref words, wrongTime, line, number);
        else if (!ShiftedDecimal.TryInteger(words.Next(), out long leap) || leap is < -99 or > 99) Wrong("leap second flag", ref words, "is no small whole number", line, number);
        else if (!words.TryVector(-3, out var position)) Wrong("position", ref words, "three numbers in metres are expected", line, number);
        else if (!words.Rest.IsEmpty) Wrong("position", ref words, "there is more after the third coordinate", line, number);
        else if (time < _last[direction]) Refuse(number, 0, "10", line, "an earlier time than the position before", "sort the positions by time", line);
        else
        {
            if (direction == 0 || _waiting.Any(other => other.Direction == direction)) Flush();
            _last[direction] = time;
            _points++;
            KeepBeside(line, isFirst: true);
            var extras = EphemerisFields.None;
            if (direction != 0) extras = extras.Plus("CPF_DIRECTION", direction == 1 ? "1" : "2");
            if (leap != 0) extras = extras.Plus("CPF_LEAP_SECOND", FormattableString.Invariant($"{leap}"));
            _waiting.Add((new EphemerisPoint { Time = time, PositionKm = position, Extras = extras }, (int)direction, number));
        }
    }

    private void Velocity(ref Words words, ReadOnlySpan<byte> line, long number)
    {
        int at = Owner(words.Next());
        if (at < 0) Wrong("20", ref words, "no position of this direction before it", line, number);
        else if (_waiting[at].Point.VelocityKmPerS is not null) Wrong("20", ref words, "a second velocity of the position", line, number);
        else if (!words.TryVector(-3, out var velocity) || !words.Rest.IsEmpty) Wrong("velocity", ref words, "three numbers in metres per second are expected", line, number);
        else _waiting[at] = _waiting[at] with { Point = _waiting[at].Point with { VelocityKmPerS = velocity } };
    }

    private void Attach(string key, int least, int most, bool hasDirection, ReadOnlySpan<byte> values, ReadOnlySpan<byte> line, long number)
    {
        var words = new Words(values);
        int at = hasDirection ? Owner(words.Next()) : _waiting.Count - 1;
        string? numbers = CpfHeader.Numbers(hasDirection ? words.Rest : values, least, most);
        if (at < 0) Refuse(number, 1, key[4..], line, "no position of this direction before it", "give it after its position", line);
        else if (numbers is null) Refuse(number, 1, key[4..], line, CpfHeader.Expected(least), "correct or remove the record", line);
        else if (_waiting[at].Point.Extras[key] is not null) Refuse(number, 1, key[4..], line, "a second record of the position", "correct or remove the record", line);
        else _waiting[at] = _waiting[at] with { Point = _waiting[at].Point with { Extras = _waiting[at].Point.Extras.Plus(key, numbers) } };
    }

    /// <summary>A record with a time of its own: checked, and kept with the digits of the file.</summary>
    private void Timed(string kind, string names, ReadOnlySpan<byte> values, ReadOnlySpan<byte> line, long number)
    {
        Flush();
        var words = new Words(values);
        var fields = new List<EphemerisField>();
        long day = 0;
        foreach (string name in names.Split(' '))
        {
            if (!words.Next(out var word) || !(name == "TARGET" || (name == "MJD" ? ShiftedDecimal.TryInteger(word, out day) : ShiftedDecimal.TryDouble(word, 0, out _))))
            {
                Wrong(name, ref words, "is missing or no number", line, number);
                return;
            }
            if (name == "SECOND" && (!ShiftedDecimal.TryDecimal(word, out decimal second) || EphemerisTime.TryCreate(day, second, EphemerisTimeSystem.Utc, out _) is not null))
            {
                Wrong(name, ref words, "the day has no such second", line, number);
                return;
            }
            fields.Add(new EphemerisField(name, Encoding.UTF8.GetString(word)));
        }
        if (!words.Rest.IsEmpty) Wrong(kind[4..], ref words, "there is more after the last field", line, number);
        else Give(new EphemerisRecord(kind, new EphemerisFields(fields)), number);
    }

    private void Comment(ReadOnlySpan<byte> text, long number)
    {
        Flush();
        Give(new EphemerisComment(Encoding.UTF8.GetString(text)), number);
    }

    private void Unknown(string kind, ReadOnlySpan<byte> values, ReadOnlySpan<byte> line, long number)
    {
        Flush();
        if (Unusual(number, 1, kind, line, "the format has no such record", "remove it or correct its number", line))
            Give(new EphemerisRecord("CPF_" + kind, new EphemerisFields([new EphemerisField("TEXT", Encoding.UTF8.GetString(values))])), number);
    }

    private void Finish(long number)
    {
        Flush();
        if (_points == 0) Unusual(number, 0, "99", default, "there is no position in the file", "give at least one record 10");
        Give(new EphemerisSegmentEnd(), number);
        _isEnded = true;
    }

    private int Owner(ReadOnlySpan<byte> direction)
        => ShiftedDecimal.TryInteger(direction, out long wanted) ? _waiting.FindLastIndex(waiting => waiting.Direction == wanted) : -1;

    private void Flush()
    {
        foreach (var (point, _, line) in _waiting) Give(point, line);
        _waiting.Clear();
    }

    private void Wrong(string field, ref Words words, string reason, ReadOnlySpan<byte> line, long number)
        => Refuse(number, words.Column, field, line[Math.Min(words.Column - 1, line.Length)..], reason, "correct or remove the record", line);

    private static bool IsKind(ReadOnlySpan<byte> word, ReadOnlySpan<byte> kind) => Ascii.EqualsIgnoreCase(word, kind);
}
