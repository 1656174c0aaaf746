using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>A manoeuvre or event notice, JSON. Of JSON files it takes those that no format before it wanted.</summary>
internal static class NoticeIngest
{
    public static IngestFormat Format { get; } = new("notice", head => MessageFormats.Of(head.Span) == MessageFormat.Notice, ReadAsync);

    private static async IAsyncEnumerable<IngestItem> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One byte more than a notice may have, so that the reader sees that there is more.
        byte[] json = new byte[NoticeFile.BytesMax + 1];
        int length = await reading.Stream.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, cancellationToken);
        var issues = new List<ReadIssue>();
        var (maneuver, happening) = NoticeFile.Read(json.AsSpan(0, length), reading.FileName, reading.Now, issues);
        foreach (var issue in issues) yield return new IngestItem(null, issue);
        if (issues.Count > 0) yield return new IngestItem(null, null, new RefusedPart([.. issues.Take(RefusedPart.IssuesMax)]) { IsWholeFile = true });
        if (maneuver is not null) yield return new IngestItem(RecordFactory.Seal(maneuver, reading.Originator, reading.Label));
        if (happening is not null) yield return new IngestItem(RecordFactory.Seal(happening, reading.Originator, reading.Label));
    }
}
