using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Formats;

/// <summary>Where in a file the fields of the record at hand stand.</summary>
internal interface IFieldLocator
{
    /// <param name="field">A keyword.</param>
    /// <returns>Line and column, from 1; column 0 where it is not known.</returns>
    (long Line, int Column) Locate(string field);
}

/// <summary>From a set of elements as read to what is wanted of it.</summary>
/// <param name="output">Takes the complaints; once one is a refusal, the record is refused whole.</param>
/// <returns>Null when it is refused.</returns>
internal delegate T? ElementInterpreter<T>(MeanElements elements, ElementOutput output) where T : class;

/// <summary>Collects what parsers of element sets find: record by record, with what is wrong. Used by one thread at a time.</summary>
internal abstract class ElementOutput(FormatReadOptions options)
{
    /// <summary>Most kinds of notices told once in a file, and most records of which notices are told.</summary>
    private const int NoticesMax = 1_000;

    private readonly HashSet<string> _told = [];
    private readonly List<ReadIssue> _refusals = [];
    private int _issues, _notices;

    public FormatReadOptions Options => options;

    public bool IsLenient => options.Mode == ReadMode.Lenient;

    /// <summary>The record at hand is refused.</summary>
    public bool IsRefused => _refusals.Count > 0;

    /// <summary>Nothing more is wanted.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Records begun, good or bad.</summary>
    public long Records { get; private set; }

    /// <summary>Where the fields of the record at hand stand. Set once, before the first record.</summary>
    [DisallowNull]
    public IFieldLocator? Locator { get; set; }

    public void Refuse(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy, bool mayPass = false)
    {
        if (IsStopped) return;
        var issue = new ReadIssue(options.FileName, line, IssueSeverity.Refused, field, ReadIssue.Show(value), reason, remedy) { Column = column, MayPass = mayPass };
        if (_refusals.Count < RefusedPart.IssuesMax) _refusals.Add(issue);
        Add(issue);
        if (++_issues >= options.MaxIssues) Stop(line);
    }

    /// <summary>Refuses the record at hand for a field of it.</summary>
    public void Refuse(string field, string value, string reason, string remedy, bool mayPass = false)
    {
        var (line, column) = Locator!.Locate(field);
        Refuse(line, column, field, System.Text.Encoding.UTF8.GetBytes(value), reason, remedy, mayPass);
    }

    public void Notice(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        if (!IsStopped && _notices++ < NoticesMax)
            Add(new ReadIssue(options.FileName, line, IssueSeverity.Notice, field, ReadIssue.Show(value), reason, remedy) { Column = column });
    }

    /// <summary>A notice that is told where it applies first: what holds for one record of a file mostly holds for all.</summary>
    public void NoticeOnce(long line, int column, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        if (_told.Count < NoticesMax && _told.Add($"{field} {reason}")) Notice(line, column, field, value, $"{reason} (told once for the file)", remedy);
    }

    /// <summary>Ends the record at hand: gives it, or what was refused.</summary>
    /// <param name="elements">Null when nothing could be made of it; a refusal says why.</param>
    /// <param name="line">Its first line.</param>
    /// <param name="before">What has to stand before the text so that it can be read by itself.</param>
    /// <param name="text">The record as it stood.</param>
    public void End(MeanElements? elements, long line, ReadOnlySpan<byte> before, ReadOnlySpan<byte> text, bool isCut = false)
    {
        Records++;
        if (!IsRefused && !IsStopped && elements is not null) Give(elements, line);
        if (!IsRefused) return;
        if (options.KeepsRefused)
        {
            isCut |= text.Length > RefusedPart.TextBytesMax;
            Add(new RefusedPart([.. _refusals]) { Before = before.ToArray(), Text = text[..Math.Min(text.Length, RefusedPart.TextBytesMax)].ToArray(), IsCut = isCut });
        }
        _refusals.Clear();
    }

    /// <summary>Refuses the file as a whole: it is no such file.</summary>
    public void RefuseFile(long line, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        Refuse(line, 0, field, value, reason, remedy);
        if (options.KeepsRefused && _refusals.Count > 0) Add(new RefusedPart([.. _refusals]) { IsWholeFile = true });
        _refusals.Clear();
        IsStopped = true;
    }

    protected abstract void Give(MeanElements elements, long line);

    protected abstract void Add(ReadIssue issue);

    protected abstract void Add(RefusedPart part);

    private void Stop(long line)
    {
        IsStopped = true;
        var last = new ReadIssue(options.FileName, line, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        Add(last);
        if (options.KeepsRefused) Add(new RefusedPart([last]) { IsCut = true, EndsReading = true });
    }
}

/// <summary>Gives what an interpreter makes of the records as items.</summary>
internal sealed class ElementOutput<T>(FormatReadOptions options, ElementInterpreter<T> interpret) : ElementOutput(options) where T : class
{
    /// <summary>To which the finds are added; who reads it empties it.</summary>
    public List<FormatItem<T>> Items { get; } = [];

    protected override void Give(MeanElements elements, long line)
    {
        if (interpret(elements, this) is { } value && !IsRefused) Items.Add(FormatItem.Of(value, line));
    }

    protected override void Add(ReadIssue issue) => Items.Add(FormatItem.Of<T>(issue));

    protected override void Add(RefusedPart part) => Items.Add(new FormatItem<T>(null, null, part.Issues[0].Line) { Refused = part });
}
