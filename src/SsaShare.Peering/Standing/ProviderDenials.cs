using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>Takes the signed denials that come with refusals of pulls.</summary>
public sealed class ProviderDenials(NodeIdentity identity, PeerDirectory directory, IStandingStore store, TimeProvider time, ILogger<ProviderDenials> logger)
{
    /// <summary>The last document kept of each provider: it gives the same for a minute.</summary>
    private readonly ConcurrentDictionary<(AgreementId, PartnerId), Hash256> _kept = new();

    /// <summary>Verifies and keeps what came with a refusal. Nothing of it, or a store that fails, keeps the caller from asking again.</summary>
    public async Task TakeAsync(RpcException refusal, AgreementId agreement, PartnerId provider, CancellationToken cancellationToken)
    {
        if (refusal.TryReadDenial() is not { } signed || (_kept.TryGetValue((agreement, provider), out var kept) && kept == signed.Id)) return;
        if (DenialDocument.Open(signed, agreement, provider, identity.Partner, directory, Utc.FromDateTime(time.GetUtcNow()), out string fault) is not { } denial)
        {
            PeeringLog.DenialDropped(logger, provider, agreement, fault);
            return;
        }
        try
        {
            if (await store.SaveDenialAsync(signed, denial, cancellationToken)) PeeringLog.DenialTaken(logger, provider, agreement, denial.Reason);
            _kept[(agreement, provider)] = signed.Id;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the caller sees the token and ends.
        }
        catch (Exception e)
        {
            // It comes again with the next refusal.
            PeeringLog.DenialNotKept(logger, provider, agreement, e);
        }
    }
}
