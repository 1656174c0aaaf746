using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>
/// The one way in for files, from wherever they come: tells the format, reads, refuses line by line, seals, and hands the rest to the publisher,
/// in constant memory however long the file is. What is refused goes into the quarantine. The same file again adds nothing.
/// </summary>
public sealed class IngestDesk(NodeIdentity identity, Publisher publisher, OwnSensors sensors, IQuarantineStore store, IOptions<QuarantineOptions> options, TimeProvider time, ILogger<IngestDesk> logger)
{
    /// <summary>Publishes a file. When it returns, what was accepted is durable and what was refused is in the quarantine.</summary>
    /// <param name="file">Name, label and source.</param>
    /// <param name="stream">From its first byte on; stays the caller's.</param>
    /// <param name="progress">Told now and then; must not block.</param>
    /// <exception cref="Grpc.Core.RpcException">The label is longer than a receiver takes; nothing was read.</exception>
    /// <exception cref="IOException">The stream fails. What was published before stays; the same file again adds only the rest.</exception>
    public Task<IngestOutcome> IngestAsync(IngestFile file, Stream stream, IProgress<IngestProgress>? progress, CancellationToken cancellationToken)
        => IngestAsync(file, stream, null, progress, cancellationToken);

    /// <param name="format">Null to be told by the first bytes.</param>
    internal async Task<IngestOutcome> IngestAsync(IngestFile file, Stream stream, IngestFormat? format, IProgress<IngestProgress>? progress, CancellationToken cancellationToken)
    {
        file = file with { Name = IngestFile.Shown(file.Name) };
        var label = LabelCodec.Seal(file.Label);
        if (label.Bytes.Length > SealedLabel.LongestBytes) throw Refusals.Invalid("label", IngestFile.LabelTooLong);
        using var activity = NodeMetrics.Activities.StartActivity("publish", ActivityKind.Internal);
        activity?.SetTag("ssashare.file", file.Name);
        activity?.SetTag("ssashare.source", file.Source.ToString());
        await sensors.LoadAsync(cancellationToken);
        using var source = await FormatSource.OpenAsync(stream, cancellationToken: cancellationToken);
        await using var headed = await HeadedStream.OpenAsync(source.Refusal(file.Name) is null ? source.Stream : Stream.Null, MessageFormats.HeadBytes, cancellationToken);
        format ??= IngestFormats.Of(headed.Head);
        var now = Utc.FromDateTime(time.GetUtcNow());
        var quarantine = new QuarantineWriter(store, options.Value.BytesMax, file, format.Name, label, now);
        var run = new IngestRun(file, source, headed, format, quarantine, progress, logger);
        var summary = await publisher.PublishAsync(run.ReadAsync(Reading(headed, file.Name, label, now), cancellationToken), run, cancellationToken);

        var outcome = run.Conclude(summary);
        NodeMetrics.Published(outcome.Accepted);
        NodeMetrics.Ingested(file.Source, outcome.Bytes, outcome.Refused);
        NodeLog.Published(logger, file.Name, outcome.Accepted, outcome.Duplicates, outcome.Refused);
        return outcome;
    }

    /// <summary>Reads without publishing.</summary>
    /// <returns>How many records there are, and why anything is refused.</returns>
    internal async Task<(long Records, IReadOnlyList<ReadIssue> Refusals)> CheckAsync(ReadOnlyMemory<byte> content, string fileName, Label label, IngestFormat format, CancellationToken cancellationToken)
    {
        await sensors.LoadAsync(cancellationToken);
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        var refusals = new List<ReadIssue>();
        long records = 0;
        await foreach (var item in format.ReadAsync(Reading(stream, IngestFile.Shown(fileName), LabelCodec.Seal(label), Utc.FromDateTime(time.GetUtcNow())), cancellationToken))
        {
            if (item.Record is { } record && IngestRun.FaultOf(record, IngestFile.Shown(fileName), item.Line) is { } fault) refusals.Add(fault);
            else if (item.Record is not null) records++;
            else if (item.Issue is { Severity: IssueSeverity.Refused } issue) refusals.Add(issue);
        }
        return (records, KeyMaterial.IsIn(content.Span) ? [.. refusals.Select(KeyMaterial.Without)] : refusals);
    }

    private IngestReading Reading(Stream stream, string fileName, SealedLabel label, Epoch now) => new(stream, fileName, label, identity.Partner, now, sensors.IsKnown);
}
