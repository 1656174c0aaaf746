using Grpc.Core;
using SsaShare.Storage.Tests;
using SsaShare.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>The disk under a node's database fills up while it publishes and receives.</summary>
public sealed class DiskFullTests(TestCluster cluster)
{
    private const int DiskMegabytes = 256, LeftBytes = 24 << 20, FilesMax = 200;

    [Fact]
    public async Task Database_WhoseDiskFillsUp_AcknowledgesNothingThatItLosesAndGoesOnWhenThereIsRoom()
    {
        Assert.SkipUnless(Nightly.IsAsked, "takes long: ./ssa test --nightly");
        var random = new Random(Seed.Next());
        var (mounted, fault) = await SmallDisk.TryMountAsync(DiskMegabytes);
        Assert.SkipWhen(mounted is null, $"skipped: no file system can be mounted here: {fault}");
        using var disk = mounted;
        await using var server = await FaultServer.StartAsync(Path.Combine(disk.Folder, "server"));
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        var pacific = federation.Add("pacific", await server.CreateDatabaseAsync("pacific"), listen: null);
        await federation.StartAsync();
        var acknowledged = new Acknowledgements();
        foreach (var node in federation.Nodes)
        {
            await node.PublishSensorsAsync("RADAR");
            await acknowledged.AddSensorsAsync(node);
        }
        var agreement = await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await using var back = new GoingBack(federation.Nodes);

        await disk.FillAsync(LeftBytes);
        var refused = await PublishUntilRefusedAsync(pacific, acknowledged, random);
        // What is published elsewhere meanwhile waits there.
        for (int i = 0; i < 3; i++) await acknowledged.PublishAsync(atlantic, TdmFile.Random(1_000, random));
        Assert.False(pacific.Process.HasExited, string.Join('\n', pacific.Process.Lines.TakeLast(10)));

        disk.MakeRoom();
        await server.EnsureRunningAsync();
        await Eventually.TrueAsync(() => FaultScheduleTests.TryAsync(() => acknowledged.PublishAsync(pacific, refused)), "the refused file is published");
        await new Invariants(federation, acknowledged, Flow.Both(atlantic, pacific, agreement)).CheckAsync(back);
    }

    private static async Task<TdmFile> PublishUntilRefusedAsync(ScenarioNode node, Acknowledgements acknowledged, Random random)
    {
        for (int i = 0; i < FilesMax; i++)
        {
            var file = TdmFile.Random(1_000, random);
            try
            {
                await acknowledged.PublishAsync(node, file);
            }
            catch (RpcException refusal)
            {
                Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
                return file;
            }
        }
        throw new InvalidOperationException($"{FilesMax} files have found room on a full disk.");
    }
}
