using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>What the lines before the first epoch of an SP3 file say.</summary>
internal sealed class Sp3Header
{
    private const int SatellitesPerLine = 17;
    private readonly List<EphemerisField> _extras = [];
    private readonly List<string> _satellites = [];
    private readonly List<string> _accuracies = [];
    private readonly long[] _start = new long[5];
    private decimal _second, _step, _dayFraction;
    private long _promised, _epochs, _mjd;
    private int _satelliteLines, _accuracyLines, _c, _f, _i;
    private string _frame = "", _timeCode = "";
    private bool _hasSecond;

    public char Version { get; private set; }

    /// <summary>Velocity records follow the position records.</summary>
    public bool HasVelocities { get; private set; }

    public EphemerisHeader Header { get; private set; } = new();

    /// <summary>All lines are there that the standard asks for.</summary>
    public bool IsComplete => _accuracies.Count == _satellites.Count && (_c, _f, _i) == (2, 2, 2);

    public IReadOnlyCollection<string> Satellites => _satellites;

    /// <summary>Takes the first line.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? First(Sp3Columns line)
    {
        var kind = line.Raw(2, 3);
        if (kind.Length != 2 || kind[0] is not ((byte)' ' or >= (byte)'a' and <= (byte)'d')) return "the version is not a, b, c or d";
        if (kind[1] is not ((byte)'P' or (byte)'V')) return "neither P nor V";
        Version = kind[0] == ' ' ? 'a' : (char)kind[0];
        HasVelocities = kind[1] == 'V';
        (int From, int To)[] fields = [(4, 7), (9, 10), (12, 13), (15, 16), (18, 19)];
        for (int i = 0; i < fields.Length; i++)
            if (!line.TryInteger(fields[i].From, fields[i].To, out _start[i])) return "the start is no date and time";
        if (!line.TryDecimal(20, 31, out _second)) return "the start is no date and time";
        if (!line.TryInteger(33, 39, out _epochs) || _epochs < 0) return "the number of epochs is missing";
        _frame = line.Text(47, 51);
        if (_frame.Length == 0) return "the coordinate system is missing";
        string agency = line.Text(57, 60);
        _extras.Add(new EphemerisField("SP3_MODE", HasVelocities ? "V" : "P"));
        _extras.Add(new EphemerisField("SP3_DATA_USED", line.Text(41, 45)));
        _extras.Add(new EphemerisField("SP3_ORBIT_TYPE", line.Text(53, 55)));
        Header = new EphemerisHeader { Version = Version.ToString(), Source = agency.Length == 0 ? null : agency };
        return null;
    }

    /// <summary>Takes the second line.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Second(Sp3Columns line)
    {
        if (_hasSecond) return "a second such line";
        _hasSecond = true;
        if (!line.TryInteger(4, 7, out _) || !line.TryDecimal(9, 23, out _)) return "GPS week or second of week is missing";
        if (!line.TryDecimal(25, 38, out _step) || _step < 0 || _step > 1_000_000) return "the interval is missing or no number of seconds";
        if (!line.TryInteger(40, 44, out _mjd) || !line.TryDecimal(46, 60, out _dayFraction)) return "the day of the start is missing";
        _extras.Add(new EphemerisField("SP3_GPS_WEEK", line.Text(4, 7)));
        _extras.Add(new EphemerisField("SP3_SECOND_OF_WEEK", line.Text(9, 23)));
        _extras.Add(new EphemerisField("SP3_START_MJD", line.Text(40, 44)));
        _extras.Add(new EphemerisField("SP3_START_DAY_FRACTION", line.Text(46, 60)));
        return null;
    }

