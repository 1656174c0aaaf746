using System.Net.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>
/// Asks, after each start, what the witnesses have seen of this node's log, before anything new is signed. A log that was cosigned before
/// waits for a witness that knows it; one that never was waits until each peer was asked once.
/// </summary>
public sealed class WitnessInquiry(PeerDirectory directory, NodeIdentity identity, IWitnessClient client, OwnLog own, ICosignedCheckpoints cosigned, SigningPermit permit,
    IOptions<WitnessOptions> options, TimeProvider time, ILogger<WitnessInquiry> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when it is known whether this node may sign.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What they cosigned under the name of before a restore is not asked for again.
        var known = (await cosigned.ListWitnessesAsync(cancellationToken)).Where(one => one.Value.Size > directory.Own.LogBegin).ToDictionary();
        if (known.Count > 0 && !options.Value.StartWithoutWitness)
        {
            string names = string.Join(", ", known.Keys.Select(witness => witness.Value).Order(StringComparer.Ordinal));
            permit.Wait($"This node signs nothing after a start until one of those that have witnessed its log ({names}) says what it has seen; none has answered yet.");
            PeeringLog.WaitingForWitness(logger, names);
        }
        while (permit.State == SigningState.Asking)
        {
            var peers = directory.Peers.Select(peer => peer.Partner).Where(peer => peer != identity.Partner).ToList();
            var answers = peers.Select(peer => AskAsync(peer, known.TryGetValue(peer, out var before) ? before.Size : null, cancellationToken)).ToList();
            bool isEnough = options.Value.StartWithoutWitness || known.Count == 0;
            if (isEnough) await Task.WhenAll(answers);
            if (isEnough || await IsAnyAsync(answers)) permit.Grant();
            else await Task.Delay(Pause, time, cancellationToken);
        }
        if (permit.State == SigningState.Granted && known.Count > 0 && options.Value.StartWithoutWitness) PeeringLog.StartedWithoutWitness(logger);
    }

    /// <returns>Whether one says yes; then the others are not waited for: what they say is judged when it comes, and may still end the signing.</returns>
    private async Task<bool> IsAnyAsync(IReadOnlyCollection<Task<bool>> answers)
    {
        await foreach (var answer in Task.WhenEach(answers))
        {
            if (!await answer) continue;
            _ = Task.WhenAll(answers).ContinueWith(rest => PeeringLog.WitnessingFailed(logger, rest.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return true;
        }
        return false;
    }

    /// <returns>Whether the peer has seen as much as it is known to have cosigned, and this log contains it.</returns>
    private async Task<bool> AskAsync(PartnerId peer, long? knownSize, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.CallTimeout);
        try
        {
            if (await client.GetCheckpointAsync(peer, own.Origin, limit.Token) is not { } note)
            {
                if (knownSize is { } lost) PeeringLog.WitnessWentBack(logger, peer, lost, 0);
                return false;
            }
            if (await own.CompareAsync(note, $"'{peer}'", cancellationToken) is not { } size) return false;
            if (size < knownSize) PeeringLog.WitnessWentBack(logger, peer, knownSize.Value, size);
            return size >= knownSize;
        }
        catch (HttpRequestException e)
        {
            PeeringLog.WitnessSilent(logger, peer, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            PeeringLog.WitnessSilent(logger, peer, "no answer in time");
            return false;
        }
    }
}
