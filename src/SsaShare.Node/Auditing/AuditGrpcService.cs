using Google.Protobuf;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What an auditor of this node reads; its operator too. Each feature in a file of its own; nothing here changes anything.</summary>
public sealed partial class AuditGrpcService(EvidenceExporter evidence, DecisionExplainer explainer, LogDesk desk, AgreementBook book) : AuditService.AuditServiceBase
{
    public override async Task<ExplainDecisionResponse> ExplainDecision(ExplainDecisionRequest request, ServerCallContext context)
    {
        if (!RecordIdPrefix.TryParse(request.Record, out var prefix))
            throw Refusals.Invalid("record", $"'{request.Record}' is not a record id or its first {RecordIdPrefix.DigitsMin} or more hexadecimal digits.");
        if (!PartnerId.TryParse(request.ReaderId, out var reader)) throw Refusals.Invalid("reader_id", $"'{request.ReaderId}' is not a partner id.");
        var only = request.AgreementId.IsEmpty ? null : Find(request.AgreementId);
        return (await explainer.ExplainAsync(prefix, reader, only, request.Derived, context.CancellationToken)).ToWire();
    }

    private BookEntry Find(ByteString agreementId)
    {
        if (!Hash256.TryCreate(agreementId.Span, out var hash)) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        var id = new Agreements.AgreementId(hash);
        return book.Find(id) ?? throw Refusals.NotFound($"There is no agreement {id} here.");
    }
}
