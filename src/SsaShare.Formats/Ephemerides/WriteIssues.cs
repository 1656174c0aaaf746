namespace SsaShare.Formats;

/// <summary>What a writer says of the item that it is given: one issue, in which notices are joined. Each notice is given once a file. Used by one thread at a time.</summary>
internal sealed class WriteIssues(FormatWriteOptions options)
{
    private readonly HashSet<string> _noticed = [];

    /// <summary>Items given so far; issues name the item as their line.</summary>
    public long Count { get; private set; }

    /// <summary>Of the present item.</summary>
    public ReadIssue? Current { get; private set; }

    public bool IsRefused => Current is { Severity: IssueSeverity.Refused };

    /// <summary>The next item is given.</summary>
    public void Next()
    {
        Count++;
        Current = null;
    }

    /// <summary>Nothing of the item is written.</summary>
    public void Refuse(string field, string value, string reason, string remedy)
    {
        if (!IsRefused) Current = new ReadIssue(options.FileName, Count, IssueSeverity.Refused, field, value, reason, remedy);
    }

    /// <summary>Something of the item has no place in the format.</summary>
    public void Notice(string field, string value, string reason, string remedy)
    {
        if (IsRefused || !_noticed.Add(field + reason)) return;
        Current = Current is not { } before
            ? new ReadIssue(options.FileName, Count, IssueSeverity.Notice, field, value, reason, remedy)
            : before with { Field = $"{before.Field}, {field}", Value = "", Reason = before.Reason.Contains(reason, StringComparison.Ordinal) ? before.Reason : $"{before.Reason}; {reason}" };
    }

    /// <summary>Says which fields only another format knows.</summary>
    /// <param name="prefix">With which the keys of this one begin.</param>
    public void NoticeForeign(EphemerisFields fields, string prefix)
    {
        foreach (var field in fields)
            if (!field.Key.StartsWith(prefix, StringComparison.Ordinal)) Notice(field.Key, field.Value, "only its own format has this", "keep the original file too");
    }

    /// <summary>What another writer says of what it was given for the item.</summary>
    public void Add(ReadIssue? issue)
    {
        if (issue is not null && !IsRefused && (Current is null || issue.Severity == IssueSeverity.Refused)) Current = issue with { Line = Count };
    }
}
