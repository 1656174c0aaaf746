using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using IngestSource = SsaShare.Exchange.IngestSource;

namespace SsaShare.Node;

/// <summary>Publishing files and sensors.</summary>
public sealed partial class AdminGrpcService
{
    private const int IssuesShown = 1_000;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    public override async Task<PublishFileResponse> PublishFile(IAsyncStreamReader<PublishFileRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) throw EmptyStream();
        var file = new IngestFile(IngestSource.Grpc, requestStream.Current.FileName, ReadLabel(requestStream.Current.Label));
        var outcome = await ChunkStream.ReadAsync(requestStream, piece => piece.Chunk.Memory, stream => ingest.IngestAsync(file, stream, null, context.CancellationToken), context.CancellationToken);
        var response = new PublishFileResponse { AcceptedCount = outcome.Accepted, DuplicateCount = outcome.Duplicates, RefusedCount = outcome.Refused };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToLineIssue));
        return response;
    }

    public override async Task IngestFile(IAsyncStreamReader<IngestFileRequest> requestStream, IServerStreamWriter<IngestFileResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) throw EmptyStream();
        var first = requestStream.Current;
        var source = first.Source switch
        {
            Protocol.Admin.V1.IngestSource.Unspecified or Protocol.Admin.V1.IngestSource.Grpc => IngestSource.Grpc,
            Protocol.Admin.V1.IngestSource.Cli => IngestSource.Cli,
            _ => throw Refusals.Invalid("source", "must be GRPC or CLI."),
        };
        var file = new IngestFile(source, first.FileName, ReadLabel(first.Label));
        var progress = new LatestProgress();
        using var telling = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var told = TellAsync(progress, responseStream, telling.Token);
        IngestOutcome outcome;
        try
        {
            outcome = await ChunkStream.ReadAsync(requestStream, piece => piece.Chunk.Memory, stream => ingest.IngestAsync(file, stream, progress, context.CancellationToken), context.CancellationToken);
        }
        finally
        {
            await telling.CancelAsync();
            await told;
        }
        await responseStream.WriteAsync(new IngestFileResponse { Outcome = ToWire(outcome) }, context.CancellationToken);
    }

    public override async Task<PublishSensorsResponse> PublishSensors(PublishSensorsRequest request, ServerCallContext context)
    {
        using var stream = new MemoryStream(request.Content.ToByteArray(), writable: false);
        var outcome = await ingest.IngestAsync(new IngestFile(IngestSource.Grpc, request.FileName, ReadLabel(request.Label)), stream, SensorIngest.Format, null, context.CancellationToken);
        var response = new PublishSensorsResponse { AcceptedCount = (int)outcome.Accepted, DuplicateCount = (int)outcome.Duplicates };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToLineIssue));
        return response;
    }

    /// <summary>Writes how far it is until it is told to stop; a caller that does not read holds nothing up but this.</summary>
    private static async Task TellAsync(LatestProgress progress, IServerStreamWriter<IngestFileResponse> responseStream, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ProgressInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (progress.TakeNews() is { } news) await responseStream.WriteAsync(new IngestFileResponse { Progress = ToWire(news) }, stop);
        }
        catch (OperationCanceledException)
        {
            // The outcome follows, or nobody is there any more to be told.
        }
    }

    private static RpcException EmptyStream() => Refusals.Invalid("file_name", "the stream is empty; send the name, the label and the file.");

    private static Label ReadLabel(Protocol.Common.V1.Label? label)
        => LabelCodec.TryRead(label) ?? throw Refusals.Invalid("label", "must have a handling level and a data mode, and partner ids in releasable_to.");

    private static LineIssue ToLineIssue(ReadIssue issue) => new()
    {
        FileName = issue.File,
        Line = (int)Math.Min(issue.Line, int.MaxValue),
        Field = issue.Field,
        Reason = $"{(issue.Value.Length == 0 ? "" : $"{issue.Value}: ")}{issue.Reason}; {issue.Remedy}",
    };

    private static Protocol.Admin.V1.IngestProgress ToWire(IngestProgress progress)
        => new() { ByteCount = progress.Bytes, AcceptedCount = progress.Accepted, DuplicateCount = progress.Duplicates, RefusedCount = progress.Refused };

    private static Protocol.Admin.V1.IngestOutcome ToWire(IngestOutcome outcome)
    {
        var wire = new Protocol.Admin.V1.IngestOutcome
        {
            Format = outcome.Format,
            Progress = ToWire(new IngestProgress(outcome.Bytes, outcome.Accepted, outcome.Duplicates, outcome.Refused)),
            QuarantinedCount = outcome.Quarantined,
            FileRefused = outcome.IsFileRefused,
            RestUnread = !outcome.IsReadToEnd,
        };
        wire.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToWire));
        return wire;
    }

    private static IngestIssue ToWire(ReadIssue issue) => new()
    {
        FileName = issue.File, Line = issue.Line, Field = issue.Field, Value = issue.Value, Reason = issue.Reason, Remedy = issue.Remedy, Refused = issue.Severity == IssueSeverity.Refused,
    };
}
