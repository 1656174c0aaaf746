namespace SsaShare.Formats;

/// <summary>What writers of ephemerides have in common: they count what was written and say what the format has no place for.</summary>
internal abstract class EphemerisWriter(Stream stream, FormatWriteOptions options) : IFormatWriter<EphemerisItem>
{
    private readonly HashSet<string> _noticed = [];
    private ReadIssue? _issue;

    protected TextOutput Output { get; } = new(stream);

    protected FormatWriteOptions Options => options;

    /// <summary>Items given so far; issues name the item as their line.</summary>
    protected long Count { get; private set; }

    public ReadIssue? Write(EphemerisItem value)
    {
        Count++;
        _issue = null;
        Put(value);
        return _issue;
    }

    public void Complete()
    {
        End();
        Output.Flush();
        stream.Flush();
    }

    protected abstract void Put(EphemerisItem item);

    protected abstract void End();

    /// <summary>The value is not written.</summary>
    protected void Refuse(string field, string value, string reason, string remedy)
        => _issue = new ReadIssue(options.FileName, Count, IssueSeverity.Refused, field, value, reason, remedy);

    /// <summary>Something of the value has no place in the format; said once for each reason.</summary>
    protected void Notice(string field, string value, string reason, string remedy)
    {
        if (_issue is { Severity: IssueSeverity.Refused } || !_noticed.Add(field + reason)) return;
        _issue = _issue is { } before
            ? before with { Field = $"{before.Field}, {field}", Value = "", Reason = $"{before.Reason}; {reason}" }
            : new ReadIssue(options.FileName, Count, IssueSeverity.Notice, field, value, reason, remedy);
    }

    /// <summary>Says which fields only another format knows.</summary>
    protected void NoticeForeign(EphemerisFields fields, string prefix)
    {
        foreach (var field in fields)
            if (!field.Key.StartsWith(prefix, StringComparison.Ordinal)) Notice(field.Key, field.Value, "only its own format has this", "keep the original file too");
    }

    /// <summary>Text without ends of lines in it.</summary>
    protected static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Text in the characters that all formats of lines hold; others become '_'.</summary>
    protected static string Plain(string text, bool blanks) => string.Concat(text.Select(c => c is > ' ' and < '\x7F' || (blanks && c == ' ') ? c : '_'));
}
