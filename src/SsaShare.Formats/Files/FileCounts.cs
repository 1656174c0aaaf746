namespace SsaShare.Formats;

/// <summary>What came of a file, or of several. Grows while they are read.</summary>
public sealed class FileCounts
{
    /// <summary>Values read.</summary>
    public long Read { get; internal set; }

    /// <summary>Values written; less than were read when the format written cannot hold all.</summary>
    public long Written { get; internal set; }

    /// <summary>Issues by which something was refused, in reading or in writing.</summary>
    public long Refused { get; internal set; }

    /// <summary>Issues by which nothing was refused.</summary>
    public long Notices { get; internal set; }

    internal void Count(ReadIssue issue)
    {
        if (issue.Severity == IssueSeverity.Refused) Refused++;
        else Notices++;
    }
}
