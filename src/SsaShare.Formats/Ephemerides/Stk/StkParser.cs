using System.Text;

namespace SsaShare.Formats;

/// <summary>Lines of an STK ephemeris file: version, BEGIN Ephemeris, keywords, one section of points, sections of covariances, END Ephemeris.</summary>
/// <remarks>Times are seconds of elapsed time since ScenarioEpoch, a reading of UTC; lengths are metres where DistanceUnit does not say kilometres.</remarks>
internal sealed class StkParser(FormatReadOptions options, List<FormatItem<EphemerisItem>> items) : EphemerisParser(options, items)
{
    private const int CommentsBeforeMax = 1_000;
    private readonly StkHeader _header = new();

    /// <summary>Comments before the version; they are given after it.</summary>
    private readonly List<(EphemerisComment Comment, long Line)> _before = [];

    private StkCovariances? _covariances;
    private State _state;
    private EphemerisSegment? _segment;
    private EphemerisTime _last;
    private long _points;
    private int _numbers;

    private enum State
    {
        Version,
        Begin,
        Keywords,
        Block,
        Points,
        Covariances,
        Between,
        Ended,
    }

    protected override ReadOnlySpan<byte> Ending => "END Ephemeris\n"u8;

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        line = line.Trim(" \t"u8);
        if (line.IsEmpty) return;
        int hash = line.IndexOf((byte)'#');
        if (hash >= 0)
        {
            Comment(new EphemerisComment(Encoding.UTF8.GetString(line[(hash + 1)..].Trim(" \t"u8))), number);
            line = line[..hash].TrimEnd(" \t"u8);
            if (line.IsEmpty) return;
        }
        if (_state is State.Points or State.Covariances && line[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.')
        {
            if (_state == State.Points) Point(line, number);
            else if (_covariances!.Add(line, number) is { } wrong) Refuse(wrong.Line, wrong.Column, "covariance", line, wrong.Reason, "correct or remove it", line);
            return;
        }
        if (_state is not (State.Points or State.Covariances or State.Ended)) KeepHeader(line);
        var words = new Words(line);
        Keyword(Encoding.UTF8.GetString(words.Next()), words.Rest, line, number);
    }

    protected override void End(long lines)
    {
        if (_state == State.Version) Stop(Math.Max(lines, 1), "file", default, "there is no line stk.v", "check that this is an STK ephemeris file");
        else if (_state != State.Ended) Refuse(lines, 0, "END Ephemeris", default, "the file ends without it", "send the whole file again");
    }

    private void Keyword(string word, ReadOnlySpan<byte> value, ReadOnlySpan<byte> line, long number)
    {
        bool isEnd = StkKeywords.Is("END", word), isBegin = StkKeywords.Is("BEGIN", word);
        switch (_state)
        {
            case State.Version when word.StartsWith("stk.v.", StringComparison.OrdinalIgnoreCase):
                _state = State.Begin;
                if (!Version.TryParse(word.AsSpan(6), out _)) Stop(number, "stk.v", line, "the version is not two numbers with a point between", "give stk.v.12.0");
                else Give(new EphemerisHeader { Version = word[6..] }, number);
                foreach (var (comment, at) in _before) Give(comment, at);
                _before.Clear();
                break;
            case State.Version:
                Stop(number, "file", line, "the first line is not stk.v", "check that this is an STK ephemeris file");
                break;
            case State.Begin when isBegin && Names(value, "Ephemeris"):
                _state = State.Keywords;
                break;
            case State.Begin:
                Stop(number, word, line, "BEGIN Ephemeris is expected", "check that this is an ephemeris, no attitude");
                break;
            case State.Block when isEnd:
                _state = State.Keywords;
                break;
            case State.Block:
                if (_header.AddToBlock(line) is { } wrongBlock) Stop(number, "block", line, wrongBlock, "shorten or remove the block");
                break;
            case State.Keywords when isBegin && _header.BeginBlock(Encoding.UTF8.GetString(value)):
                _state = State.Block;
                break;
            case State.Keywords when Array.FindIndex(StkKeywords.Sections, section => StkKeywords.Is(section.Name, word)) is >= 0 and var index:
                Begin(index, number);
                break;
            case State.Keywords when !isEnd:
                if (_header.Set(word, value, IsStrict) is not { } wrong) break;
                if (wrong.Length > 0) Stop(number, word, value, wrong, "correct the header: it says what the points mean");
                else if (Unusual(number, 1, word, value, "not a keyword of STK's ephemeris files", "remove it or correct its spelling", line)) _header.Keep(word, value);
                break;
            case State.Ended:
                Unusual(number, 1, "file", line, "text after END Ephemeris", "remove it", line);
                break;
            case var _ when isEnd && Names(value, "Ephemeris"):
                Finish(number);
                break;
            case State.Points or State.Covariances or State.Between when isEnd:
                EndCovariances(number);
                _state = State.Between;
                break;
            case State.Points or State.Covariances or State.Between:
                KeepAround(line);
                string section = isBegin ? Encoding.UTF8.GetString(value) : word;
                if (StkKeywords.Is("CovarianceTimePos", section)) BeginCovariances(6, number);
                else if (StkKeywords.Is("CovarianceTimePosVel", section)) BeginCovariances(21, number);
                else Refuse(number, 1, "line", line, "neither numbers nor the beginning of a section", "correct or remove it", line);
                break;
            default:
                Stop(number, word, line, "not expected here", "check the order of the file's parts");
                break;
        }
    }

    private void Comment(EphemerisComment comment, long number)
    {
        if (_state != State.Version) Give(comment, number);
        else if (_before.Count < CommentsBeforeMax) _before.Add((comment, number));
        else Stop(number, "file", default, $"more than {CommentsBeforeMax} comments before the line stk.v", "check that this is an STK ephemeris file");
    }

    private void Begin(int section, long number)
    {
        if (_header.Segment(StkKeywords.Sections[section].Coordinates, IsStrict, out _segment) is { } wrong)
        {
            Stop(number, StkKeywords.Sections[section].Name, default, wrong, "complete the header");
            return;
        }
        _numbers = StkKeywords.Sections[section].Numbers;
        _state = State.Points;
        Give(_segment!, number);
    }

    private void Point(ReadOnlySpan<byte> line, long number)
    {
        var words = new Words(line);
        var coordinates = _segment!.Coordinates;
        if (!ShiftedDecimal.TryDecimal(words.Next(), out decimal seconds) || !_segment.ReferenceTime!.Value.TryAdd(seconds, _segment.TimeSystem, out var time))
        {
            Refuse(number, words.Column, "time", line[(words.Column - 1)..], "no number of seconds since ScenarioEpoch", "correct or remove the row", line);
            return;
        }
        bool isCartesian = coordinates == EphemerisCoordinates.Cartesian, isRead;
        Vector3d first, second = default, third = default;
        isRead = isCartesian ? words.TryVector(_header.Shift, out first) : words.TryPlace(_header.Shift, out first);
        if (_numbers > 3) isRead &= isCartesian ? words.TryVector(_header.Shift, out second) : words.TryPlace(_header.Shift, out second);
        if (_numbers > 6) isRead &= words.TryVector(_header.Shift, out third);
        if (!isRead || !words.Rest.IsEmpty)
        {
            Refuse(number, words.Column, "row", line[Math.Min(words.Column - 1, line.Length)..], $"{_numbers + 1} numbers are expected", "correct or remove the row", line);
            return;
        }
        if (_points > 0 && time < _last)
        {
            Refuse(number, 1, "time", line, "earlier than the row before", "sort the rows by time", line);
            return;
        }
        _last = time;
        _points++;
        Give(isCartesian
            ? new EphemerisPoint { Time = time, PositionKm = first, VelocityKmPerS = _numbers > 3 ? second : null, AccelerationKmPerS2 = _numbers > 6 ? third : null }
            : new EphemerisPoint { Time = time, Place = Place(first, _numbers > 3 ? second : null) }, number);
    }

    private static EphemerisPlace Place(Vector3d place, Vector3d? rates)
        => new(place.X, place.Y, place.Z) { LatitudeRateDegPerS = rates?.X, LongitudeRateDegPerS = rates?.Y, HeightOrRadiusRateKmPerS = rates?.Z };

    private void BeginCovariances(int entries, long number)
    {
        EndCovariances(number);
        _state = State.Covariances;
        if (_header.CovarianceTriangle is null)
            Refuse(number, 1, "CovarianceFormat", default, "missing: the order of the covariances' entries is not told", "give CovarianceFormat LowerTriangular or UpperTriangular");
        _covariances = new StkCovariances(_segment!, entries, 2 * _header.Shift, _header.CovarianceTriangle, Give);
    }

    private void EndCovariances(long number)
    {
        if (_covariances is { IsMidway: true }) Refuse(number, 0, "covariance", default, "the last one has too few numbers", "complete or remove it");
        _covariances = null;
    }

    private void Finish(long number)
    {
        EndCovariances(number);
        _state = State.Ended;
        if (_points == 0) Unusual(number, 0, "file", default, "there are no points", "give at least one");
        else if (_segment!.EpochCount is { } promised && promised != _points)
            Unusual(number, 0, "NumberOfEphemerisPoints", Encoding.ASCII.GetBytes(FormattableString.Invariant($"{promised}")), $"the file has {_points} points that were taken", "correct the number, or send the whole file");
        if (_segment is not null) Give(new EphemerisSegmentEnd(), number);
    }

    private static bool Names(ReadOnlySpan<byte> value, string name) => Ascii.EqualsIgnoreCase(value, name);
}
