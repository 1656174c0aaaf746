using System.Net.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>
/// Has this node's log witnessed: in rounds, each with one checkpoint for all peers, so that their cosignatures stand on the same one. A round
/// begins when the log has grown or a witness is behind, at most once in an interval, and does not wait for a peer that failed before.
/// </summary>
public sealed class CheckpointCirculator(NodeIdentity identity, PeerDirectory directory, ICheckpointSigner signer, WitnessInquiry inquiry, CheckpointSubmission submission, SigningPermit permit,
    ICosignedCheckpoints cosigned, AgreementBook book, INodeLog log, IOptions<WitnessOptions> options, WitnessStandings standings, TimeProvider time, ILogger<CheckpointCirculator> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<PartnerId, Turn> _turns = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await GuardAsync(async () => await inquiry.RunAsync(stoppingToken), () => permit.State != SigningState.Asking, stoppingToken);
        await GuardAsync(async () => await LoadAsync(stoppingToken), () => _loaded, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            long started = time.GetTimestamp();
            await GuardAsync(async () => await RoundAsync(stoppingToken), null, stoppingToken);
            var left = options.Value.Interval - time.GetElapsedTime(started);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_turns.Values.Select(turn => turn.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool _loaded;

    /// <summary>What the witnesses held when this node was last here.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (witness, (size, at)) in (await cosigned.ListWitnessesAsync(cancellationToken)).Where(one => one.Value.Size > directory.Own.LogBegin))
        {
            _turns[witness] = new Turn { HeldSize = size, CosignedAt = at };
            standings.Cosigned(witness, size, at);
        }
        _loaded = true;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (permit.State != SigningState.Granted) return;
        var head = await log.GetHeadAsync(cancellationToken);
        var now = time.GetUtcNow();
        var refreshFrom = Utc.FromDateTime(now).Plus(-Refresh);
        List<(PartnerId Peer, Turn Turn)> due = [];
        foreach (var peer in directory.Peers.Select(peer => peer.Partner).Where(peer => peer != identity.Partner))
        {
            if (!_turns.TryGetValue(peer, out var turn)) _turns.Add(peer, turn = new Turn());
            if (turn.Running.IsCompleted && turn.NotBefore <= now && (turn.HeldSize != head.Size || turn.CosignedAt is not { } at || at < refreshFrom)) due.Add((peer, turn));
        }
        if (due.Count == 0) return;
        var (signed, note) = await signer.SignHeadAsync(cancellationToken);
        // Those that failed are asked too, but hold up nobody.
        var awaited = due.Where(one => one.Turn.Failures == 0).ToList();
        foreach (var (peer, turn) in due) turn.Running = SubmitAsync(peer, turn, signed, note, cancellationToken);
        await Task.WhenAny(Task.WhenAll(awaited.Select(one => one.Turn.Running)), Task.Delay(options.Value.CallTimeout, time, cancellationToken));
    }

    /// <summary>How old a cosignature on an unchanged log becomes: well within the shortest time that an agreement allows.</summary>
    private TimeSpan Refresh
        => book.Entries.Select(entry => WitnessQuorum.Of(entry.Agreement, identity.Partner)).OfType<WitnessQuorum>()
            .Select(quorum => quorum.Grace / 3).Append(options.Value.Refresh).Min();

    private async Task SubmitAsync(PartnerId peer, Turn turn, LogHead head, string note, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.CallTimeout);
        try
        {
            if (await submission.SubmitAsync(peer, head, note, turn.HeldSize, limit.Token) is { } size)
            {
                (turn.HeldSize, turn.CosignedAt, turn.Failures, turn.NotBefore) = (size, Utc.FromDateTime(time.GetUtcNow()), 0, default);
                return;
            }
        }
        catch (HttpRequestException e)
        {
            standings.Failed(peer, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            standings.Failed(peer, $"no answer within {options.Value.CallTimeout}");
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // Whatever it is, the others' rounds go on, and the operator sees the reason.
            standings.Failed(peer, e.Message);
            PeeringLog.WitnessingFailed(logger, e);
        }
        var pause = RetryDelay * (1 << Math.Min(turn.Failures++, 12));
        turn.NotBefore = time.GetUtcNow() + (pause < options.Value.RetryDelayMax ? pause : options.Value.RetryDelayMax);
        if (turn.Failures == 1) PeeringLog.WitnessSilent(logger, peer, standings.All.TryGetValue(peer, out var standing) ? standing.LastError ?? "" : "");
    }

    /// <summary>Runs it, again and again where <paramref name="isDone"/> says that it must succeed.</summary>
    private async Task GuardAsync(Func<Task> work, Func<bool>? isDone, CancellationToken stoppingToken)
    {
        do
        {
            try
            {
                await work();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not SigningHeldException) PeeringLog.WitnessingFailed(logger, e);
                await Task.Delay(options.Value.Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (isDone is not null && !isDone() && !stoppingToken.IsCancellationRequested);
    }

    /// <summary>One peer; owned by its submission while that runs, by the rounds otherwise.</summary>
    private sealed class Turn
    {
        public Task Running { get; set; } = Task.CompletedTask;
        public long HeldSize { get; set; }
        public Epoch? CosignedAt { get; set; }
        public int Failures { get; set; }
        public DateTimeOffset NotBefore { get; set; }
    }
}
