namespace SsaShare.Formats;

/// <summary>What writers of ephemerides have in common: their output, and issues that say what the format has no place for.</summary>
internal abstract class EphemerisWriter(Stream stream, FormatWriteOptions options) : IFormatWriter<EphemerisItem>
{
    private readonly WriteIssues _issues = new(options);

    protected TextOutput Output { get; } = new(stream);

    protected FormatWriteOptions Options => options;

    public ReadIssue? Write(EphemerisItem value)
    {
        _issues.Next();
        Put(value);
        return _issues.Current;
    }

    public void Complete()
    {
        End();
        Output.Flush();
        stream.Flush();
    }

    /// <summary>The one that is being written; null before and after it, and where the format cannot hold it.</summary>
    protected EphemerisSegment? Segment { get; set; }

    protected abstract void Open(EphemerisHeader header);

    protected abstract void Comment(EphemerisComment comment);

    /// <summary>Sets <see cref="Segment"/>, or refuses.</summary>
    protected abstract void Begin(EphemerisSegment segment);

    protected abstract void Point(EphemerisPoint point);

    protected abstract void Covariance(EphemerisCovariance covariance);

    protected virtual void Record(EphemerisRecord record) => Notice(record.Kind, "", "only its own format has this", "keep the original file too");

    /// <summary>Ends the segment, where there is one.</summary>
    protected abstract void Close();

    protected virtual void End() => Close();

    private void Put(EphemerisItem item)
    {
        switch (item)
        {
            case EphemerisHeader header:
                Open(header);
                break;
            case EphemerisComment comment:
                Comment(comment);
                break;
            case EphemerisRecord record:
                Record(record);
                break;
            case EphemerisSegment segment:
                Begin(segment);
                break;
            case EphemerisSegmentEnd:
                Close();
                break;
            case var _ when Segment is null:
                Refuse("segment", "", "its segment could not be written", "see there");
                break;
            case EphemerisPoint point:
                Point(point);
                break;
            case EphemerisCovariance covariance:
                Covariance(covariance);
                break;
        }
    }

    protected void Refuse(string field, string value, string reason, string remedy) => _issues.Refuse(field, value, reason, remedy);

    protected void Notice(string field, string value, string reason, string remedy) => _issues.Notice(field, value, reason, remedy);

    protected void NoticeForeign(EphemerisFields fields, string prefix) => _issues.NoticeForeign(fields, prefix);

    /// <summary>Tells that the format has no place for the realisation of an Earth-fixed frame: ITRF2014.</summary>
    protected void NoticeRealisation(EphemerisSegment segment, string written)
    {
        bool names = segment is { Frame: EphemerisFrame.Itrf, FrameName.Length: > 1 } && segment.FrameName.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
        if (names && !written.Equals(segment.FrameName, StringComparison.OrdinalIgnoreCase)) Notice("frame", segment.FrameName, $"written as {written}: the realisation is not told", "say it beside the file");
    }

    /// <summary>Who made the ephemeris, as the format holds it, with a notice where that is less than was given.</summary>
    /// <param name="given">Null where nothing was.</param>
    protected string Source(string? given, string otherwise, int length, bool blanks)
    {
        string whole = Plain(given ?? otherwise, blanks);
        if (whole.Length <= length) return whole;
        if (given is not null) Notice("source", given, $"written as {whole[..length]}: the format has {length} characters for it", "say it beside the file");
        return whole[..length];
    }

    /// <summary>Text without ends of lines in it.</summary>
    protected static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Text in the characters that all formats of lines hold; others become '_'.</summary>
    protected static string Plain(string text, bool blanks) => string.Concat(text.Select(c => c is > ' ' and < '\x7F' || (blanks && c == ' ') ? c : '_'));
}
