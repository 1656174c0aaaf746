namespace SsaShare.Formats;

/// <summary>
/// What the parsers of observation lines share: items, issues and their limit, refused parts. A line that cannot be taken never hides the next.
/// Pure, total, in constant memory. Used by one thread at a time.
/// </summary>
internal abstract class ObservationLineParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ILineParser
{
    private readonly List<ReadIssue> _refusals = [];
    private int _issues;
    private bool _commentTold, _hasContent;

    public bool IsStopped { get; private set; }

    protected FormatReadOptions Options => options;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        if (IsStopped) return;
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.EndsWith("\u001A"u8)) line = line[..^1];
        line = line.TrimEnd(" \t"u8);
        if (line.IsEmpty) return;
        _hasContent = true;
        Take(line, number);
    }

    /// <param name="head">The line's beginning.</param>
    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (IsStopped) return;
        _hasContent = true;
        Refuse(number, head, [new("line", 0, "", $"longer than {options.MaxLineBytes} bytes", "check that this is a text file of this format")], isCut: true);
    }

    public void Complete(long lines)
    {
        if (IsStopped) return;
        if (_hasContent) End(lines);
        else Stop(lines, new("file", 0, "", "nothing in it", "send a file with observations"));
    }

    /// <param name="line">Not empty; without blanks at its end.</param>
    protected abstract void Take(ReadOnlySpan<byte> line, long number);

    /// <summary>After the last line of a file that has any.</summary>
    protected virtual void End(long lines)
    {
    }

    /// <summary>What gives a line its meaning, so that it can be read again by itself.</summary>
    protected virtual (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Surroundings => default;

    protected void Give(ObservationRecord record, long number) => items.Add(FormatItem.Of(record, number));

    /// <summary>Lines that begin with '#' are no part of these formats, and common in files of them.</summary>
    protected bool IsComment(ReadOnlySpan<byte> line, long number)
    {
        if (line[0] != (byte)'#') return false;
        if (!_commentTold) Report(number, IssueSeverity.Notice, new("line", 1, ReadIssue.Show(line), "a comment, which the format does not have", "comments are passed over"));
        _commentTold = true;
        return true;
    }

    protected void Notice(long number, FieldComplaint complaint) => Report(number, IssueSeverity.Notice, complaint);

    protected void Refuse(long number, ReadOnlySpan<byte> line, IReadOnlyList<FieldComplaint> complaints, bool isCut = false)
    {
        _refusals.Clear();
        foreach (var complaint in complaints) Report(number, IssueSeverity.Refused, complaint);
        if (!options.KeepsRefused || IsStopped || _refusals.Count == 0) return;
        var (before, after) = Surroundings;
        bool tooMuch = line.Length + 1 > RefusedPart.TextBytesMax;
        byte[] text = line.IsEmpty ? [] : tooMuch ? line[..RefusedPart.TextBytesMax].ToArray() : [.. line, (byte)'\n'];
        items.Add(default(FormatItem<ObservationRecord>) with { Line = number, Refused = new RefusedPart([.. _refusals]) { Before = before, Text = text, After = after, IsCut = isCut || tooMuch } });
    }

    /// <summary>Nothing of the file can be taken.</summary>
    protected void Stop(long number, FieldComplaint complaint)
    {
        _refusals.Clear();
        Report(number, IssueSeverity.Refused, complaint);
        if (IsStopped) return;
        IsStopped = true;
        if (options.KeepsRefused) items.Add(default(FormatItem<ObservationRecord>) with { Line = number, Refused = new RefusedPart([.. _refusals]) { IsWholeFile = true } });
    }

    private void Report(long number, IssueSeverity severity, FieldComplaint complaint)
    {
        if (IsStopped) return;
        var issue = complaint.ToIssue(options.FileName, number, severity);
        items.Add(FormatItem.Of<ObservationRecord>(issue));
        if (severity == IssueSeverity.Refused && _refusals.Count < RefusedPart.IssuesMax) _refusals.Add(issue);
        if (++_issues < options.MaxIssues) return;
        IsStopped = true;
        var last = new ReadIssue(options.FileName, number, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        items.Add(FormatItem.Of<ObservationRecord>(last));
        if (options.KeepsRefused) items.Add(default(FormatItem<ObservationRecord>) with { Line = number, Refused = new RefusedPart([last]) { IsCut = true, EndsReading = true } });
    }
}

/// <summary>An issue before it knows its file, line and severity.</summary>
/// <param name="Column">From 1; 0 for the line as a whole.</param>
internal readonly record struct FieldComplaint(string Field, int Column, string Value, string Reason, string Remedy)
{
    public ReadIssue ToIssue(string file, long line, IssueSeverity severity) => new(file, line, severity, Field, Value, Reason, Remedy) { Column = Column };
}

/// <summary>A file of observation lines.</summary>
internal sealed class ObservationFileReader : IFormatReader<ObservationRecord>
{
    private readonly LineReader<FormatItem<ObservationRecord>> _reader;

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is not from 64 to 1 MiB.</exception>
    public ObservationFileReader(Stream stream, FormatReadOptions options, Func<FormatReadOptions, List<FormatItem<ObservationRecord>>, ILineParser> parser)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<FormatItem<ObservationRecord>>();
        _reader = new LineReader<FormatItem<ObservationRecord>>(stream, options.MaxLineBytes, parser(options, items), items);
    }

    public IEnumerable<FormatItem<ObservationRecord>> Read() => _reader.Read();

    public IAsyncEnumerable<FormatItem<ObservationRecord>> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
