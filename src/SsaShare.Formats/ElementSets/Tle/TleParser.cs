using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Takes the lines of a file of element sets: two lines each, with or without a line before them that names the object ("0 NAME", or the name by itself).
/// Pure, total, in constant memory. Used by one thread at a time.
/// </summary>
/// <remarks>Blanks at the ends of lines, empty lines and CR LF are taken in either mode. Lenient: lines that begin with '#' and what stands behind column 69 are passed over.</remarks>
internal sealed class TleParser : ILineParser, IFieldLocator
{
    /// <summary>Columns of a name that stands by itself.</summary>
    private const int NameColumns = 24;

    /// <summary>Most bytes of a name.</summary>
    private const int NameBytesMax = 200;

    private readonly ElementOutput _output;
    private readonly TleDecoder _decoder;
    private readonly byte[] _first = new byte[TleDecoder.LineColumns];
    private readonly LineCollector _text = new();
    private string? _name;
    private long _nameLine, _firstLine, _secondLine;
    private int _firstLength;
    private bool _hasElements;

    public TleParser(ElementOutput output)
    {
        (_output, _decoder) = (output, new TleDecoder(output));
        output.Locator = this;
    }

    public bool IsStopped => _output.IsStopped;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        if (IsStopped) return;
        line = line.TrimEnd(" \t\r"u8);
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.IsEmpty) return;
        if (line[0] == '#') Comment(line, number);
        else if (IsElementLine(line, '1')) First(line, number);
        else if (IsElementLine(line, '2')) Second(line, number);
        else Name(line, number);
    }

    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (IsStopped) return;
        Abandon();
        _output.Refuse(number, 0, "line", head, $"longer than {_output.Options.MaxLineBytes} bytes", "lines of element sets have 69 columns; check that this is a text file");
        _output.End(null, number, [], head, isCut: true);
    }

    public void Complete(long lines)
    {
        if (IsStopped) return;
        Abandon();
        if (_output.Records == 0 && !IsStopped) _output.RefuseFile(Math.Max(lines, 1), "file", [], "no element set in it", "element sets are lines that begin with '1 ' and '2 '");
    }

    public (long Line, int Column) Locate(string field) => field switch
    {
        "OBJECT_NAME" => (_nameLine > 0 ? _nameLine : _firstLine, 0),
        "NORAD_CAT_ID" => (_firstLine, 3),
        "CLASSIFICATION_TYPE" => (_firstLine, 8),
        "OBJECT_ID" => (_firstLine, 10),
        "EPOCH" => (_firstLine, 19),
        "MEAN_MOTION_DOT" => (_firstLine, 34),
        "MEAN_MOTION_DDOT" or "AGOM" => (_firstLine, 45),
        "BSTAR" or "BTERM" => (_firstLine, 54),
        "EPHEMERIS_TYPE" => (_firstLine, 63),
        "ELEMENT_SET_NO" => (_firstLine, 65),
        "INCLINATION" => (_secondLine, 9),
        "RA_OF_ASC_NODE" => (_secondLine, 18),
        "ECCENTRICITY" => (_secondLine, 27),
        "ARG_OF_PERICENTER" => (_secondLine, 35),
        "MEAN_ANOMALY" => (_secondLine, 44),
        "MEAN_MOTION" => (_secondLine, 53),
        "REV_AT_EPOCH" => (_secondLine, 64),
        _ => (_firstLine, 0),
    };

    /// <summary>A name may begin with a digit and a blank too, but has fewer columns.</summary>
    public static bool IsElementLine(ReadOnlySpan<byte> line, char digit) => line.Length > NameColumns && line[0] == digit && line[1] == ' ';

    private void Comment(ReadOnlySpan<byte> line, long number)
    {
        if (_output.IsLenient)
        {
            _output.NoticeOnce(number, 1, "line", line, "a comment, passed over", "element sets have no comments");
            return;
        }
        _output.Refuse(number, 1, "line", line, "element sets have no comments", "remove the line, or read the file leniently");
        if (_output.Options.KeepsRefused) _text.Add(line);
        if (_nameLine > 0 || _firstLine > 0) return;
        _output.End(null, number, [], _text.Lines, _text.IsCut);
        Forget();
    }

    private void Name(ReadOnlySpan<byte> line, long number)
    {
        if (_nameLine > 0 && !_hasElements)
        {
            _output.RefuseFile(number, "file", line, "not element sets", "element sets are lines that begin with '1 ' and '2 ', with at most one line before them that names the object");
            return;
        }
        Abandon();
        bool isMarked = line.StartsWith("0 "u8) || line is [(byte)'0'];
        var name = (isMarked ? line[1..] : line).Trim((byte)' ');
        (_nameLine, _name) = (number, null);
        if (_output.Options.KeepsRefused) _text.Add(line);
        if (name.Length > NameBytesMax) _output.Refuse(number, 1, "OBJECT_NAME", name, $"longer than {NameBytesMax} bytes", "shorten it");
        else if (!ElementText.TryRead(name, out _name)) _output.Refuse(number, 1, "OBJECT_NAME", name, "not printable text in UTF-8", "correct it");
        else if (!isMarked && name.Length > NameColumns && !_output.IsLenient) _output.Refuse(number, NameColumns + 1, "OBJECT_NAME", name, $"longer than {NameColumns} columns", "shorten it, or begin its line with '0 '");
        else if (!isMarked && name.Length > NameColumns) _output.NoticeOnce(number, NameColumns + 1, "OBJECT_NAME", name, $"longer than {NameColumns} columns", "begin the line with '0 '");
        if (name.IsEmpty) _name = null;
    }

    private void First(ReadOnlySpan<byte> line, long number)
    {
        if (_firstLine > 0) Abandon();
        _hasElements = true;
        _firstLine = number;
        if (_output.Options.KeepsRefused) _text.Add(line);
        CheckEnd(line, number);
        _firstLength = Math.Min(line.Length, _first.Length);
        line[.._firstLength].CopyTo(_first);
    }

    private void Second(ReadOnlySpan<byte> line, long number)
    {
        _hasElements = true;
        _secondLine = number;
        if (_output.Options.KeepsRefused) _text.Add(line);
        long begun = _nameLine > 0 ? _nameLine : _firstLine > 0 ? _firstLine : number;
        MeanElements? elements = null;
        if (_firstLine == 0) _output.Refuse(number, 1, "line", line, "line 2 without line 1", "send both lines");
        else
        {
            CheckEnd(line, number);
            elements = _decoder.Decode(_name, _first.AsSpan(0, _firstLength), _firstLine, line[..Math.Min(line.Length, TleDecoder.LineColumns)], number);
        }
        _output.End(elements, begun, [], _text.Lines, _text.IsCut);
        Forget();
    }

    /// <summary>Refuses what has begun and does not go on.</summary>
    private void Abandon()
    {
        if (_firstLine > 0) _output.Refuse(_firstLine, 1, "line", _first.AsSpan(0, _firstLength), "line 1 without line 2", "send both lines");
        else if (_nameLine > 0) _output.Refuse(_nameLine, 1, "line", Encoding.UTF8.GetBytes(_name ?? ""), "a name without element set, or no line of one", "correct or remove it");
        else return;
        _output.End(null, _nameLine > 0 ? _nameLine : _firstLine, [], _text.Lines, _text.IsCut);
        Forget();
    }

    private void CheckEnd(ReadOnlySpan<byte> line, long number)
    {
        if (line.Length <= TleDecoder.LineColumns) return;
        var rest = line[TleDecoder.LineColumns..];
        if (_output.IsLenient) _output.NoticeOnce(number, TleDecoder.LineColumns + 1, "line", rest.Trim((byte)' '), $"what stands behind column {TleDecoder.LineColumns} is passed over", "remove it");
        else _output.Refuse(number, TleDecoder.LineColumns + 1, "line", rest, $"longer than {TleDecoder.LineColumns} columns", "remove what stands behind the checksum, or read the file leniently");
    }

    private void Forget()
    {
        (_name, _nameLine, _firstLine, _secondLine, _firstLength) = (null, 0, 0, 0, 0);
        _text.Clear();
    }
}
