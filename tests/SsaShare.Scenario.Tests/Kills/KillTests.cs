using Grpc.Core;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Kills;

/// <summary>SIGKILL at random moments of publishing, pulling and starting: nothing is lost, doubled or half there.</summary>
public sealed class KillTests(TestCluster cluster)
{
    private const int Kills = 8, ObservationsMin = 20_000;

    [Fact]
    public async Task Nodes_KilledAtAnyMoment_LoseAndDoubleNothing()
    {
        int seed = Seed.Next();
        await using var federation = new ScenarioFederation(cluster);
        var provider = await federation.AddAsync("atlantic");
        // About one publication in each answer, so that there are many moments to be killed at.
        var receiver = await federation.AddAsync("pacific", settings: new KeyValuePair<string, string>("Pull:RecordsMax", "1"));
        await federation.StartAsync();
        await provider.PublishSensorsAsync("RADAR");
        var agreement = await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), provider, receiver);
        var acknowledged = new Acknowledgements();
        await acknowledged.AddSensorsAsync(provider);
        await using var back = new GoingBack(federation.Nodes);

        using var killed = new CancellationTokenSource();
        var publishing = PublishAsync(provider, new Random(seed), killed.Token);
        await KillAsync([provider, receiver], new Random(seed + 1));
        await killed.CancelAsync();
        var published = await publishing;

        foreach (var file in published) acknowledged.Add(provider, file);
        TestContext.Current.TestOutputHelper?.WriteLine($"{published.Count} files, {acknowledged.All.Count} records, {Kills} kills");
        await new Invariants(federation, acknowledged, Flow.Both(provider, receiver, agreement)).CheckAsync(back);

        foreach (var file in published.Take(3))
            Assert.Equal((0L, (long)file.Count), await provider.PublishAsync(file) is var again ? (again.AcceptedCount, again.DuplicateCount) : default);
        Assert.Equal(acknowledged.All.Count, await provider.ScalarAsync<long>("SELECT count(*) FROM record"));
    }

    /// <summary>Publishes file after file, each until the node says that all of it is there.</summary>
    private static async Task<IReadOnlyList<TdmFile>> PublishAsync(ScenarioNode node, Random random, CancellationToken killed)
    {
        var files = new List<TdmFile>();
        while (!killed.IsCancellationRequested || files.Sum(file => file.Count) < ObservationsMin)
        {
            // Small files are one publication; large ones are several transactions.
            files.Add(TdmFile.Random(random.Next(10) == 0 ? 12_000 : 500 + random.Next(1_000), random));
            await Eventually.TrueAsync(() => TryPublishAsync(node, files[^1]), $"{files[^1].Name} published");
            await Task.Delay(random.Next(400), CancellationToken.None);
        }
        return files;
    }

    private static async Task<bool> TryPublishAsync(ScenarioNode node, TdmFile file)
    {
        try
        {
            var answer = await node.PublishAsync(file);
            return answer.AcceptedCount + answer.DuplicateCount == file.Count;
        }
        catch (Exception e) when (e is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled } or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Kills and starts nodes: most while they serve, some while they come up.</summary>
    private static async Task KillAsync(ScenarioNode[] nodes, Random random)
    {
        for (int i = 0; i < Kills; i++)
        {
            var node = nodes[i % nodes.Length];
            if (random.Next(4) > 0) await Task.WhenAll(nodes.Select(one => one.Process.WaitReadyAsync()));
            await Task.Delay(random.Next(20, 1_800));
            await node.Process.KillAsync();
            await node.Process.DisposeAsync();
            node.Launch();
        }
        foreach (var node in nodes) await node.Process.WaitReadyAsync();
    }
}
