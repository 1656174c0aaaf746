using System.Collections.Immutable;

namespace SsaShare.Formats;

/// <summary>
/// Takes the lines of a tracking data message (KVN) one by one and adds what they say to a list: pure, total, in constant memory.
/// This part knows the structure; TdmParser.Data.cs the data sections. Used by one thread at a time.
/// </summary>
internal sealed partial class TdmParser(TdmReadOptions options, List<TdmItem> items) : INdmLineParser
{
    private enum Place { Start, Header, Metadata, BeforeData, Data, BetweenSegments, Stopped }

    private const int MostHeaderComments = 100;
    private readonly List<string> _headerComments = [];
    private readonly TdmRefusedParts? _parts = options.KeepsRefused ? new TdmRefusedParts(items) : null;
    private Place _place;
    private TdmMetadata _metadata = new(0);
    private bool _strayReported, _hasMessage;

    public TdmSummary Summary { get; } = new();
    public TdmHeader Header { get; private set; } = TdmHeader.Empty;
    public bool IsStopped => _place == Place.Stopped;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        Summary.Lines = number;
        line = Trim(line);
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = Trim(line[3..]);
        if (line.IsEmpty) return;
        switch (_place)
        {
            case Place.Data: DataLine(line, number); break;
            case Place.Start: FirstLine(line, number); break;
            case Place.Header: HeaderLine(line, number); break;
            case Place.Metadata: MetadataLine(line, number); break;
            case Place.BeforeData or Place.BetweenSegments: StructureLine(line, number); break;
        }
    }

    /// <param name="head">The line's beginning.</param>
    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        Summary.Lines = number;
        var issue = Report(number, IssueSeverity.Refused, "line", "", $"longer than {options.MaxLineBytes} bytes", "the standard allows 254 characters; check that this is a text file");
        if (_place == Place.Start) NotATdm(number, []);
        else if (_place == Place.Data && _rules is null) _parts?.SegmentIssue(issue, losesLine: true);
        else _parts?.Alone(head, issue, isInData: _place == Place.Data, isCut: true);
    }

    public void Complete(long lines)
    {
        if (_place == Place.Stopped)
        {
            _parts?.Stop();
            return;
        }
        if (_place == Place.Start && !_hasMessage) NotATdm(Summary.Lines, []);
        else EndMessage();
        Summary.ReadToEnd = _place != Place.Stopped;
    }

    public void MessageEnded()
    {
        if (_place is Place.Start or Place.Stopped) return;
        EndMessage();
        if (_place == Place.Stopped) return;
        (_place, _hasMessage, _rules) = (Place.Start, true, null);
        _headerComments.Clear();
        _parts?.StartMessage();
    }

    public void Fault(long number, string field, string value, string reason, string remedy)
    {
        if (_place == Place.Stopped) return;
        if (_place == Place.Metadata)
        {
            RefuseSegment(new(number, field, value, reason, remedy));
            return;
        }
        var issue = Report(number, IssueSeverity.Refused, field, value, reason, remedy);
        if (_place == Place.Data && _rules is not null) _parts?.Alone(System.Text.Encoding.UTF8.GetBytes($"{field} = {value}"), issue, isInData: true);
    }

    public void Break(long number, string field, string value, string reason, string remedy)
    {
        if (_place == Place.Stopped) return;
        if (_place == Place.Start && !_hasMessage)
        {
            Stop(number, field, System.Text.Encoding.UTF8.GetBytes(value), reason, remedy);
            return;
        }
        var issue = Report(number, IssueSeverity.Refused, field, value, reason, remedy);
        if (_place == Place.Stopped) return;
        _place = Place.Stopped;
        _parts?.Rest(issue!);
    }

    private void EndMessage()
    {
        if (_place is Place.Metadata or Place.BeforeData)
        {
            var issue = Report(Summary.Lines, IssueSeverity.Refused, "segment", "", "the file ends before its data", "send the whole file");
            _parts?.SegmentIssue(issue);
        }
        else if (_place == Place.Data) CutOff();
        else if (Summary.Segments == 0)
        {
            var issue = Report(Summary.Lines, IssueSeverity.Refused, "file", "", "no segment", "a tracking data message has at least one META_START");
            _parts?.WholeFile(issue);
        }
        _parts?.EndSegment([]);
    }

    private void FirstLine(ReadOnlySpan<byte> line, long number)
    {
        if (!TrySplit(line, out var keyword, out var value) || !keyword.SequenceEqual("CCSDS_TDM_VERS"u8)) NotATdm(number, line);
        else if (!value.SequenceEqual("1.0"u8) && !value.SequenceEqual("2.0"u8)) Stop(number, "CCSDS_TDM_VERS", value, "not a supported version", "send version 1.0 or 2.0");
        else
        {
            (_place, Header) = (Place.Header, TdmHeader.Empty with { Version = ReadIssue.Show(value) });
            _parts?.Header(line);
        }
    }

    private void NotATdm(long number, ReadOnlySpan<byte> line)
    {
        Stop(number, "file", line, "not a tracking data message in KVN", "the first line of a tracking data message is CCSDS_TDM_VERS = 2.0");
    }

    private void HeaderLine(ReadOnlySpan<byte> line, long number)
    {
        if (IsComment(line, out var comment))
        {
            if (_headerComments.Count < MostHeaderComments) _headerComments.Add(ReadIssue.Show(comment));
            return;
        }
        if (line.SequenceEqual("META_START"u8))
        {
            Header = Header with { Comments = _headerComments.ToImmutableArray() };
            if (Header.CreationDate.Length == 0) Report(number, IssueSeverity.Notice, "CREATION_DATE", "", "mandatory in the header and missing", "add it");
            if (Header.Originator.Length == 0) Report(number, IssueSeverity.Notice, "ORIGINATOR", "", "mandatory in the header and missing", "add it");
            StartSegment(number);
            return;
        }
        _parts?.Header(line);
        string text = TrySplit(line, out var keyword, out var value) ? ReadIssue.Show(value) : "";
        if (keyword.SequenceEqual("CREATION_DATE"u8)) Header = Header with { CreationDate = text };
        else if (keyword.SequenceEqual("ORIGINATOR"u8)) Header = Header with { Originator = text };
        else if (keyword.SequenceEqual("MESSAGE_ID"u8)) Header = Header with { MessageId = text };
        else Report(number, IssueSeverity.Notice, ReadIssue.Show(keyword.IsEmpty ? line : keyword), text, "not a keyword of the header", "remove the line");
    }

    private void MetadataLine(ReadOnlySpan<byte> line, long number)
    {
        if (!line.SequenceEqual("META_START"u8)) _parts?.Metadata(line);
        if (IsComment(line, out var comment)) _metadata.AddComment(ReadIssue.Show(comment));
        else if (line.SequenceEqual("META_STOP"u8)) StopMetadata();
        else if (line.SequenceEqual("META_START"u8)) RefuseSegment(new(number, "META_START", "", "the metadata before it have no META_STOP", "end them"), restart: true);
        else if (!TrySplit(line, out var keyword, out var value)) RefuseSegment(new(number, "line", ReadIssue.Show(line), "not of the form KEYWORD = value", "correct or remove it"));
        else if (_metadata.Add(keyword, value, number) is { } complaint) RefuseSegment(complaint);
    }

    private void StructureLine(ReadOnlySpan<byte> line, long number)
    {
        if (IsComment(line, out _)) return;
        if (line.SequenceEqual("META_START"u8))
        {
            if (_place == Place.BeforeData) Report(number, IssueSeverity.Notice, "META_START", "", "the segment before it has no data", "add them or remove the segment");
            StartSegment(number);
        }
        else if (line.SequenceEqual("DATA_START"u8) && _place == Place.BeforeData)
        {
            _place = Place.Data;
            _parts?.Metadata(line);
        }
        else if (!_strayReported)
        {
            _strayReported = true;
            var issue = Report(number, IssueSeverity.Refused, "line", ReadIssue.Show(line), _place == Place.BeforeData ? "expected DATA_START" : "expected META_START", "remove what stands between sections; only the first such line is reported");
            _parts?.Alone(line, issue, isInData: false);
        }
    }

    private void StartSegment(long number)
    {
        if (_place == Place.Stopped) return;
        Summary.Segments++;
        _parts?.EndSegment([]);
        _parts?.StartSegment();
        (_metadata, _rules, _refused, _strayReported, _place) = (new TdmMetadata(number), null, false, false, Place.Metadata);
    }

    private void StopMetadata()
    {
        _place = Place.BeforeData;
        var complaints = new List<TdmComplaint>();
        if (!_refused) _rules = _metadata.Interpret(options.IsKnownSensor, complaints);
        foreach (var complaint in complaints) RefuseSegment(complaint);
        if (_rules is not null) StartData(_rules);
    }

    private void RefuseSegment(TdmComplaint complaint, bool restart = false)
    {
        if (!_refused) Summary.SegmentsRefused++;
        _refused = true;
        var issue = Report(complaint.Line, IssueSeverity.Refused, complaint.Field, complaint.Value, $"segment refused: {complaint.Reason}", complaint.Remedy, complaint.MayPass);
        _parts?.SegmentIssue(issue);
        if (restart) StartSegment(complaint.Line);
    }

    /// <returns>The issue; null when reading had stopped before it.</returns>
    private ReadIssue? Report(long number, IssueSeverity severity, string field, string value, string reason, string remedy, bool mayPass = false)
    {
        if (_place == Place.Stopped) return null;
        Summary.Issues++;
        var issue = new ReadIssue(options.FileName, number, severity, field, value, reason, remedy) { MayPass = mayPass };
        Add(issue);
        if (Summary.Issues < options.MaxIssues) return issue;
        _place = Place.Stopped;
        var last = new ReadIssue(options.FileName, number, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        Add(last);
        _parts?.Rest(last);
        return issue;
    }

    private void Stop(long number, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        var issue = Report(number, IssueSeverity.Refused, field, ReadIssue.Show(value), reason, remedy);
        _place = Place.Stopped;
        _parts?.WholeFile(issue);
    }

    private void Add(ReadIssue issue) => items.Add(new TdmItem(null, issue, _rules?.Segment, issue.Line, issue.Line));

    private static bool IsComment(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> comment)
    {
        bool isComment = line.StartsWith("COMMENT"u8) && (line.Length == 7 || line[7] is (byte)' ' or (byte)'\t');
        comment = isComment ? Trim(line[7..]) : default;
        return isComment;
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> keyword, out ReadOnlySpan<byte> value)
    {
        int equals = line.IndexOf((byte)'=');
        keyword = equals < 0 ? default : Trim(line[..equals]);
        value = equals < 0 ? default : Trim(line[(equals + 1)..]);
        return equals > 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
