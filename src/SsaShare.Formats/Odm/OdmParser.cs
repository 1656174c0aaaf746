namespace SsaShare.Formats;

/// <summary>Takes lines one by one and adds what the messages in them say to a list: pure, total, in constant memory. Used by one thread at a time.</summary>
internal sealed class OdmParser(OdmReadOptions options, List<OdmItem> items) : INdmLineParser
{
    private readonly LineCollector? _text = options.KeepsRefused ? new LineCollector() : null;
    private readonly List<ReadIssue> _refusals = [];
    private OdmMessage? _message;
    private int _issues, _messages;
    private bool _isCut;

    public bool IsStopped { get; private set; }

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        line = Trim(line);
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = Trim(line[3..]);
        if (line.IsEmpty || IsStopped || IsComment(line)) return;
        int equals = line.IndexOf((byte)'=');
        var keyword = equals < 0 ? line : Trim(line[..equals]);
        var value = equals < 0 ? default : Trim(line[(equals + 1)..]);
        var begun = KindOf(keyword);
        if (begun is { } kind) Begin(kind, value, number);
        if (_message is not null) _text?.Add(line);
        if (begun is not null) return;
        if (_message is null) NotOne(number, line);
        else if (equals <= 0) _message.RefuseLine(number, ReadIssue.Show(line), "not of the form KEYWORD = value", "correct or remove it");
        else _message.Add(keyword, value, number);
    }

    /// <param name="head">The line's beginning.</param>
    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (IsStopped) return;
        string reason = $"longer than {options.MaxLineBytes} bytes";
        if (_message is not null) _text?.Add(head);
        _isCut = true;
        if (_message is null) Stop(number, "line", "", reason, "the standard allows 254 characters; check that this is a text file");
        else _message.RefuseLine(number, "", reason, "the standard allows 254 characters");
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
        if (_message is not null) _message.Refuse(number, field, value, reason, remedy);
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
        if (_text is not null) items.Add(new OdmItem { Refused = new RefusedPart([issue]) { IsCut = true, EndsReading = true } });
    }

    private static OdmKind? KindOf(ReadOnlySpan<byte> keyword)
        => keyword.SequenceEqual("CCSDS_OPM_VERS"u8) ? OdmKind.Opm : keyword.SequenceEqual("CCSDS_OMM_VERS"u8) ? OdmKind.Omm : null;

    private void Begin(OdmKind kind, ReadOnlySpan<byte> version, long number)
    {
        Finish();
        if (IsStopped) return;
        _text?.Clear();
        _isCut = false;
        _messages++;
        _message = new OdmMessage(kind, number);
        if (!version.SequenceEqual("1.0"u8) && !version.SequenceEqual("2.0"u8) && !version.SequenceEqual("3.0"u8))
            _message.Refuse(number, $"CCSDS_{kind.ToString().ToUpperInvariant()}_VERS", ReadIssue.Show(version), "not a supported version", "send version 1.0, 2.0 or 3.0");
    }

    private void Finish()
    {
        if (_message is not { } message || IsStopped) return;
        _message = null;
        var state = message.Kind == OdmKind.Opm ? OpmInterpreter.Interpret(message, options.Now) : null;
        var elements = message.Kind == OdmKind.Omm ? OmmInterpreter.Interpret(message, options.Now) : null;
        foreach (var c in message.Complaints) Report(new ReadIssue(options.FileName, c.Line, c.Severity, c.Field, c.Value, c.Reason, c.Remedy) { MayPass = c.MayPass });
        if (message.IsRefused) GiveRefused();
        if (state is not null || elements is not null) items.Add(new OdmItem(state, elements, null, message.Line));
    }

    private void NotOne(long number, ReadOnlySpan<byte> line)
        => Stop(number, "file", ReadIssue.Show(line), "not an orbit message in KVN", "the first line is CCSDS_OPM_VERS or CCSDS_OMM_VERS = 2.0");

    private void Stop(long number, string field, string value, string reason, string remedy)
    {
        var issue = new ReadIssue(options.FileName, number, IssueSeverity.Refused, field, value, reason, remedy);
        Report(issue);
        IsStopped = true;
        if (_text is not null) items.Add(new OdmItem { Refused = new RefusedPart([issue]) { IsWholeFile = true } });
    }

    private void Report(ReadIssue issue)
    {
        if (IsStopped) return;
        items.Add(new OdmItem(null, null, issue, issue.Line));
        if (issue.Severity == IssueSeverity.Refused && _refusals.Count < RefusedPart.IssuesMax) _refusals.Add(issue);
        if (++_issues < options.MaxIssues) return;
        IsStopped = true;
        var last = new ReadIssue(options.FileName, issue.Line, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        items.Add(new OdmItem(null, null, last, issue.Line));
        if (_text is not null) items.Add(new OdmItem { Refused = new RefusedPart([last]) { IsCut = true, EndsReading = true } });
    }

    /// <summary>A message stands alone: it needs nothing around it to be read again.</summary>
    private void GiveRefused()
    {
        if (_text is { } text && _refusals.Count > 0) items.Add(new OdmItem { Refused = new RefusedPart([.. _refusals]) { Text = text.Lines.ToArray(), IsCut = text.IsCut || _isCut } });
        _refusals.Clear();
    }

    private static bool IsComment(ReadOnlySpan<byte> line) => line.StartsWith("COMMENT"u8) && (line.Length == 7 || line[7] is (byte)' ' or (byte)'\t');

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
