using System.Collections.Concurrent;
using System.Text;
using Grpc.Core;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>One real node, atlantic, that pins pacific and caribbean, whom the tests play; nobody pins the stranger.</summary>
public sealed class TrustFixture(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScenarioFederation _federation = new(cluster);
    private readonly ConcurrentBag<ActingPartner> _acting = [];
    private int _partners;

    public ScenarioNode Node { get; private set; } = null!;
    internal ActingPartner Pacific { get; private set; } = null!;
    internal ActingPartner Caribbean { get; private set; } = null!;
    internal ActingPartner Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await _federation.AddAsync("atlantic");
        Pacific = ActingPartner.Create(_federation.Root, "pacific");
        Caribbean = ActingPartner.Create(_federation.Root, "caribbean");
        Stranger = ActingPartner.Create(_federation.Root, "stranger");
        await _federation.StartAsync();
        await Node.PinAsync(Pacific.Card, Caribbean.Card);
        await Node.PublishSensorsAsync("RADAR");
    }

    /// <summary>A partner for one test alone: the node's log takes one refusal a minute of each partner and kind of call.</summary>
    internal async Task<ActingPartner> NewPartnerAsync()
    {
        var partner = ActingPartner.Create(_federation.Root, $"partner-{Interlocked.Increment(ref _partners)}");
        _acting.Add(partner);
        await Node.PinAsync(partner.Card);
        return partner;
    }

    /// <summary>The call is refused with this status, and the node's own log has an event of this id about it.</summary>
    internal async Task<Status> RefusedAsync(StatusCode status, int eventId, Func<Task> call)
    {
        int before = Count(eventId);
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((status, refusal.Status.Detail), (refusal.StatusCode, refusal.Status.Detail));
        await Eventually.TrueAsync(() => Task.FromResult(Count(eventId) > before), $"event {eventId}");
        return refusal.Status;
    }

    /// <summary>The one refusal of this partner in the node's transparency log, as JSON text.</summary>
    internal async Task<string> RefusalOfAsync(ActingPartner partner)
        => Assert.Single((await Node.ColumnAsync<byte[]>("SELECT body FROM log_entry WHERE kind = 'refusal' ORDER BY index")).Select(Encoding.UTF8.GetString),
            body => body.Contains($"\"{partner.Partner}\"", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var partner in _acting.Append(Pacific).Append(Caribbean).Append(Stranger)) partner?.Dispose();
        await _federation.DisposeAsync();
    }

    private int Count(int eventId) => Node.Process.CountLogged(eventId);
}

/// <summary>Classes that share the fixture's node.</summary>
[CollectionDefinition(Name)]
public sealed class TrustTests : ICollectionFixture<TrustFixture>
{
    public const string Name = "trust";
}
