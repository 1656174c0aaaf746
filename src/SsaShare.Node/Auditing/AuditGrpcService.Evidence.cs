using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Evidence bundles.</summary>
public sealed partial class AuditGrpcService
{
    public override async Task ExportEvidence(ExportEvidenceRequest request, IServerStreamWriter<ExportEvidenceResponse> responseStream, ServerCallContext context)
    {
        var scope = await ReadScopeAsync(request, context.CancellationToken);
        await foreach (var chunk in evidence.ExportAsync(scope, context.CancellationToken))
            await responseStream.WriteAsync(new ExportEvidenceResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, context.CancellationToken);
    }

    private async Task<EvidenceScope> ReadScopeAsync(ExportEvidenceRequest request, CancellationToken cancellationToken) => new(
        LogDesk.ReadTime("from", request.From),
        LogDesk.ReadTime("until", request.Until),
        request.PeerId.Length == 0 ? null : PartnerId.TryParse(request.PeerId, out var peer) ? peer : throw Refusals.Invalid("peer_id", $"'{request.PeerId}' is not a partner id."),
        request.AgreementId.IsEmpty ? null : Hash256.TryCreate(request.AgreementId.Span, out var id) ? new AgreementId(id) : throw Refusals.Invalid("agreement_id", "must be 32 bytes."),
        request.Record.Length == 0 ? null : await FindOnePlaceAsync(request.Record, cancellationToken));

    private async Task<RecordPlace> FindOnePlaceAsync(string record, CancellationToken cancellationToken)
        => await desk.FindPlacesAsync(record, cancellationToken) is { Count: 1 } places ? places.First()
            : throw Refusals.Invalid("record", "it stands in several publications here; name one as publication id \"/\" index.");
}
