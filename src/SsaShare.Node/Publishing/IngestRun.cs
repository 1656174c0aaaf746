using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SsaShare.Exchange;
using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>One file on its way: gives its records on, puts what is refused into the quarantine, and counts. Read by one thread; counts may be looked at by others.</summary>
internal sealed class IngestRun(IngestFile file, FormatSource source, HeadedStream stream, IngestFormat format, QuarantineWriter quarantine, IProgress<IngestProgress>? progress, ILogger logger) : IProgress<PublishSummary>
{
    private readonly List<ReadIssue> _issues = [];
    private long _refused;
    private bool _isFileRefused, _isStopped, _hasKeyMaterial;

    public async IAsyncEnumerable<SealedRecord> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in source.GuardAsync(format.ReadAsync(reading, cancellationToken), file.Name, ReadMode.Lenient, Items, cancellationToken))
        {
            if (item.Record is { } record)
            {
                if (FaultOf(record, file.Name, item.Line) is not { } fault)
                {
                    yield return record;
                    continue;
                }
                Note(fault);
                await KeepAsync(new RefusedPart([fault]) { IsCut = true }, cancellationToken);
            }
            else if (item.Issue is { } issue) Note(issue);
            else if (item.Refused is { } part) await KeepAsync(part, cancellationToken);
        }
        await quarantine.FlushAsync(cancellationToken);
    }

    /// <summary>Why a record cannot be published though its reader took it; null where it can.</summary>
    internal static ReadIssue? FaultOf(SealedRecord record, string fileName, long line)
        => record.CanBeExchanged ? null
            : new ReadIssue(fileName, line, IssueSeverity.Refused, "record", record.Facts.Class.ToString(), $"{record.Payload.Length} bytes when encoded, more than {SealedRecord.LongestPayloadBytes}, which no receiver takes", "shorten its texts and comments");

    public void Report(PublishSummary value) => progress?.Report(new IngestProgress(source.BytesRead, value.Accepted, value.Duplicates, Interlocked.Read(ref _refused)));

    /// <summary>Once everything has been read and published.</summary>
    public IngestOutcome Conclude(PublishSummary summary)
    {
        Report(summary);
        return new IngestOutcome(format.Name, source.BytesRead, summary.Accepted, summary.Duplicates, _refused, quarantine.Count, _isFileRefused, _issues) { IsReadToEnd = !_isStopped };
    }

    private static IEnumerable<IngestItem> Items(ReadIssue issue, RefusedPart? part)
    {
        yield return new IngestItem(null, issue) { Line = issue.Line };
        if (part is not null) yield return new IngestItem(null, null, part) { Line = issue.Line };
    }

    private void Note(ReadIssue issue)
    {
        SeeKey(KeyMaterial.IsIn(issue));
        _issues.Add(_hasKeyMaterial ? KeyMaterial.Without(issue) : issue);
        if (issue.Severity == IssueSeverity.Refused) Interlocked.Increment(ref _refused);
        NodeLog.LineRefused(logger, file.Name, issue.Line, KeyMaterial.FieldOf(_issues[^1]), issue.Reason);
    }

    /// <summary>Once something in a file looks like a private key, nothing that stood in it is told: its other lines may be more of the key.</summary>
    private void SeeKey(bool isThere)
    {
        if (!isThere || _hasKeyMaterial) return;
        _hasKeyMaterial = true;
        for (int i = 0; i < _issues.Count; i++) _issues[i] = KeyMaterial.Without(_issues[i]);
    }

    private async Task KeepAsync(RefusedPart part, CancellationToken cancellationToken)
    {
        _isFileRefused |= part.IsWholeFile;
        _isStopped |= part.EndsReading;
        if (part.IsWholeFile)
        {
            // One refusal, however much is wrong with it.
            Interlocked.Exchange(ref _refused, 1);
            var (text, isCut) = await stream.KeepAsync(cancellationToken);
            part = part with { Text = text, IsCut = isCut };
        }
        await quarantine.AddAsync(part, cancellationToken);
        SeeKey(quarantine.HasKeyMaterial);
    }
}
