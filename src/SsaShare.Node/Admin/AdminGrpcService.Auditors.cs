using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Who may read this node's log.</summary>
public sealed partial class AdminGrpcService
{
    public override async Task<AddAuditorResponse> AddAuditor(AddAuditorRequest request, ServerCallContext context)
    {
        if (!AuditorEvent.IsName(request.Name)) throw Refusals.Invalid("name", $"'{request.Name}' is not 1 to 64 of a-z, 0-9, '-' and '.', beginning with a letter or digit.");
        if (!Hash256.TryCreate(request.Pin.Span, out var pin)) throw Refusals.Invalid("pin", "must be 32 bytes.");
        if (await auditors.TryAddAsync(request.Name, new SpkiPin(pin), NameOf(context), context.CancellationToken) is { } refusal) throw Refusals.CardRefused(refusal);
        NodeLog.AuditorAdded(logger, request.Name, new SpkiPin(pin));
        return new AddAuditorResponse();
    }

    public override async Task<RemoveAuditorResponse> RemoveAuditor(RemoveAuditorRequest request, ServerCallContext context)
    {
        if (!await auditors.TryRemoveAsync(request.Name, NameOf(context), context.CancellationToken)) throw Refusals.NotFound($"There is no auditor '{request.Name}' here.");
        NodeLog.AuditorRemoved(logger, request.Name);
        return new RemoveAuditorResponse();
    }

    public override Task<ListAuditorsResponse> ListAuditors(ListAuditorsRequest request, ServerCallContext context)
    {
        var response = new ListAuditorsResponse();
        response.Auditors.AddRange(auditors.All.Select(auditor => new Protocol.Admin.V1.Auditor
        {
            Name = auditor.Name,
            Pin = auditor.Pin.Value.ToWire(),
            Since = Timestamp.FromDateTimeOffset(Utc.ToDateTime(auditor.Since)),
        }));
        return Task.FromResult(response);
    }

    private static string NameOf(ServerCallContext context) => $"the operator of {Callers.Of(context).Partner}";
}
