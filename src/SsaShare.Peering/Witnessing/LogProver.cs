using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Log.V1;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>
/// Asks others' logs to prove that the checkpoints which came here, by whatever way, are of one history. A wrong proof, or a refusal that lasts
/// while the log is there, raises an alarm; who cannot be reached is not accused. A slow peer holds up nobody else.
/// </summary>
public sealed class LogProver(PeerDirectory directory, PeerChannels channels, CheckpointWatch watch, LogLineages lineages, IWitnessStore store, IOptions<WitnessOptions> options,
    TimeProvider time, ILogger<LogProver> logger) : BackgroundService
{
    /// <summary>Questions to one log in a round.</summary>
    private const int QuestionsMax = 16;

    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            foreach (string origin in lineages.Waiting)
            {
                if (!_turns.TryGetValue(origin, out var turn)) _turns.Add(origin, turn = new Turn());
                if (turn.Running.IsCompleted && turn.NotBefore <= now) turn.Running = RunAsync(origin, turn, stoppingToken);
            }
            await Task.Delay(options.Value.Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_turns.Values.Select(turn => turn.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(string origin, Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            if (await AskAsync(origin, cancellationToken))
            {
                (turn.Failures, turn.NotBefore) = (0, default);
                return;
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // Whatever it is, the other logs are asked on, and this one again.
            PeeringLog.WitnessingFailed(logger, e);
        }
        var pause = options.Value.Interval * (1 << Math.Min(turn.Failures++, 12));
        turn.NotBefore = time.GetUtcNow() + (pause < options.Value.RetryDelayMax ? pause : options.Value.RetryDelayMax);
    }

    /// <summary>Asks one log about all that is waiting.</summary>
    /// <returns>False where it was not there, or has given no answer to something.</returns>
    internal async Task<bool> AskAsync(string origin, CancellationToken cancellationToken)
    {
        if (watch.FindOwner(origin) is not { } owner) return false;
        if (directory.EndOfLog(owner, origin)?.Cut is { } cut) lineages.End(origin, cut.HeldSize);
        bool hasAnsweredAll = true;
        long asked = -1;
        for (int i = 0; i < QuestionsMax && lineages.Next(origin, asked, time.GetUtcNow()) is { } question; i++)
        {
            asked = Math.Max(asked, question.Given.Head.Size);
            try
            {
                await SettleAsync(owner, question, await AskAsync(owner, question, cancellationToken), cancellationToken);
            }
            catch (RpcException refusal) when (!cancellationToken.IsCancellationRequested)
            {
                hasAnsweredAll = false;
                if (!await IsThereAsync(owner, question, cancellationToken)) return false;
                if (lineages.Refused(question, $"{refusal.StatusCode} {refusal.Status.Detail}", options.Value.ProofPatience, time.GetUtcNow()) is { } doubt) Alarm(doubt);
            }
        }
        return hasAnsweredAll;
    }

    /// <returns>The hashes; empty where one has not 32 bytes or there are too many: such a list proves nothing.</returns>
    private async Task<Hash256[]> AskAsync(PartnerId owner, GrowthQuestion question, CancellationToken cancellationToken)
    {
        var request = new GetConsistencyProofRequest { OldTreeSize = question.Smaller.Head.Size, NewTreeSize = question.Larger.Head.Size };
        var answer = await Client(owner).GetConsistencyProofAsync(request, deadline: Deadline, cancellationToken: cancellationToken);
        if (answer.Proof.Count > AddCheckpointRequest.ProofMax) return [];
        var proof = new Hash256[answer.Proof.Count];
        for (int i = 0; i < proof.Length; i++)
            if (!Hash256.TryCreate(answer.Proof[i].Span, out proof[i])) return [];
        return proof;
    }

    private async Task SettleAsync(PartnerId owner, GrowthQuestion question, Hash256[] proof, CancellationToken cancellationToken)
    {
        var (smaller, larger) = (question.Smaller, question.Larger);
        if (ConsistencyProof.Verify(smaller.Head.Size, larger.Head.Size, smaller.Head.Root, larger.Head.Root, proof))
        {
            if (lineages.Proved(question)) PeeringLog.LogProvenAfterAll(logger, question.Origin, smaller.Head.Size, larger.Head.Size);
            return;
        }
        // Kept before it counts as said: where the store fails, it is asked and kept again. One for each log is enough.
        if (!lineages.Doubts.Any(doubt => doubt.Question.Origin == question.Origin && doubt.IsWrong))
            await store.AddUnprovenAsync(owner, UnprovenGrowth.Of(smaller.Note, larger.Note, proof), cancellationToken);
        if (lineages.Failed(question, time.GetUtcNow()) is { } found) Alarm(found);
    }

    /// <summary>Whether the log is there and has as many entries as were asked about: only then has it refused.</summary>
    private async Task<bool> IsThereAsync(PartnerId owner, GrowthQuestion question, CancellationToken cancellationToken)
    {
        if (lineages.WasShownAfter(question, time.GetUtcNow() - options.Value.ProofPatience)) return true;
        try
        {
            string note = (await Client(owner).GetCheckpointAsync(new GetCheckpointRequest(), deadline: Deadline, cancellationToken: cancellationToken)).CheckpointNote;
            await watch.TakeAsync(note, owner, cancellationToken);
            return directory.TryOpenCheckpoint(owner, note, out var newest, out _) && newest.Size >= question.Larger.Head.Size;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Alarm(LogDoubt doubt)
    {
        if (doubt.IsWrong) PeeringLog.LogProofWrong(logger, doubt.ToString());
        else PeeringLog.LogProofRefused(logger, doubt.ToString());
        PeeringMetrics.ProofMissed(doubt.Question.Origin, doubt.IsWrong);
    }

    private LogService.LogServiceClient Client(PartnerId owner) => new(channels.To(owner));

    private DateTime Deadline => time.GetUtcNow().UtcDateTime + options.Value.CallTimeout;

    /// <summary>One log; owned by its questions while they run, by the rounds otherwise.</summary>
    private sealed class Turn
    {
        public Task Running { get; set; } = Task.CompletedTask;
        public int Failures { get; set; }
        public DateTimeOffset NotBefore { get; set; }
    }
}
