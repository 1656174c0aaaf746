using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>What is wrong with the bytes of a file, told among what its reader finds.</summary>
public sealed partial class FormatSource
{
    /// <summary>The items of whoever reads <see cref="Stream"/>, and in their place the issues of bytes that are damaged, cut off, too many or not UTF-8.</summary>
    /// <param name="items">Whose failures to read are made issues.</param>
    /// <param name="fileName">For issues.</param>
    /// <param name="mode">What bytes that are not UTF-8 are: a refusal or a notice.</param>
    /// <param name="make">Items of an issue; the part is there where reading ends with it.</param>
    /// <exception cref="IOException">The caller's stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TItem> GuardAsync<TItem>(IAsyncEnumerable<TItem> items, string fileName, ReadMode mode, Func<ReadIssue, RefusedPart?, IEnumerable<TItem>> make,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var failure = Failure;
        bool isTold = false, goesOn = failure is null;
        await using var found = items.GetAsyncEnumerator(cancellationToken);
        while (goesOn)
        {
            try
            {
                goesOn = await found.MoveNextAsync();
            }
            catch (SourceException e)
            {
                (failure, goesOn) = (e, false);
            }
            if (!isTold && EncodingIssue(fileName, mode) is { } encoding)
            {
                isTold = true;
                foreach (var item in make(encoding, null)) yield return item;
            }
            if (goesOn) yield return found.Current;
        }
        if (failure is null) yield break;
        var (issue, part) = Break(failure, fileName);
        foreach (var item in make(issue, part)) yield return item;
    }

    /// <summary>The standards of these formats know ASCII or UTF-8; some senders write their own names in Latin-1.</summary>
    internal ReadIssue? EncodingIssue(string fileName, ReadMode mode)
        => Text.NotUtf8 is var (line, value)
            ? new ReadIssue(fileName, line, mode == ReadMode.Strict ? IssueSeverity.Refused : IssueSeverity.Notice, "encoding", $"0x{value:X2}", "not UTF-8; taken as Latin-1", "send the file in UTF-8")
            : null;

    /// <summary>Reading ends here.</summary>
    internal (ReadIssue Issue, RefusedPart Part) Break(SourceException failure, string fileName)
    {
        IsBroken = true;
        var issue = failure.ToIssue(fileName, Text.Lines + 1);
        return (issue, new RefusedPart([issue]) { IsCut = true, EndsReading = true });
    }
}
