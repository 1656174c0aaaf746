using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>A format's reader over a <see cref="FormatSource"/>: the items of the one, and what is wrong with the bytes of the other.</summary>
internal sealed class SourceReader<T>(FormatSource source, IFormatReader<T> reader, FormatReadOptions options) : IFormatReader<T>
    where T : class
{
    private bool _told;

    public IEnumerable<FormatItem<T>> Read()
    {
        if (source.Failure is { } unread)
        {
            foreach (var item in Refuse(unread)) yield return item;
            yield break;
        }
        using var items = reader.Read().GetEnumerator();
        while (true)
        {
            SourceException? failure = null;
            bool isItem = false;
            try
            {
                isItem = items.MoveNext();
            }
            catch (SourceException e)
            {
                failure = e;
            }
            if (Encoding() is { } encoding) yield return FormatItem.Of<T>(encoding);
            if (isItem) yield return Placed(items.Current);
            if (failure is not null)
            {
                foreach (var item in Refuse(failure)) yield return item;
            }
            if (!isItem) yield break;
        }
    }

    public async IAsyncEnumerable<FormatItem<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (source.Failure is { } unread)
        {
            foreach (var item in Refuse(unread)) yield return item;
            yield break;
        }
        await using var items = reader.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            SourceException? failure = null;
            bool isItem = false;
            try
            {
                isItem = await items.MoveNextAsync();
            }
            catch (SourceException e)
            {
                failure = e;
            }
            if (Encoding() is { } encoding) yield return FormatItem.Of<T>(encoding);
            if (isItem) yield return Placed(items.Current);
            if (failure is not null)
            {
                foreach (var item in Refuse(failure)) yield return item;
            }
            if (!isItem) yield break;
        }
    }

    /// <summary>Every issue has a line and a word for what it is about: a file without a line is refused at its first, and a keyword may be an empty text.</summary>
    private static FormatItem<T> Placed(FormatItem<T> item)
        => item.Issue is { } issue && (issue.Line < 1 || issue.Field.Length == 0) ? FormatItem.Of<T>(issue with { Line = Math.Max(1, issue.Line), Field = issue.Field.Length == 0 ? "keyword" : issue.Field }) : item;

    /// <summary>The standards of these formats know ASCII or UTF-8; some senders write their own names in Latin-1.</summary>
    private ReadIssue? Encoding()
    {
        if (_told || source.Text.NotUtf8 is not var (line, value)) return null;
        _told = true;
        return new ReadIssue(options.FileName, line, options.Mode == ReadMode.Strict ? IssueSeverity.Refused : IssueSeverity.Notice, "encoding", $"0x{value:X2}", "not UTF-8; taken as Latin-1", "send the file in UTF-8");
    }

    private IEnumerable<FormatItem<T>> Refuse(SourceException failure)
    {
        source.IsBroken = true;
        var issue = failure.ToIssue(options.FileName, source.Text.Lines + 1);
        yield return FormatItem.Of<T>(issue);
        if (options.KeepsRefused) yield return new FormatItem<T>(null, null, issue.Line) { Refused = new RefusedPart([issue]) { IsCut = true, EndsReading = true } };
    }
}
