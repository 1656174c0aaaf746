using System.Buffers;

namespace SsaShare.Formats;

/// <summary>What parsers of ephemerides have in common: issues and their limit, refused parts, and a segment that always ends.</summary>
internal abstract class EphemerisParser(FormatReadOptions options, List<FormatItem<EphemerisItem>> items) : ILineParser
{
    private readonly LineCollector? _header = options.KeepsRefused ? new LineCollector() : null;
    private readonly LineCollector? _around = options.KeepsRefused ? new LineCollector() : null;
    private readonly LineCollector? _beside = options.KeepsRefused ? new LineCollector() : null;
    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), 0x7F]);
    private int _issues;
    private bool _isOpen;

    public bool IsStopped { get; private set; }

    protected FormatReadOptions Options => options;

    protected bool IsStrict => options.Mode == ReadMode.Strict;

    /// <summary>What ends a file, to stand after a refused part.</summary>
    protected abstract ReadOnlySpan<byte> Ending { get; }

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        if (IsStopped) return;
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        int control = line.IndexOfAny(ControlCharacters);
        if (control < 0) Take(line, number);
        else Unreadable(line, number, control + 1, "a control character");
    }

    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (!IsStopped) Unreadable(head, number, 0, $"longer than {options.MaxLineBytes} bytes");
    }

    public void Complete(long lines)
    {
        if (!IsStopped) End(lines);
        if (!_isOpen) return;
        _isOpen = false;
        items.Add(FormatItem.Of<EphemerisItem>(new EphemerisSegmentEnd(), lines));
    }

    protected abstract void Take(ReadOnlySpan<byte> line, long number);

    /// <summary>The file's end came.</summary>
    protected abstract void End(long lines);

    /// <summary>Keeps a line that has to stand before refused parts.</summary>
    protected void KeepHeader(ReadOnlySpan<byte> line) => _header?.Add(line);

    /// <summary>Keeps the line that begins what the following records belong to: an epoch, the head of a section.</summary>
    protected void KeepAround(ReadOnlySpan<byte> line)
    {
        _around?.Clear();
        _around?.Add(line);
        _beside?.Clear();
    }

    /// <summary>Keeps a record to which the following ones may belong.</summary>
    /// <param name="isFirst">It does not belong to another one itself.</param>
    protected void KeepBeside(ReadOnlySpan<byte> line, bool isFirst)
    {
        if (isFirst) _beside?.Clear();
        if (!line.IsEmpty) _beside?.Add(line);
    }

    protected void Give(EphemerisItem item, long line)
    {
        if (item is EphemerisSegment) _isOpen = true;
        if (item is EphemerisSegmentEnd) _isOpen = false;
        items.Add(FormatItem.Of(item, line));
    }

    protected void Refuse(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy, ReadOnlySpan<byte> text = default)
    {
        var issue = Issue(line, column, IssueSeverity.Refused, field, value, reason, remedy);
        Report(issue);
        if (_header is null || IsStopped) return;
        byte[] before = [.. _header.Lines, .. _around!.Lines, .. _beside!.Lines];
        items.Add(new FormatItem<EphemerisItem>(null, null, line) { Refused = new RefusedPart([issue]) { Before = before, Text = text.IsEmpty ? default : (byte[])[.. text, (byte)'\n'], After = Ending.ToArray() } });
    }

    protected void Notice(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy)
        => Report(Issue(line, column, IssueSeverity.Notice, field, value, reason, remedy));

    /// <summary>What the standard forbids but has one meaning only.</summary>
    /// <returns>Whether it is taken: with a notice in lenient mode, refused in strict.</returns>
    protected bool Unusual(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy, ReadOnlySpan<byte> text = default)
    {
        if (IsStrict) Refuse(line, column, field, value, reason, remedy, text);
        else Notice(line, column, field, value, reason, remedy);
        return !IsStrict;
    }

    /// <summary>Refuses a line of which nothing can be said, and in the header the file with it.</summary>
    protected void Unreadable(ReadOnlySpan<byte> line, long number, int column, string reason)
    {
        if (_isOpen) Refuse(number, column, "line", line, reason, "check that this is a text file", line);
        else Stop(number, "line", line, reason, "check that this is a text file");
    }

    /// <summary>Refuses the rest of the file.</summary>
    protected void Stop(long line, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        var issue = Issue(line, 0, IssueSeverity.Refused, field, value, reason, remedy);
        Report(issue);
        if (IsStopped) return;
        IsStopped = true;
        if (_header is not null) items.Add(new FormatItem<EphemerisItem>(null, null, line) { Refused = new RefusedPart([issue]) { IsWholeFile = !_isOpen, EndsReading = _isOpen, IsCut = _isOpen } });
    }

    private ReadIssue Issue(long line, int column, IssueSeverity severity, string field, ReadOnlySpan<byte> value, string reason, string remedy)
        => new(options.FileName, line, severity, field, ReadIssue.Show(value), reason, remedy) { Column = column };

    private void Report(ReadIssue issue)
    {
        if (IsStopped) return;
        items.Add(FormatItem.Of<EphemerisItem>(issue));
        if (++_issues < options.MaxIssues) return;
        IsStopped = true;
        var last = Issue(issue.Line, 0, IssueSeverity.Refused, "file", default, $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        items.Add(FormatItem.Of<EphemerisItem>(last));
        if (_header is not null) items.Add(new FormatItem<EphemerisItem>(null, null, issue.Line) { Refused = new RefusedPart([last]) { IsCut = true, EndsReading = true } });
    }
}
