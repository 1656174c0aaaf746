using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Node;

/// <summary>Publishing files and sensors.</summary>
public sealed partial class AdminGrpcService
{
    private const int IssuesShown = 1_000;

    public override async Task<PublishFileResponse> PublishFile(IAsyncStreamReader<PublishFileRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) throw Refusals.Invalid("file_name", "the stream is empty; send the name, the label and the file.");
        var first = requestStream.Current;
        var label = ReadLabel(first.Label);
        string name = first.FileName.Length == 0 ? "(unnamed)" : first.FileName;
        var outcome = await ChunkStream.ReadAsync(first, requestStream, stream => files.PublishAsync(stream, name, label, context.CancellationToken), context.CancellationToken);
        var response = new PublishFileResponse { AcceptedCount = outcome.Accepted, DuplicateCount = outcome.Duplicates, RefusedCount = outcome.Refused };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToWire));
        return response;
    }

    public override async Task<PublishSensorsResponse> PublishSensors(PublishSensorsRequest request, ServerCallContext context)
    {
        var outcome = await sensors.PublishAsync(request.Content.Memory, request.FileName, ReadLabel(request.Label), context.CancellationToken);
        var response = new PublishSensorsResponse { AcceptedCount = (int)outcome.Accepted, DuplicateCount = (int)outcome.Duplicates };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToWire));
        return response;
    }

    private static Label ReadLabel(Protocol.Common.V1.Label? label)
        => LabelCodec.TryRead(label) ?? throw Refusals.Invalid("label", "must have a handling level and a data mode, and partner ids in releasable_to.");

    private static LineIssue ToWire(ReadIssue issue) => new()
    {
        FileName = issue.File,
        Line = (int)Math.Min(issue.Line, int.MaxValue),
        Field = issue.Field,
        Reason = $"{(issue.Value.Length == 0 ? "" : $"{issue.Value}: ")}{issue.Reason}; {issue.Remedy}",
    };
}
