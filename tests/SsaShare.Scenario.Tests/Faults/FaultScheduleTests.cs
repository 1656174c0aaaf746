using Grpc.Core;
using SsaShare.Storage.Tests;
using SsaShare.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>Everything goes wrong at once, by a seed that is printed: afterwards everybody has exactly what was granted, and can prove it.</summary>
public sealed class FaultScheduleTests(TestCluster cluster)
{
    private static readonly int FaultsPerNode = Nightly.IsAsked ? 70 : 2, ServerStops = Nightly.IsAsked ? 20 : 1;

    [Fact]
    public async Task FiveNodes_ThroughKillsFreezesNetworkAndServerFaults_HaveExactlyWhatWasGranted()
    {
        int seed = Seed.Next();
        await using var faulted = new FaultedFederation(cluster);
        await faulted.StartAsync();
        await using var back = new GoingBack(faulted.Federation.Nodes);

        using var over = new CancellationTokenSource();
        var publishing = faulted.Nodes.Select((node, i) => PublishAsync(faulted, node.Node, new Random(seed + i), over.Token)).ToList();
        await Task.WhenAll([.. faulted.Nodes.Select((node, i) => SufferAsync(node, Fault.Plan(new Random(seed - 1 - i), FaultsPerNode))), StopServerAsync(faulted, new Random(seed - 10))]);
        await over.CancelAsync();
        await Task.WhenAll(publishing);

        TestContext.Current.TestOutputHelper?.WriteLine($"{faulted.Acknowledged.All.Count} records acknowledged");
        await new Invariants(faulted.Federation, faulted.Acknowledged, faulted.Flows).CheckAsync(back);
    }

    private static async Task SufferAsync(FaultedNode node, IReadOnlyList<Fault> plan)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{node.Node.Partner}: {string.Join(", ", plan)}");
        foreach (var fault in plan)
        {
            await Task.Delay(fault.Pause);
            await node.SufferAsync(fault);
        }
    }

    private static async Task StopServerAsync(FaultedFederation faulted, Random random)
    {
        for (int i = 0; i < ServerStops; i++)
        {
            await Task.Delay(Fault.Seconds(random, 1, 4));
            await faulted.Server.StopImmediatelyAsync();
            await Task.Delay(Fault.Seconds(random, 0, 1));
            await faulted.Server.StartAgainAsync();
        }
    }

    /// <summary>File after file, each until the node says that all of it is published.</summary>
    private static async Task PublishAsync(FaultedFederation faulted, ScenarioNode node, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var (file, notice) = (FaultedFederation.NextFile(random), FaultedFederation.NextNotice(random));
            await UntilPublishedAsync(node, () => faulted.Acknowledged.PublishAsync(node, file), over);
            await UntilPublishedAsync(node, () => faulted.Acknowledged.PublishAsync(node, "event.json", notice), over);
            await Task.Delay(random.Next(1_000), CancellationToken.None);
        }
    }

    /// <summary>Tries again and again; how long it takes counts from when nothing happens to the node any more.</summary>
    private static async Task UntilPublishedAsync(ScenarioNode node, Func<Task> publish, CancellationToken over)
    {
        for (; !over.IsCancellationRequested; await Task.Delay(50, CancellationToken.None))
            if (await TryAsync(publish)) return;
        await Eventually.TrueAsync(() => TryAsync(publish), $"{node.Partner} publishes", () => string.Join('\n', node.Process.Lines.TakeLast(10)));
    }

    /// <returns>False when the node was killed or its database stopped: its publisher tries the same again.</returns>
    internal static async Task<bool> TryAsync(Func<Task> publish)
    {
        try
        {
            await publish();
            return true;
        }
        catch (Exception e) when (e is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled } or IOException)
        {
            return false;
        }
    }
}
