using Google.Protobuf;
using Grpc.Core;
using SsaShare.Protocol.Audit.V1;

namespace SsaShare.Node;

/// <summary>Evidence bundles.</summary>
public sealed partial class AuditGrpcService
{
    public override async Task ExportEvidence(ExportEvidenceRequest request, IServerStreamWriter<ExportEvidenceResponse> responseStream, ServerCallContext context)
    {
        await foreach (var chunk in evidence.ExportAsync(context.CancellationToken))
            await responseStream.WriteAsync(new ExportEvidenceResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, context.CancellationToken);
    }
}
