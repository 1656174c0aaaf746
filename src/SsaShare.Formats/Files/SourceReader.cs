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
        await foreach (var item in source.GuardAsync(reader.ReadAsync(cancellationToken), options.FileName, options.Mode, Items, cancellationToken)) yield return Placed(item);
    }

    private IEnumerable<FormatItem<T>> Items(ReadIssue issue, RefusedPart? part)
    {
        yield return FormatItem.Of<T>(issue);
        if (part is not null && options.KeepsRefused) yield return new FormatItem<T>(null, null, issue.Line) { Refused = part };
    }

    /// <summary>Every issue has a line and a word for what it is about: a file without a line is refused at its first, and a keyword may be an empty text.</summary>
    private static FormatItem<T> Placed(FormatItem<T> item)
        => item.Issue is { } issue && (issue.Line < 1 || issue.Field.Length == 0) ? FormatItem.Of<T>(issue with { Line = Math.Max(1, issue.Line), Field = issue.Field.Length == 0 ? "keyword" : issue.Field }) : item;

    private ReadIssue? Encoding()
    {
        if (_told || source.EncodingIssue(options.FileName, options.Mode) is not { } issue) return null;
        _told = true;
        return issue;
    }

    private IEnumerable<FormatItem<T>> Refuse(SourceException failure)
    {
        var (issue, part) = source.Break(failure, options.FileName);
        return Items(issue, part);
    }
}
