using Grpc.Core;
using SsaShare.Domain;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>One call between two nodes: ends once for its caller, whatever else still comes.</summary>
/// <param name="kind">What is asked for.</param>
/// <param name="number">In the order in which calls begin.</param>
/// <param name="caller">Who asks.</param>
/// <param name="provider">Who is asked.</param>
/// <param name="serve">What the provider's process does with it; it gets and gives bytes.</param>
/// <param name="hangUp">Cancelled when the provider hears that the caller has gone.</param>
internal sealed class SimCall(string kind, int number, PartnerId caller, PartnerId provider, Func<SimProcess, CancellationToken, Task<byte[]>> serve, CancellationTokenSource hangUp)
{
    private readonly TaskCompletionSource<byte[]> _answer = new();

    public string Kind => kind;
    public int Number => number;
    public PartnerId Caller => caller;
    public PartnerId Provider => provider;
    public Task<byte[]> Answer => _answer.Task;

    public Task<byte[]> ServeAsync(SimProcess process) => serve(process, hangUp.Token);

    /// <summary>The same message once more; nobody waits for its answer.</summary>
    public SimCall Repeat(int newNumber) => new(kind, newNumber, caller, provider, serve, new CancellationTokenSource());

    public void Succeed(byte[] answer) => _answer.TrySetResult(answer);

    public void Fail(StatusCode code, string detail) => _answer.TrySetException(new RpcException(new Status(code, detail)));

    public void HangUp() => hangUp.Cancel();
}
