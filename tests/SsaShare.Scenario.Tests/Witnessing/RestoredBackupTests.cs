using Grpc.Core;
using Grpc.Health.V1;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Log.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Witnessing;

/// <summary>An operator restores a backup of the node's whole folder, database and all; a restore of the database alone is noticed without witnesses (CheckpointSignerTests).</summary>
public sealed class RestoredBackupTests(TestCluster cluster)
{
    private const int LogForked = 240, Waiting = 241;

    private static readonly KeyValuePair<string, string>[] Quick = [new("Witness:Interval", "00:00:00.250"), new("Witness:RetryDelayMax", "00:00:00.500")];

    [Fact]
    public async Task Start_WithAnOldBackup_SignsNothing()
    {
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic", settings: Quick);
        var witness = await federation.AddAsync("pacific", settings: Quick);
        await federation.StartAsync();
        using var friend = ActingPartner.Create(federation.Root, "friend");
        long before = await WitnessedAsync(node, witness);
        await node.Process.DisposeAsync();
        byte[] frontier = await node.ScalarAsync<byte[]>("SELECT log_frontier FROM head");
        string signed = await File.ReadAllTextAsync(node.Folder.CheckpointFile, TestContext.Current.CancellationToken);

        await node.StartAsync();
        await node.PinAsync(friend.Card);
        long size = await WitnessedAsync(node, witness);
        Assert.Equal(before + 1, size);
        await node.Process.DisposeAsync();

        // What the backup held, in the database and in the folder: nothing here says that there was more, and the witness does.
        await using (var restore = node.Database!.CreateCommand($"""
            DELETE FROM log_cosignature WHERE size > {before};
            DELETE FROM log_checkpoint WHERE size > {before};
            DELETE FROM log_entry WHERE index >= {before};
            DELETE FROM peer WHERE partner = 'friend';
            UPDATE head SET log_frontier = '\x{Convert.ToHexString(frontier)}';
            """)) await restore.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(node.Folder.CheckpointFile, signed, TestContext.Current.CancellationToken);
        await node.StartAsync();
        var summary = await Eventually.IsAsync(async () => (await node.Admin.GetStatusAsync(new())).Witnessing, witnessing => witnessing.Signing == SigningState.Refused, "signing is refused");
        Assert.Contains($"{size} entries", summary.Reason, StringComparison.Ordinal);
        await node.Process.LoggedAsync(LogForked, "old backup");
        // It may write into its log, and a checkpoint over that is never signed.
        await node.PublishSensorsAsync("RADAR-4");
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new LogService.LogServiceClient(node.Channel).GetCheckpointAsync(new()));
        Assert.Equal((StatusCode.FailedPrecondition, summary.Reason), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal(signed, await File.ReadAllTextAsync(node.Folder.CheckpointFile, TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(async () => (await new Health.HealthClient(node.Channel).CheckAsync(new() { Service = "ssashare.exchange.v1.ExchangeService" })).Status == HealthCheckResponse.Types.ServingStatus.NotServing, "health");
    }

    [Fact]
    public async Task Start_WhileNoWitnessAnswers_WaitsUnlessTheOperatorSaysOtherwise()
    {
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic", settings: Quick);
        var witness = await federation.AddAsync("pacific", settings: Quick);
        await federation.StartAsync();
        await node.PublishSensorsAsync("RADAR-1");
        await WitnessedAsync(node, witness);
        await node.Process.DisposeAsync();
        await witness.Process.DisposeAsync();

        await node.StartAsync();
        await node.Process.LoggedAsync(Waiting, "pacific");
        await node.PublishSensorsAsync("RADAR-2");
        var waiting = await Assert.ThrowsAsync<RpcException>(async () => await new LogService.LogServiceClient(node.Channel).GetCheckpointAsync(new()));
        Assert.Equal(StatusCode.Unavailable, waiting.StatusCode);
        Assert.Contains("pacific", waiting.Status.Detail, StringComparison.Ordinal);

        await witness.StartAsync();
        await WitnessedAsync(node, witness);
        Assert.Equal(SigningState.Granted, (await node.Admin.GetStatusAsync(new())).Witnessing.Signing);
    }

    /// <returns>How many entries the witness has cosigned: all.</returns>
    private static async Task<long> WitnessedAsync(ScenarioNode node, ScenarioNode witness)
    {
        var status = await Eventually.IsAsync(async () => await node.Admin.GetWitnessStatusAsync(new()),
            status => status.Witnesses.Any(one => one.PartnerId == witness.Partner.Value && one.Size == status.LogSize), "witnessed");
        return status.LogSize;
    }
}
