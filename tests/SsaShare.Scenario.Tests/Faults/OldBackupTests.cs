using Grpc.Health.V1;
using SsaShare.Storage.Tests;
using SsaShare.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>An operator restores a backup of the whole node, files of the database server and of the node's folder, that is older than what others have seen.</summary>
public sealed class OldBackupTests(TestCluster cluster)
{
    private const int LogForked = 240;
    private static readonly KeyValuePair<string, string>[] Quick = [new("Witness:Interval", "00:00:00.250"), new("Witness:RetryDelayMax", "00:00:00.500")];

    [Fact]
    public async Task Node_OverAnOldBackup_GivesAndTakesNothing_AndOverTheNewestGoesOn()
    {
        Assert.SkipUnless(Nightly.IsAsked, "takes long: ./ssa test --nightly");
        var random = new Random(Seed.Next());
        await using var server = await FaultServer.StartAsync();
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic", settings: Quick);
        var pacific = federation.Add("pacific", await server.CreateDatabaseAsync("pacific"), listen: null, Quick);
        await federation.StartAsync();
        var acknowledged = new Acknowledgements();
        foreach (var node in federation.Nodes)
        {
            await node.PublishSensorsAsync("RADAR");
            await acknowledged.AddSensorsAsync(node);
        }
        var agreement = await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await using var back = new GoingBack([atlantic]);
        foreach (var node in federation.Nodes) await acknowledged.PublishAsync(node, TdmFile.Random(40, random));
        await HaveAsync(82, atlantic, pacific);

        var old = new Backup(server, pacific, Path.Combine(federation.Root, "old"));
        await old.StopAsync();
        await old.TakeAsync();
        await old.StartAsync();
        foreach (var node in federation.Nodes) await acknowledged.PublishAsync(node, TdmFile.Random(40, random));
        await HaveAsync(162, atlantic, pacific);
        await WitnessedAsync(pacific, atlantic);
        var newest = new Backup(server, pacific, Path.Combine(federation.Root, "newest"));
        await newest.StopAsync();
        await newest.TakeAsync();

        await old.RestoreAsync();
        await old.StartAsync();
        await pacific.Process.LoggedAsync(LogForked, "old backup");
        await Eventually.TrueAsync(async () => (await new Health.HealthClient(pacific.Channel).CheckAsync(new() { Service = "ssashare.exchange.v1.ExchangeService" })).Status == HealthCheckResponse.Types.ServingStatus.NotServing, "health");
        await acknowledged.PublishAsync(atlantic, TdmFile.Random(40, random));
        // What it has forgotten it does not take again, and what others have of it stays theirs.
        Assert.Equal((82L, 202L), (await CountAsync(pacific), await CountAsync(atlantic)));

        await newest.StopAsync();
        await newest.RestoreAsync();
        await newest.StartAsync();
        await new Invariants(federation, acknowledged, Flow.Both(atlantic, pacific, agreement)).CheckAsync(back);
    }

    private static async Task HaveAsync(long records, params ScenarioNode[] nodes)
    {
        foreach (var node in nodes) await Eventually.IsAsync(() => CountAsync(node), count => count == records, $"records at {node.Partner}");
    }

    private static async Task WitnessedAsync(ScenarioNode node, ScenarioNode witness)
        => await Eventually.IsAsync(async () => await node.Admin.GetWitnessStatusAsync(new()), status => status.Witnesses.Any(one => one.PartnerId == witness.Partner.Value && one.Size == status.LogSize), "witnessed");

    private static Task<long> CountAsync(ScenarioNode node) => node.ScalarAsync<long>("SELECT count(*) FROM record");

    /// <summary>Everything that a node and its database server have on disk, copied while both are stopped.</summary>
    private sealed class Backup(FaultServer server, ScenarioNode node, string folder)
    {
        public async Task TakeAsync()
        {
            Directory.CreateDirectory(folder);
            await server.BackUpAsync(Path.Combine(folder, "data"));
            await Folders.CopyAsync(node.Folder.Path, Path.Combine(folder, "node"));
        }

        public async Task RestoreAsync()
        {
            await server.RestoreAsync(Path.Combine(folder, "data"));
            await Folders.ReplaceAsync(node.Folder.Path, Path.Combine(folder, "node"));
        }

        public async Task StopAsync()
        {
            await node.Process.DisposeAsync();
            await server.StopImmediatelyAsync();
        }

        public async Task StartAsync()
        {
            await server.StartAgainAsync();
            // What the pool holds are connections to a server that is no more.
            node.Database!.Clear();
            await node.StartAsync();
        }
    }
}
