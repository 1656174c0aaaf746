using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>Publishes descriptions of this partner's sensors.</summary>
public sealed class SensorPublisher(NodeIdentity identity, Publisher publisher, TimeProvider time)
{
    public async Task<FileOutcome> PublishAsync(ReadOnlyMemory<byte> content, string fileName, Label label, CancellationToken cancellationToken)
    {
        var issues = new List<ReadIssue>();
        if (SensorFile.Read(content.Span, fileName, issues) is not { } sensor) return new FileOutcome(0, 0, 1, issues);
        if (sensor.Owner != identity.Partner)
            return new FileOutcome(0, 0, 1, [new ReadIssue(fileName, 1, IssueSeverity.Refused, "owner", sensor.Owner.Value, $"this node is of '{identity.Partner}'", "publish it at its owner's node")]);
        var record = RecordFactory.Seal(sensor, LabelCodec.Seal(label), Utc.FromDateTime(time.GetUtcNow()));
        var summary = await publisher.PublishAsync(new[] { record }.ToAsyncEnumerable(), cancellationToken);
        NodeMetrics.Published(summary.Accepted);
        return new FileOutcome(summary.Accepted, summary.Duplicates, 0, issues);
    }
}
