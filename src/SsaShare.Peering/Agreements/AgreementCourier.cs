using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Peering;

/// <summary>
/// Brings agreements that this node has signed to their other parties, until each has every signature known here. What is to be
/// delivered is read from the book, so a crash between keeping and sending delays and loses nothing.
/// </summary>
public sealed class AgreementCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, PeerChannels channels, AgreementDeliveries deliveries,
    TimeProvider time, ILogger<AgreementCourier> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<(AgreementId, PartnerId), int> _signaturesAtPeer = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (bookChanged, directoryChanged) = (book.Changed, directory.Changed);
            bool everywhere = await DeliverAllAsync(stoppingToken);
            var news = Task.WhenAny(bookChanged, directoryChanged);
            await Task.WhenAny(news, Task.Delay(everywhere ? Timeout.InfiniteTimeSpan : RetryPause, time, stoppingToken));
        }
    }

    /// <returns>Whether every party has what this node has.</returns>
    private async Task<bool> DeliverAllAsync(CancellationToken cancellationToken)
    {
        bool everywhere = true;
        foreach (var entry in book.Entries.Where(entry => entry.Verification.SignedBy.Contains(identity.Partner)))
        foreach (var party in entry.Agreement.Parties.Where(party => party.Partner != identity.Partner))
        {
            int known = entry.Envelope.SignatureCount;
            if (_signaturesAtPeer.GetValueOrDefault((entry.Agreement.Id, party.Partner)) >= known) continue;
            if (directory.Find(party.Partner) is null) continue;
            int there = await TryDeliverAsync(entry, party.Partner, cancellationToken);
            _signaturesAtPeer[(entry.Agreement.Id, party.Partner)] = there;
            if (there >= entry.Agreement.Parties.Length) deliveries.Delivered(entry.Agreement.Id, party.Partner);
            everywhere &= there >= known;
        }
        return everywhere;
    }

    private async Task<int> TryDeliverAsync(BookEntry entry, PartnerId peer, CancellationToken cancellationToken)
    {
        try
        {
            var client = new V1.AgreementService.AgreementServiceClient(channels.To(peer));
            var answer = await client.DeliverAgreementAsync(
                new V1.DeliverAgreementRequest { Envelope = UnsafeByteOperations.UnsafeWrap(entry.Envelope.ToJson()) },
                deadline: time.GetUtcNow().UtcDateTime.AddSeconds(10), cancellationToken: cancellationToken);
            if (!AgreementEnvelope.TryParse(answer.Envelope.Span, out var envelope, out _) || envelope.Id != entry.Agreement.Id) return 0;
            await book.KeepAsync(envelope, cancellationToken);
            PeeringLog.AgreementDelivered(logger, entry.Agreement.Id, peer, envelope.SignatureCount);
            return envelope.SignatureCount;
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            PeeringLog.AgreementNotDelivered(logger, entry.Agreement.Id, peer, e.StatusCode, e.Status.Detail);
            // A refusal will not change by repeating it; the operator mends the cause and restarts or signs anew.
            return PeerPipeline.IsTransient(e) ? 0 : int.MaxValue;
        }
    }
}
