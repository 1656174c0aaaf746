using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>How the exchange with peers stands, and the operator's hand on it.</summary>
public sealed partial class AdminGrpcService
{
    public override Task<GetExchangeResponse> GetExchange(GetExchangeRequest request, ServerCallContext context) => exchanges.ReadAsync(context.CancellationToken);

    public override async Task<PauseExchangeResponse> PauseExchange(PauseExchangeRequest request, ServerCallContext context)
    {
        var pause = ReadPause(request.PeerId, request.AgreementId, context);
        bool isChanged = await control.PauseAsync(pause, context.CancellationToken);
        if (isChanged) NodeLog.ExchangePaused(logger, pause.Peer, pause.By);
        return new PauseExchangeResponse { IsChanged = isChanged };
    }

    public override async Task<ResumeExchangeResponse> ResumeExchange(ResumeExchangeRequest request, ServerCallContext context)
    {
        var pause = ReadPause(request.PeerId, request.AgreementId, context);
        bool isChanged = await control.ResumeAsync(pause, context.CancellationToken);
        if (isChanged) NodeLog.ExchangeResumed(logger, pause.Peer, pause.By);
        return new ResumeExchangeResponse { IsChanged = isChanged };
    }

    public override Task<RetryExchangeResponse> RetryExchange(RetryExchangeRequest request, ServerCallContext context)
    {
        var named = ReadPause(request.PeerId, request.AgreementId, context);
        control.Retry(named.Peer, named.Agreement);
        return Task.FromResult(new RetryExchangeResponse { StreamCount = exchanges.CountPulled(named.Peer, named.Agreement) });
    }

    public override async Task<RestartExchangeResponse> RestartExchange(RestartExchangeRequest request, ServerCallContext context)
    {
        if (request.AgreementId.IsEmpty) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > RestartEvent.TextMax) throw Refusals.Invalid("reason", $"must have 1 to {RestartEvent.TextMax} characters.");
        var named = ReadPause(request.PeerId, request.AgreementId, context);
        // No loop of the stream runs meanwhile: one that goes on would ask with the cursor that it read before.
        int streams = await pulls.WhileAtRestAsync(named.Agreement!.Value, named.Peer,
            () => restarts.RestartAsync(named.Agreement.Value, named.Peer, named.By, request.Reason, last: null, context.CancellationToken), context.CancellationToken);
        if (streams > 0) NodeLog.ExchangeRestarted(logger, named.Peer, named.Agreement.Value, named.By, request.Reason);
        return new RestartExchangeResponse { StreamCount = streams };
    }

    private PauseEvent ReadPause(string peerId, ByteString agreementId, ServerCallContext context)
    {
        if (!PartnerId.TryParse(peerId, out var peer) || directory.Find(peer) is null || peer == identity.Partner) throw Refusals.NotFound($"No peer '{peerId}' is pinned here.");
        if (agreementId.IsEmpty) return new PauseEvent(peer, null, NameOf(context));
        if (!Hash256.TryCreate(agreementId.Span, out var hash)) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        var agreement = new AgreementId(hash);
        return book.Find(agreement)?.Agreement.HasParty(peer) == true ? new PauseEvent(peer, agreement, NameOf(context)) : throw Refusals.NotFound($"There is no agreement {agreement} with '{peer}' here.");
    }
}
