using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>Publishes what a file holds: reads, refuses line by line, seals, and hands the rest to the publisher in constant memory.</summary>
public sealed class FilePublisher(NodeIdentity identity, Publisher publisher, OwnSensors sensors, TimeProvider time, ILogger<FilePublisher> logger)
{
    /// <summary>Reads CCSDS tracking, orbit or conjunction data messages, or a manoeuvre or event notice, to the end; the first line tells which.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="label">The marking of every record in it.</param>
    public async Task<FileOutcome> PublishAsync(Stream stream, string fileName, Label label, CancellationToken cancellationToken)
    {
        using var activity = NodeMetrics.Activities.StartActivity("publish", ActivityKind.Internal);
        activity?.SetTag("ssashare.file", fileName);
        await sensors.LoadAsync(cancellationToken);
        var issues = new List<ReadIssue>();
        var sealedLabel = LabelCodec.Seal(label);
        var now = Utc.FromDateTime(time.GetUtcNow());
        await using var headed = await HeadedStream.OpenAsync(stream, MessageFormats.HeadBytes, cancellationToken);
        var records = MessageFormats.Of(headed.Head.Span) switch
        {
            MessageFormat.Orbit => SealAsync(new OdmReader(headed, new OdmReadOptions { FileName = fileName, Now = now }), sealedLabel, issues, cancellationToken),
            MessageFormat.Conjunction => SealAsync(new CdmReader(headed, new CdmReadOptions { FileName = fileName, Now = now }), sealedLabel, issues, cancellationToken),
            MessageFormat.Notice => SealNoticeAsync(headed, fileName, now, sealedLabel, issues, cancellationToken),
            _ => SealAsync(new TdmReader(headed, new TdmReadOptions { FileName = fileName, Now = now, IsKnownSensor = sensors.IsKnown }), sealedLabel, issues, cancellationToken),
        };
        var summary = await publisher.PublishAsync(records, cancellationToken);

        // A segment or a file that is refused as a whole is one refusal: its observations were never read.
        int refused = issues.Count(issue => issue.Severity == IssueSeverity.Refused);
        NodeMetrics.Published(summary.Accepted);
        NodeLog.Published(logger, fileName, summary.Accepted, summary.Duplicates, refused);
        return new FileOutcome(summary.Accepted, summary.Duplicates, refused, issues);
    }

    private async IAsyncEnumerable<SealedRecord> SealAsync(TdmReader reader, SealedLabel label, List<ReadIssue> issues, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in reader.ReadAsync(cancellationToken))
        {
            if (item.Observation is { } observation) yield return RecordFactory.Seal(observation, identity.Partner, label);
            else if (item.Issue is { } issue) Note(issue, issues);
        }
    }

    private async IAsyncEnumerable<SealedRecord> SealAsync(OdmReader reader, SealedLabel label, List<ReadIssue> issues, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in reader.ReadAsync(cancellationToken))
        {
            if (item.State is { } state) yield return RecordFactory.Seal(state, identity.Partner, label);
            else if (item.Elements is { } elements) yield return RecordFactory.Seal(elements, identity.Partner, label);
            else if (item.Issue is { } issue) Note(issue, issues);
        }
    }

    private async IAsyncEnumerable<SealedRecord> SealAsync(CdmReader reader, SealedLabel label, List<ReadIssue> issues, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in reader.ReadAsync(cancellationToken))
        {
            if (item.Message is { } message) yield return RecordFactory.Seal(message, identity.Partner, label);
            else if (item.Issue is { } issue) Note(issue, issues);
        }
    }

    private async IAsyncEnumerable<SealedRecord> SealNoticeAsync(Stream stream, string fileName, Epoch now, SealedLabel label, List<ReadIssue> issues, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One byte more than a notice may have, so that the reader sees that there is more.
        byte[] json = new byte[NoticeFile.BytesMax + 1];
        int length = await stream.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, cancellationToken);
        var found = new List<ReadIssue>();
        var (maneuver, happening) = NoticeFile.Read(json.AsSpan(0, length), fileName, now, found);
        foreach (var issue in found) Note(issue, issues);
        if (maneuver is not null) yield return RecordFactory.Seal(maneuver, identity.Partner, label);
        if (happening is not null) yield return RecordFactory.Seal(happening, identity.Partner, label);
    }

    private void Note(ReadIssue issue, List<ReadIssue> issues)
    {
        issues.Add(issue);
        NodeLog.LineRefused(logger, issue.File, issue.Line, issue.Field, issue.Reason);
    }
}

/// <summary>What became of a file.</summary>
/// <param name="Refused">Refusals: of a line, a segment or the whole file. Not 0 when anything was refused.</param>
public sealed record FileOutcome(long Accepted, long Duplicates, long Refused, IReadOnlyList<ReadIssue> Issues);
