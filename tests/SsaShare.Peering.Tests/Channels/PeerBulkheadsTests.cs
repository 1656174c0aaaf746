using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering.Tests;

public sealed class PeerBulkheadsTests : IDisposable
{
    private static readonly PartnerId Pacific = PartnerId.Parse("pacific"), Caribbean = PartnerId.Parse("caribbean");
    private readonly PeerBulkheads _bulkheads = new(Options.Create(new BulkheadOptions { CallsMax = 2, StoresMax = 1 }));

    [Fact]
    public async Task Calls_OfOnePeer_WaitForEachOtherAndHoldUpNoOther()
    {
        var client = new StuckClient();
        var gated = new GatedPullClient(client, _bulkheads);
        var calls = Enumerable.Range(0, 5).Select(_ => PullAsync(gated, Pacific)).ToList();
        Assert.Equal(2, client.Under[Pacific]);
        Assert.Equal(3, Assert.Single(_bulkheads.Queued, one => one.Name == "pacific").Queued);
        var other = PullAsync(gated, Caribbean);
        var urgent = PullAsync(gated, Pacific, PullPriority.Urgent);
        Assert.Equal((3, 1), (client.Under[Pacific], client.Under[Caribbean]));
        client.Answer.SetResult();
        await Task.WhenAll([.. calls, other, urgent]).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.All(_bulkheads.Queued, one => Assert.Equal(0, one.Queued));
    }

    /// <summary>More streams than calls: the long polls become short ones, so that nobody waits for longer than a call may take.</summary>
    [Fact]
    public async Task Calls_WithOthersBehind_DoNotWaitLongForNews()
    {
        var client = new StuckClient();
        var gated = new GatedPullClient(client, _bulkheads);
        var held = await _bulkheads.CallAsync(Pacific, CancellationToken.None);
        using var other = await _bulkheads.CallAsync(Pacific, CancellationToken.None);
        var asked = Enumerable.Range(0, 2).Select(_ => gated.PullAsync(Pacific, new PullRequest { WaitMax = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(15)) }, DateTime.MaxValue, CancellationToken.None)).ToList();
        held.Dispose();
        await Eventually.TrueAsync(() => client.Calls == 1, "the first does not get its turn");
        client.Answer.SetResult();
        await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal([1.0, 15.0], client.Waits);
    }

    [Fact]
    public async Task Calls_GivenUpWhileTheyWait_LeaveTheLine()
    {
        var client = new StuckClient();
        var gated = new GatedPullClient(client, _bulkheads);
        var calls = Enumerable.Range(0, 2).Select(_ => PullAsync(gated, Pacific)).ToList();
        using var stop = new CancellationTokenSource();
        var waiting = gated.PullAsync(Pacific, new PullRequest(), DateTime.MaxValue, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        client.Answer.SetResult();
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(2, client.Calls);
    }

    [Fact]
    public async Task Stores_GoOneAfterTheOther()
    {
        var first = await _bulkheads.StoreAsync(CancellationToken.None);
        var second = _bulkheads.StoreAsync(CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);
        Assert.Equal(1, Assert.Single(_bulkheads.Queued, one => one.Name == "store").Queued);
        first.Dispose();
        (await second.WaitAsync(TimeSpan.FromSeconds(5))).Dispose();
    }

    public void Dispose() => _bulkheads.Dispose();

    private static Task<PullResponse> PullAsync(GatedPullClient client, PartnerId peer, PullPriority priority = PullPriority.Routine)
        => client.PullAsync(peer, new PullRequest { Priority = priority }, DateTime.MaxValue, CancellationToken.None);

    /// <summary>Answers all calls at once, when the test says so.</summary>
    private sealed class StuckClient : IPullClient
    {
        public Dictionary<PartnerId, int> Under { get; } = [];
        public int Calls { get; private set; }
        public List<double> Waits { get; } = [];
        public TaskCompletionSource Answer { get; } = new();

        public async Task<PullResponse> PullAsync(PartnerId provider, PullRequest request, DateTime deadline, CancellationToken cancellationToken)
        {
            lock (Waits)
            {
                Under[provider] = Under.GetValueOrDefault(provider) + 1;
                if (request.WaitMax is { } wait) Waits.Add(wait.ToTimeSpan().TotalSeconds);
                Calls++;
            }
            await Answer.Task;
            return new PullResponse();
        }
    }
}
