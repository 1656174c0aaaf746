namespace SsaShare.Formats;

/// <summary>
/// Keeps the lines of what is being read until it is known whether they are taken, and gives those that were refused with what they need to be
/// read again by themselves. An observation stands alone, a refused segment as a whole, and so do the lines of a quantity that its segment
/// leaves open. In bounded memory; used by one thread at a time.
/// </summary>
internal sealed class TdmRefusedParts(List<TdmItem> items)
{
    private const int HeadBytesMax = 16 * 1024;
    private readonly LineCollector _header = new(HeadBytesMax), _metadata = new(HeadBytesMax);
    private readonly LineCollector _data = new(RefusedPart.TextBytesMax - HeadBytesMax), _passed = new(RefusedPart.TextBytesMax - HeadBytesMax), _observation = new();
    private readonly List<ReadIssue> _segmentIssues = [], _passedIssues = [], _observationIssues = [];
    private bool _isDataCut;

    public void StartMessage() => _header.Clear();

    public void Header(ReadOnlySpan<byte> line) => _header.Add(line);

    /// <summary>A line from META_START to DATA_START.</summary>
    public void Metadata(ReadOnlySpan<byte> line) => _metadata.Add(line);

    /// <summary>A line after DATA_START of a segment that is refused.</summary>
    public void SegmentData(ReadOnlySpan<byte> line) => _data.Add(line);

    public void SegmentIssue(ReadIssue? issue, bool losesLine = false)
    {
        Note(issue, _segmentIssues);
        _isDataCut |= losesLine;
    }

    public void StartSegment()
    {
        _metadata.Clear();
        _metadata.Add("META_START"u8);
    }

    /// <param name="after">What the text lacks at its end; empty where it has it.</param>
    public void EndSegment(ReadOnlySpan<byte> after, bool isStopped = false)
    {
        if (_segmentIssues.Count > 0)
            Give(_segmentIssues, _header.Lines.ToArray(), [.. _metadata.Lines, .. _data.Lines], after.ToArray(), _header.IsCut || _metadata.IsCut || _data.IsCut || _isDataCut || isStopped);
        if (_passedIssues.Count > 0)
            Give(_passedIssues, _header.Lines.ToArray(), [.. _metadata.Lines, .. _passed.Lines, .. "DATA_STOP\n"u8], [], _header.IsCut || _metadata.IsCut || _passed.IsCut || isStopped);
        _data.Clear();
        _passed.Clear();
        _isDataCut = false;
    }

    /// <summary>A line of a quantity that the segment's metadata leave open.</summary>
    public void Passed(ReadOnlySpan<byte> line, ReadIssue? issue)
    {
        _passed.Add(line);
        Note(issue, _passedIssues);
    }

    public void StartObservation() => _observation.Clear();

    public void Observation(ReadOnlySpan<byte> line) => _observation.Add(line);

    public void ObservationIssue(ReadIssue? issue) => Note(issue, _observationIssues);

    public void EndObservation(bool isStopped = false)
    {
        if (_observationIssues.Count > 0)
            Give(_observationIssues, [.. _header.Lines, .. _metadata.Lines], _observation.Lines.ToArray(), "DATA_STOP\n"u8.ToArray(), _header.IsCut || _metadata.IsCut || _observation.IsCut || isStopped);
        _observation.Clear();
    }

    /// <summary>A line that belongs to nothing else.</summary>
    /// <param name="isInData">It stands among the data of a segment.</param>
    public void Alone(ReadOnlySpan<byte> line, ReadIssue? issue, bool isInData, bool isCut = false)
    {
        if (issue is null) return;
        byte[] before = isInData ? [.. _header.Lines, .. _metadata.Lines] : _header.Lines.ToArray();
        byte[] after = isInData ? "DATA_STOP\n"u8.ToArray() : [];
        Give([issue], before, line.IsEmpty ? [] : [.. line, (byte)'\n'], after, isCut || _header.IsCut || (isInData && _metadata.IsCut));
    }

    /// <summary>Something is refused of which there is no text to show, such as an end that is missing.</summary>
    public void Nothing(ReadIssue? issue)
    {
        if (issue is not null) Give([issue], [], [], [], isCut: true);
    }

    /// <summary>The rest of the file is not read.</summary>
    public void Rest(ReadIssue issue) => items.Add(new TdmItem { Refused = new RefusedPart([issue]) { IsCut = true, EndsReading = true } });

    public void WholeFile(ReadIssue? issue)
    {
        if (issue is not null) items.Add(new TdmItem { Refused = new RefusedPart([issue]) { IsWholeFile = true } });
    }

    /// <summary>Reading has stopped: what is begun is given as far as it came.</summary>
    public void Stop()
    {
        EndObservation(isStopped: true);
        EndSegment([], isStopped: true);
    }

    private static void Note(ReadIssue? issue, List<ReadIssue> issues)
    {
        if (issue is not null && issues.Count < RefusedPart.IssuesMax) issues.Add(issue);
    }

    private void Give(List<ReadIssue> issues, byte[] before, byte[] text, byte[] after, bool isCut)
    {
        items.Add(new TdmItem { Refused = new RefusedPart([.. issues]) { Before = before, Text = text, After = after, IsCut = isCut } });
        issues.Clear();
    }
}