    /// <summary>Takes a line of satellites or of their accuracies.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Plus(Sp3Columns line, bool isAccuracies)
    {
        if (isAccuracies) _accuracyLines++;
        else if (++_satelliteLines == 1 && (!line.TryInteger(4, 6, out _promised) || _promised is < 1 or > 999)) return "the number of satellites is missing";
        if (_satelliteLines > 60 || _accuracyLines > 60) return "more than 60 such lines";
        for (int i = 0; i < SatellitesPerLine; i++)
        {
            int column = 10 + 3 * i;
            if (!isAccuracies && _satellites.Count < _promised)
            {
                if (Sp3Names.Satellite(line.Raw(column, column + 2)) is not { } satellite) return $"satellite {_satellites.Count + 1} is missing";
                if (_satellites.Contains(satellite)) return $"{satellite} is listed twice";
                _satellites.Add(satellite);
            }
            else if (isAccuracies && _accuracies.Count < _satellites.Count)
            {
                if (!line.TryInteger(column, column + 2, out long accuracy)) return "an accuracy is no number";
                _accuracies.Add(Sp3Names.Text(accuracy));
            }
        }
        return null;
    }

    /// <summary>Takes a line of %c, %f or %i, which are kept as they stand.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Percent(byte kind, ReadOnlySpan<byte> line)
    {
        int count = kind switch { (byte)'c' => ++_c, (byte)'f' => ++_f, _ => ++_i };
        if (count > 2) return "a third such line";
        var columns = new Sp3Columns(line);
        if (kind == 'c' && count == 1) _timeCode = columns.Text(10, 12);
        if (kind == 'f' && CpfHeader.Numbers(columns.Raw(4, 80), 1, 8) is null) return "a field is no number";
        if (kind == 'i' && CpfHeader.Numbers(columns.Raw(4, 80), 1, 16) is null) return "a field is no number";
        _extras.Add(new EphemerisField($"SP3_{char.ToUpperInvariant((char)kind)}{count}", Encoding.ASCII.GetString(columns.Raw(4, 80).TrimEnd((byte)' '))));
        return null;
    }

    /// <summary>The header is over.</summary>
    /// <returns>Null and the segment, or what is wrong.</returns>
    public string? Segment(out EphemerisSegment? segment)
    {
        segment = null;
        if (!_hasSecond) return "the line with the interval is missing";
        if (_satellites.Count != _promised || _satellites.Count == 0) return "not all satellites are listed";
        var system = _timeCode is "" or "ccc" ? EphemerisTimeSystem.Gps : Sp3Names.Time(_timeCode);
        if (system == EphemerisTimeSystem.Unspecified) return $"the time system {ReadIssue.Show(Encoding.ASCII.GetBytes(_timeCode))} is none of the format's";
        if (EphemerisTime.TryCreate(_start[0], _start[1], _start[2], _start[3], _start[4], _second, system, out var start) is { } wrong) return $"start: {wrong}";
        _extras.Add(new EphemerisField("SP3_ACCURACY", string.Join(' ', _accuracies)));
        segment = new EphemerisSegment
        {
            Objects = string.Join(' ', _satellites),
            Frame = Sp3Names.Frame(_frame),
            FrameName = _frame,
            TimeSystem = system,
            Start = start,
            Stop = _epochs > 0 && start.TryAdd(_step * (_epochs - 1), system, out var stop) ? stop : null,
            StepSeconds = _step,
            EpochCount = _epochs,
            Extras = new EphemerisFields(_extras),
        };
        return null;
    }

    /// <summary>Whether the second line gives the day of the start as the first one does.</summary>
    public bool IsStartRepeated(EphemerisSegment segment)
        => segment.Start is { } start && Math.Abs(_mjd + _dayFraction - start.ModifiedJulianDay - start.SecondOfDay / 86_400) < 0.000_000_1m;

    /// <summary>The epoch in a line that begins with an asterisk.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Epoch(ReadOnlySpan<byte> line, EphemerisTimeSystem system, out EphemerisTime time)
    {
        time = default;
        var words = new Words(line[1..]);
        Span<long> parts = stackalloc long[5];
        for (int i = 0; i < parts.Length; i++)
            if (!ShiftedDecimal.TryInteger(words.Next(), out parts[i])) return "year, month, day, hour, minute and second are expected";
        if (!ShiftedDecimal.TryDecimal(words.Next(), out decimal second)) return "year, month, day, hour, minute and second are expected";
        return EphemerisTime.TryCreate(parts[0], parts[1], parts[2], parts[3], parts[4], second, system, out time);
    }
}
