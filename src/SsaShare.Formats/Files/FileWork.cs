namespace SsaShare.Formats;

/// <summary>A file that is gone through from its beginning to its end.</summary>
/// <param name="Source">Its bytes.</param>
/// <param name="Format">What it is.</param>
/// <param name="Options">How it is read.</param>
/// <param name="Tell">Gets every issue.</param>
public sealed record FileWork(FormatSource Source, FileFormat Format, FormatReadOptions Options, Action<ReadIssue> Tell)
{
    /// <summary>Values between two looks at whether to go on.</summary>
    private const int StepValues = 1_024;

    /// <summary>Called now and then.</summary>
    public Action<FileCounts>? Progress { get; init; }

    /// <summary>Reads all of it and keeps nothing: its issues are all that there is to say against it.</summary>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="ArgumentException">The format is only written.</exception>
    public FileCounts Validate(CancellationToken cancellationToken = default)
    {
        var counts = new FileCounts();
        Format.Accept(new Validation(this, counts, cancellationToken));
        return counts;
    }

    /// <param name="use">Gets each value and the line it begins at; null, or what there is to say against it.</param>
    /// <returns>False when the file broke off, or was given up because so much was wrong.</returns>
    internal bool Run<T>(FileFormat<T> format, FileCounts counts, Func<T, long, ReadIssue?> use, CancellationToken cancellationToken) where T : class
    {
        int next = StepValues, issues = 0, objections = 0;
        var noticed = new HashSet<(string, string)>();
        foreach (var item in Source.Read(format, Options).Read())
        {
            if (item.Value is { } value)
            {
                if (format.IsRecord(value)) counts.Read++;
                if (use(value, item.Line) is { } objection) Object(objection);
            }
            else if (item.Issue is { } issue)
            {
                issues++;
                counts.Count(issue);
                Tell(issue);
            }
            if (--next > 0) continue;
            next = StepValues;
            cancellationToken.ThrowIfCancellationRequested();
            Progress?.Invoke(counts);
        }
        return !Source.IsBroken && issues < Options.MaxIssues;

        // A file that is read is given up when so much is wrong; one that cannot be written in another format record by record is not, but a thousand reasons will do,
        // and what is lost of every record alike is told of the first.
        void Object(ReadIssue objection)
        {
            counts.Count(objection);
            if (objection.Severity == IssueSeverity.Notice && !noticed.Add((objection.Field, objection.Reason))) return;
            if (++objections <= Options.MaxIssues) Tell(objection);
            if (objections == Options.MaxIssues) Tell(objection with { Severity = IssueSeverity.Notice, Value = "", Field = "file", Reason = "more of the kind may follow", Remedy = "they are only counted" });
        }
    }

    private sealed class Validation(FileWork work, FileCounts counts, CancellationToken cancellationToken) : IFormatVisitor<bool>
    {
        public bool Visit<T>(FileFormat<T> format) where T : class => work.Run(format, counts, static (_, _) => null, cancellationToken);
    }
}
