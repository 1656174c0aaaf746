using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>A sensor's description, JSON.</summary>
internal static class SensorIngest
{
    /// <summary>Longest description taken, bytes; its reader refuses longer ones.</summary>
    private const int BytesMax = 64 * 1024;

    public static IngestFormat Format { get; } = new("sensor", head => JsonHead.FormatOf(head.Span).StartsWith("ssashare-sensor/", StringComparison.Ordinal), ReadAsync);

    private static async IAsyncEnumerable<IngestItem> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] content = new byte[BytesMax + 1];
        int length = await reading.Stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        var issues = new List<ReadIssue>();
        var sensor = SensorFile.Read(content.AsSpan(0, length), reading.FileName, issues);
        if (sensor is not null && sensor.Owner != reading.Originator)
            issues.Add(new ReadIssue(reading.FileName, 1, IssueSeverity.Refused, "owner", sensor.Owner.Value, $"this node is of '{reading.Originator}'", "publish it at its owner's node"));
        foreach (var issue in issues) yield return new IngestItem(null, issue);
        if (issues.Count > 0) yield return new IngestItem(null, null, new RefusedPart([.. issues.Take(RefusedPart.IssuesMax)]) { IsWholeFile = true });
        else if (sensor is not null) yield return new IngestItem(RecordFactory.Seal(sensor, reading.Label, reading.Now));
    }
}
