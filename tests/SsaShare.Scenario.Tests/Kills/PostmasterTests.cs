using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Kills;

/// <summary>SIGKILL of the PostgreSQL server under a running node, then of the node itself.</summary>
public sealed class PostmasterTests(TestCluster cluster)
{
    [Fact]
    public async Task Postmaster_KilledWhileReceiving_LosesNothing()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var provider = await federation.AddAsync("atlantic");
        var receiver = await federation.AddAsync("pacific", ownCluster: true, settings: new KeyValuePair<string, string>("Pull:RecordsMax", "1"));
        await federation.StartAsync();
        await provider.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), provider, receiver);
        await receiver.AttachDatabaseAsync();
        int postmaster = ParentOf(await receiver.ScalarAsync<int>("SELECT pg_backend_pid()"));

        var publishing = Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++) await provider.PublishAsync(TdmFile.Random(1_000, random));
        });
        await Eventually.TrueAsync(async () => await receiver.ScalarAsync<long>("SELECT count(*) FROM record") > 1, "receiving has begun");
        Process.GetProcessById(postmaster).Kill();

        // The node lives on and says what is the matter.
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await receiver.Admin.GetStatusAsync(new()));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        await Eventually.TrueAsync(async () => (await new Health.HealthClient(receiver.Channel).CheckAsync(new())).Status == HealthCheckResponse.Types.ServingStatus.NotServing, "health");
        Assert.False(receiver.Process.HasExited);

        await receiver.Process.KillAsync();
        await receiver.Process.DisposeAsync();
        await receiver.StartAsync();
        await receiver.AttachDatabaseAsync();
        await publishing;
        await Eventually.IsAsync(() => receiver.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == 10_001, "records at the receiver");
        Assert.Equal(await Ledger.RecordIdsAsync(provider), await Ledger.RecordIdsAsync(receiver));
        await Evidence.AssertVerifiesAsync(receiver, federation);
        await Ledger.AssertSoundAsync(receiver);
    }

    private static int ParentOf(int process)
        => int.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);
}
