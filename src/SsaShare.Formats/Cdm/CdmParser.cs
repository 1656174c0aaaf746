using System.Text;

namespace SsaShare.Formats;

/// <summary>Takes lines one by one and adds the messages among them to a list: pure, total, in memory of one message. Used by one thread at a time.</summary>
internal sealed class CdmParser(CdmReadOptions options, List<CdmItem> items) : INdmLineParser
{
    private readonly List<OdmComplaint> _complaints = [];
    private readonly CdmPart?[] _objects = new CdmPart?[2];
    private readonly LineCollector? _text = options.KeepsRefused ? new LineCollector() : null;
    private readonly List<ReadIssue> _refusals = [];
    private CdmPart? _whole, _part;
    private long _line;
    private int _issues, _messages, _lines;
    private bool _isCut;

    public bool IsStopped { get; private set; }

    private bool IsLenient => options.Mode == ReadMode.Lenient;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        line = line.Trim(" \t"u8);
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..].Trim(" \t"u8);
        if (line.IsEmpty || IsStopped) return;
        if (line.StartsWith("COMMENT"u8) && (line.Length == 7 || line[7] is (byte)' ' or (byte)'\t'))
        {
            _part?.Comment(line[7..].Trim(" \t"u8));
            if (_part is not null) _text?.Add(line);
            return;
        }
        int equals = line.IndexOf((byte)'=');
        var keyword = equals < 0 ? line : line[..equals].Trim(" \t"u8);
        var value = equals < 0 ? default : line[(equals + 1)..].Trim(" \t"u8);
        bool begins = keyword.SequenceEqual("CCSDS_CDM_VERS"u8);
        if (begins) Begin(value, number);
        if (_part is not null) _text?.Add(line);
        if (begins) return;
        if (_part is null) NotOne(number, line);
        else if (++_lines > CdmLimits.MessageLinesMax) TooManyLines(number);
        else if (equals <= 0) Refuse(number, "line", ReadIssue.Show(line), "not of the form KEYWORD = value", "correct or remove it");
        else if (keyword.SequenceEqual("OBJECT"u8)) BeginObject(value, number);
        else _part.Add(ReadIssue.Show(keyword), value, number);
    }

    /// <param name="head">The line's beginning.</param>
    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (IsStopped) return;
        if (_part is not null) _text?.Add(head);
        _isCut = true;
        string reason = $"longer than {options.MaxLineBytes} bytes";
        if (_part is null) Stop(number, "line", "", reason, "the standard allows 254 characters; check that this is a text file");
        else if (++_lines > CdmLimits.MessageLinesMax) TooManyLines(number);
        else Refuse(number, "line", "", reason, "the standard allows 254 characters");
    }

    public void Complete(long lines)
    {
        Finish();
        if (!IsStopped && _messages == 0) NotOne(lines, []);
    }

    public void MessageEnded() => Finish();

    public void Fault(long number, string field, string value, string reason, string remedy)
    {
        if (IsStopped) return;
        if (_whole is not null) Refuse(number, field, value, reason, remedy);
        else Report(new ReadIssue(options.FileName, number, IssueSeverity.Refused, field, value, reason, remedy));
    }

    public void Break(long number, string field, string value, string reason, string remedy)
    {
        if (IsStopped) return;
        if (_messages == 0)
        {
            Stop(number, field, value, reason, remedy);
            return;
        }
        var issue = new ReadIssue(options.FileName, number, IssueSeverity.Refused, field, value, reason, remedy);
        Report(issue);
        if (IsStopped) return;
        IsStopped = true;
        if (_text is not null) items.Add(new CdmItem { Refused = new RefusedPart([issue]) { IsCut = true, EndsReading = true } });
    }

    private void Begin(ReadOnlySpan<byte> version, long number)
    {
        Finish();
        if (IsStopped) return;
        _text?.Clear();
        _isCut = false;
        _messages++;
        (_line, _lines) = (number, 0);
        _part = _whole = new CdmPart(ofObject: false, number, _complaints, IsLenient);
        if (!version.SequenceEqual("1.0"u8)) Refuse(number, "CCSDS_CDM_VERS", ReadIssue.Show(version), "not a supported version", "send version 1.0");
    }

    private void BeginObject(ReadOnlySpan<byte> name, long number)
    {
        int index = name.SequenceEqual("OBJECT1"u8) ? 0 : name.SequenceEqual("OBJECT2"u8) ? 1 : -1;
        if (index < 0) Refuse(number, "OBJECT", ReadIssue.Show(name), "neither OBJECT1 nor OBJECT2", "correct it");
        else if (_objects[index] is not null) Refuse(number, "OBJECT", ReadIssue.Show(name), "given twice", "give each object once");
        else _part = _objects[index] = new CdmPart(ofObject: true, number, _complaints, IsLenient);
    }

    private void Finish()
    {
        if (_whole is not { } whole || IsStopped) return;
        ConjunctionMessage? message = null;
        if (_objects is [{ } first, { } second]) message = CdmInterpreter.Interpret(whole, first, second, _complaints, options.Now);
        else Refuse(_line, "OBJECT", "", "an object is missing", "give OBJECT1 and OBJECT2");
        foreach (var c in _complaints) Report(new ReadIssue(options.FileName, c.Line, c.Severity, c.Field, c.Value, c.Reason, c.Remedy) { MayPass = c.MayPass });
        bool isRefused = _complaints.Exists(complaint => complaint.Severity == IssueSeverity.Refused);
        if (isRefused) GiveRefused();
        if (message is not null && !isRefused) items.Add(new CdmItem(message, null, _line));
        _complaints.Clear();
        _objects.AsSpan().Clear();
        (_whole, _part) = (null, null);
    }

    private void TooManyLines(long number)
    {
        if (_lines == CdmLimits.MessageLinesMax + 1) Refuse(number, "message", "", $"longer than {CdmLimits.MessageLinesMax} lines", "send one conjunction in a message");
    }

    private void NotOne(long number, ReadOnlySpan<byte> line)
        => Stop(number, "file", ReadIssue.Show(line), "not a conjunction data message in KVN", "the first line is CCSDS_CDM_VERS = 1.0");

    private void Refuse(long number, string field, string value, string reason, string remedy)
        => _complaints.Add(new OdmComplaint(number, IssueSeverity.Refused, field, value, $"message refused: {reason}", remedy));

    private void Stop(long number, string field, string value, string reason, string remedy)
    {
        var issue = new ReadIssue(options.FileName, number, IssueSeverity.Refused, field, value, reason, remedy);
        Report(issue);
        IsStopped = true;
        if (_text is not null) items.Add(new CdmItem { Refused = new RefusedPart([issue]) { IsWholeFile = true } });
    }

    private void Report(ReadIssue issue)
    {
        if (IsStopped) return;
        items.Add(new CdmItem(null, issue, issue.Line));
        if (issue.Severity == IssueSeverity.Notice) return;
        if (_refusals.Count < RefusedPart.IssuesMax) _refusals.Add(issue);
        if (++_issues < options.MaxIssues) return;
        IsStopped = true;
        var last = new ReadIssue(options.FileName, issue.Line, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        items.Add(new CdmItem(null, last, issue.Line));
        if (_text is not null) items.Add(new CdmItem { Refused = new RefusedPart([last]) { IsCut = true, EndsReading = true } });
    }

    /// <summary>A message stands alone: it needs nothing around it to be read again.</summary>
    private void GiveRefused()
    {
        if (_text is { } text && _refusals.Count > 0) items.Add(new CdmItem { Refused = new RefusedPart([.. _refusals]) { Text = text.Lines.ToArray(), IsCut = text.IsCut || _isCut } });
        _refusals.Clear();
    }
}
