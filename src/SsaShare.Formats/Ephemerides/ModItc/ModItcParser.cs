using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Lines of the ephemerides with covariance that operators of constellations publish ("modified ITC", MEME): a header of name:value, a line UVW, and for each
/// point a line of time, position and velocity (km, km/s, mean equator and equinox of J2000.0) and three lines with the lower triangle of its covariance.
/// </summary>
/// <remarks>The object stands in the file's name only: MEME_44713_STARLINK-1007_...</remarks>
internal sealed class ModItcParser(FormatReadOptions options, List<FormatItem<EphemerisItem>> items) : EphemerisParser(options, items)
{
    private const int Entries = 21, EntriesPerLine = 7, HeaderLinesMax = 100;
    private static readonly string[] Names = ["created", "ephemeris_start", "ephemeris_stop", "step_size", "ephemeris_source"];
    private readonly Dictionary<string, string> _header = [];
    private readonly List<EphemerisField> _extras = [];
    private EphemerisSegment? _segment;
    private double[] _entries = new double[Entries];
    private EphemerisTime _time;
    private int _count;
    private bool _hasFrame, _isBad, _hasPoint;
    private long _lines, _pointLine;

    protected override ReadOnlySpan<byte> Ending => default;

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        line = line.Trim(" \t"u8);
        if (line.IsEmpty) return;
        _lines++;
        if (_lines == 1 && !line.StartsWith("created:"u8)) Stop(number, "file", line, "the first line is not created:", "check that this is an ephemeris with covariance as operators publish it");
        else if (IsTime(line)) Point(line, number);
        else if (_segment is not null) Covariance(line, number);
        else if (_lines > HeaderLinesMax) Stop(number, "header", line, $"more than {HeaderLinesMax} lines", "check that this is an ephemeris with covariance as operators publish it");
        else Head(line, number);
    }

    protected override void End(long lines)
    {
        EndCovariance(lines);
        if (_lines == 0) Stop(Math.Max(lines, 1), "file", default, "the file is empty", "check that this is an ephemeris with covariance as operators publish it");
        else if (!_hasPoint) Refuse(lines, 0, "file", default, "there are no points", "send the whole file again");
        else if (_segment is { Stop: { } stop } && _time != default && stop.SecondsSince(_time, EphemerisTimeSystem.Utc) is var rest && rest > (_segment.StepSeconds ?? 0) / 2)
            Unusual(lines, 0, "ephemeris_stop", default, "the file ends before it", "send the whole file again");
    }

    private void Head(ReadOnlySpan<byte> line, long number)
    {
        KeepHeader(line);
        if (line.SequenceEqual("UVW"u8))
        {
            _hasFrame = true;
            EndHeader(number);
            return;
        }
        string text = Encoding.UTF8.GetString(line);
        int at = 0;
        while (at < text.Length)
        {
            int colon = text.IndexOf(':', at);
            if (colon < 0 || text[at..colon].Trim().Length == 0)
            {
                Stop(number, "header", line, "not of the form name:value", "correct the header");
                return;
            }
            string name = text[at..colon].Trim();
            int end = Names.Select(next => text.IndexOf(" " + next + ":", colon, StringComparison.Ordinal)).Where(found => found >= 0).DefaultIfEmpty(text.Length).Min();
            string value = text[(colon + 1)..end].Trim();
            if (!Names.Contains(name))
            {
                if (Unusual(number, at + 1, name, Encoding.UTF8.GetBytes(value), "not a name of the format", "remove it", line)) _extras.Add(new EphemerisField("MODITC_" + name, value));
            }
            else if (!_header.TryAdd(name, value))
            {
                Stop(number, name, line, "given twice", "correct the header");
                return;
            }
            at = end;
        }
    }

    private bool EndHeader(long number)
    {
        EphemerisTime? created = null, start = null, stop = null;
        decimal step = 0;
        string? wrong = ReadTime("created", ref created) ?? ReadTime("ephemeris_start", ref start) ?? ReadTime("ephemeris_stop", ref stop);
        bool hasStep = _header.TryGetValue("step_size", out string? stepText) && stepText.Length > 0;
        if (wrong is null && hasStep && (!ShiftedDecimal.TryDecimal(Encoding.ASCII.GetBytes(stepText!), out step) || step is < 0 or > 1_000_000)) wrong = "step_size is no number of seconds";
        if (wrong is not null)
        {
            Stop(number, "header", default, wrong, "correct the header");
            return false;
        }
        if ((start is null || stop is null || !hasStep) && !Unusual(number, 0, "header", default, "ephemeris_start, ephemeris_stop or step_size is missing", "complete the header"))
        {
            Stop(number, "header", default, "the span of the file is not known", "complete the header");
            return false;
        }
        if (_header.GetValueOrDefault("ephemeris_source") is { Length: > 0 } source) _extras.Insert(0, new EphemerisField("MODITC_SOURCE", source));
        Give(new EphemerisHeader { Created = created, Extras = new EphemerisFields(_extras) }, number);
        var (norad, name) = ObjectOf(Options.FileName);
        _segment = new EphemerisSegment
        {
            ObjectName = name,
            NoradId = norad,
            Frame = EphemerisFrame.Eme2000,
            FrameName = "MEME",
            TimeSystem = EphemerisTimeSystem.Utc,
            Start = start,
            Stop = stop,
            StepSeconds = hasStep ? step : null,
        };
        Give(_segment, number);
        return true;
    }

    /// <summary>What the names of published files say: MEME_number_name_...</summary>
    private static (long? Norad, string? Name) ObjectOf(string fileName)
    {
        string[] parts = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Split('_');
        return parts.Length > 3 && parts[0] == "MEME" && parts[1].Length is > 0 and <= 9 && parts[1].All(char.IsAsciiDigit) && parts[2].Length > 0
            ? (long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2])
            : (null, null);
    }

    private void Point(ReadOnlySpan<byte> line, long number)
    {
        if (_segment is null && !EndHeader(number)) return;
        EndCovariance(number);
        KeepBeside(default, isFirst: true);
        var last = _time;
        _time = default;
        var words = new Words(line);
        if (ModItcTimes.Read(words.Next(), out var time) is { } wrong) Refuse(number, 1, "time", line, wrong, "correct or remove the point", line);
        else if (!words.TryVector(0, out var position) || !words.TryVector(0, out var velocity) || !words.Rest.IsEmpty)
            Refuse(number, words.Column, "state", line, "position and velocity are expected: six numbers", "correct or remove the point", line);
        else if (last != default && time <= last) Refuse(number, 1, "time", line, "not later than the point before", "sort the points by time", line);
        else
        {
            (_time, _hasPoint, _pointLine) = (time, true, number);
            KeepBeside(line, isFirst: true);
            Give(new EphemerisPoint { Time = time, PositionKm = position, VelocityKmPerS = velocity }, number);
            return;
        }
        // What follows belongs to the refused point.
        (_isBad, _hasPoint) = (true, _hasPoint || last != default);
    }

    private void Covariance(ReadOnlySpan<byte> line, long number)
    {
        if (_isBad) return;
        if (!_hasFrame || _time == default || _count == Entries || _pointLine == 0)
        {
            Bad(number, 1, line, !_hasFrame ? "there is no line UVW that tells its frame" : "no covariance is expected here", line);
            return;
        }
        var words = new Words(line);
        for (int i = 0; i < EntriesPerLine; i++)
        {
            if (words.TryNumber(0, out _entries[_count++])) continue;
            Bad(number, words.Column, line[Math.Min(words.Column - 1, line.Length)..], "seven numbers are expected", line);
            return;
        }
        if (!words.Rest.IsEmpty) Bad(number, words.Column, words.Rest, "seven numbers are expected", line);
        else if (_count == Entries) Finish(line, number);
        else KeepBeside(line, isFirst: false);
    }

    private void Finish(ReadOnlySpan<byte> line, long number)
    {
        for (int row = 0; row < 6; row++)
        {
            if (_entries[row * (row + 1) / 2 + row] >= 0) continue;
            Bad(number, 1, line, "a negative variance", line);
            return;
        }
        Give(new EphemerisCovariance { Time = _time, Frame = EphemerisFrame.Rtn, FrameName = "UVW", LowerKmAndS = _entries }, _pointLine + 1);
        _entries = new double[Entries];
    }

    private void EndCovariance(long number)
    {
        if (!_isBad && _count is > 0 and < Entries) Refuse(number, 0, "covariance", default, "it has too few lines", "give three lines of seven numbers");
        (_count, _isBad) = (0, false);
    }

    private void Bad(long number, int column, ReadOnlySpan<byte> value, string reason, ReadOnlySpan<byte> line)
    {
        _isBad = true;
        Refuse(number, column, "covariance", value, reason, "give three lines of seven numbers in km and km/s", line);
    }

    private string? ReadTime(string name, ref EphemerisTime? time)
    {
        if (!_header.TryGetValue(name, out string? text) || text.Length == 0) return null;
        string? wrong = ModItcTimes.ReadHeader(Encoding.UTF8.GetBytes(text), out var read);
        time = read;
        return wrong is null ? null : $"{name}: {wrong}";
    }

    /// <summary>Thirteen digits and decimals: yyyydddhhmmss.sss.</summary>
    private static bool IsTime(ReadOnlySpan<byte> line)
    {
        if (line.Length < 13 || line[..13].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return line.Length == 13 || line[13] is (byte)'.' or (byte)' ' or (byte)'\t';
    }
}
