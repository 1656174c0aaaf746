using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>
/// Carries pulls between nodes as bytes. Messages are late, overtake each other, are lost or come twice; a way may be cut in one direction
/// alone, and the caller then waits until its own time is up.
/// </summary>
internal sealed class SimNetwork(SimScheduler scheduler, SimTrace trace, SimFaults faults)
{
    private readonly Dictionary<PartnerId, SimNode> _nodes = [];
    private readonly HashSet<(PartnerId From, PartnerId To)> _cut = [];
    private readonly Dictionary<(PartnerId, PartnerId, string), byte[]> _answers = [];
    private int _calls;

    /// <summary>Receipts that came a pull later, as those do whose receiver asked in advance.</summary>
    public int EarlierReceipts { get; private set; }

    public void Add(SimNode node) => _nodes.Add(node.Partner, node);

    public void Cut(PartnerId from, PartnerId to) => _cut.Add((from, to));

    public void Heal(PartnerId from, PartnerId to) => _cut.Remove((from, to));

    public void HealAll() => _cut.Clear();

    /// <summary>What a node calls its peers with.</summary>
    public IPullClient ClientOf(PartnerId caller, TimeProvider time) => new Client(this, caller, time);

    /// <summary>What a node brings its checkpoints to witnesses with.</summary>
    public IWitnessClient WitnessesOf(PartnerId caller, TimeProvider time) => new WitnessCaller(this, caller, time);

    private async Task<byte[]> CallAsync(string kind, PartnerId caller, PartnerId provider, Func<SimProcess, CancellationToken, Task<byte[]>> serve, TimeProvider time, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = new SimCall(kind, ++_calls, caller, provider, serve, new CancellationTokenSource());
        using var timer = time.CreateTimer(_ => call.Fail(StatusCode.DeadlineExceeded, "No answer in time."), null, limit > TimeSpan.Zero ? limit : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(_ => call.Fail(StatusCode.Cancelled, "The caller has hung up."), null);
        Send(call, isRepeated: false);
        if (faults.Repeats) After(scheduler.Between(100, 20_000), () => Send(call.Repeat(++_calls), isRepeated: true));
        try
        {
            return await call.Answer;
        }
        finally
        {
            // The provider hears of it when the message gets there.
            Carry(caller, provider, call.HangUp, () => { });
        }
    }

    private void Send(SimCall call, bool isRepeated)
    {
        trace.Say($"{call.Caller} asks {call.Provider} to {call.Kind}: call {call.Number}{(isRepeated ? " again" : "")}");
        Carry(call.Caller, call.Provider, () => Arrive(call), () => Lose(call));
    }

    private void Arrive(SimCall call)
    {
        var node = _nodes[call.Provider];
        if (node.Process is not { IsListening: true } process)
        {
            Carry(call.Provider, call.Caller, () => call.Fail(StatusCode.Unavailable, "Connection refused."), () => { });
            return;
        }
        process.Context.Start(async () =>
        {
            byte[]? answer = null;
            var refusal = Status.DefaultSuccess;
            try
            {
                answer = await call.ServeAsync(process);
            }
            catch (RpcException e)
            {
                refusal = e.Status;
            }
            catch (OperationCanceledException)
            {
                refusal = new Status(StatusCode.Cancelled, "The call was cancelled.");
            }
            if (answer is null) trace.Say($"{call.Provider} refuses call {call.Number}: {refusal.StatusCode} {refusal.Detail}");
            Carry(call.Provider, call.Caller, () => Deliver(call, answer, refusal), () => Lose(call));
        });
        process.Calls.Add(call);
    }

    private void Deliver(SimCall call, byte[]? answer, Status refusal)
    {
        if (answer is null)
        {
            call.Fail(refusal.StatusCode, refusal.Detail);
            return;
        }
        var pair = (call.Provider, call.Caller, call.Kind);
        if (_answers.TryGetValue(pair, out byte[]? old) && faults.AnswersWithAnOldMessage)
        {
            trace.Say($"{call.Caller} is answered call {call.Number} with an old message");
            (old, answer) = (answer, old);
        }
        _answers[pair] = answer;
        call.Succeed(answer);
    }

    /// <summary>Some connections break in sight of the caller, others silently.</summary>
    private void Lose(SimCall call)
    {
        trace.Say($"call {call.Number} is lost");
        if (scheduler.Chance(0.7)) After(scheduler.Between(1, 500), () => call.Fail(StatusCode.Unavailable, "Connection reset."));
    }

    /// <summary>One message.</summary>
    public void Carry(PartnerId from, PartnerId to, Action arrive, Action lose)
    {
        bool isLost = faults.LosesMessage;
        After(faults.TransitTime, () =>
        {
            if (isLost || _cut.Contains((from, to))) lose();
            else arrive();
        });
    }

    private void After(TimeSpan delay, Action action) => new SimTimer(scheduler.World, _ => action(), null).Change(delay, Timeout.InfiniteTimeSpan);

    private sealed class Client(SimNetwork network, PartnerId caller, TimeProvider time) : IPullClient
    {
        public async Task<PullResponse> PullAsync(PartnerId provider, PullRequest request, DateTime deadline, CancellationToken cancellationToken)
        {
            byte[] message = request.ToByteArray();
            network.EarlierReceipts += request.EarlierReceipts.Count;
            return PullResponse.Parser.ParseFrom(await network.CallAsync("pull", caller, provider, (process, token) => process.AnswerAsync(message, caller, token), time, deadline - time.GetUtcNow().UtcDateTime, cancellationToken));
        }
    }

    private sealed class WitnessCaller(SimNetwork network, PartnerId caller, TimeProvider time) : IWitnessClient
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

        public async Task<WitnessReply> AddCheckpointAsync(PartnerId witness, AddCheckpointRequest request, CancellationToken cancellationToken)
        {
            byte[] message = request.ToBytes();
            return JsonSerializer.Deserialize<WitnessReply>(await CallAsync("witness", witness, (process, token) => process.CosignAsync(message, caller, token), cancellationToken))!;
        }

        public async Task<string?> GetCheckpointAsync(PartnerId witness, string origin, CancellationToken cancellationToken)
            => JsonSerializer.Deserialize<string?>(await CallAsync("say what it has cosigned", witness, (process, token) => process.GetCosignedAsync(origin, token), cancellationToken));

        private async Task<byte[]> CallAsync(string kind, PartnerId witness, Func<SimProcess, CancellationToken, Task<byte[]>> serve, CancellationToken cancellationToken)
        {
            try
            {
                return await network.CallAsync(kind, caller, witness, serve, time, Limit, cancellationToken);
            }
            catch (RpcException e)
            {
                throw new HttpRequestException(e.Status.Detail, e);
            }
        }
    }
}
