using Grpc.Core;
using SsaShare.Protocol.Audit.V1;

namespace SsaShare.Node;

/// <summary>Searching the log.</summary>
public sealed partial class AuditGrpcService
{
    public override Task<SearchLogResponse> SearchLog(SearchLogRequest request, ServerCallContext context) => desk.SearchAsync(request, context.CancellationToken);
}
