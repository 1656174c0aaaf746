using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Witnessing;

/// <summary>An agreement that wants a witness, and a witness that goes away and comes back.</summary>
public sealed class QuorumTests(TestCluster cluster)
{
    private const int Degraded = 250, Stopped = 251, Recovered = 252;

    private static readonly KeyValuePair<string, string>[] Quick = [new("Witness:Interval", "00:00:00.250"), new("Witness:RetryDelayMax", "00:00:00.500")];

    [Fact]
    public async Task Quorum_Lost_WarnsThenStopsThenRecovers()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var provider = await federation.AddAsync("atlantic", settings: Quick);
        var receiver = await federation.AddAsync("pacific", settings: Quick);
        var witness = await federation.AddAsync("harbour", settings: Quick);
        await federation.StartAsync();
        await provider.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "pacific", """
            witness_quorum: 1
            witnesses: [harbour]
            witness_grace: 30s
            grants:
              - {id: all, from: [atlantic], record_classes: [observation, sensor], max_level: partners_only}
            """), provider, receiver);
        Task<long> ReceivedAsync() => receiver.ScalarAsync<long>("SELECT count(*) FROM record");
        async Task<QuorumState> StateAsync() => (await provider.Admin.GetStatusAsync(new())).Witnessing.Quorums.Select(quorum => quorum.State).SingleOrDefault();

        await provider.PublishAsync(TdmFile.Random(300, random));
        await Eventually.IsAsync(ReceivedAsync, count => count == 301, "records with the witness there");
        await Eventually.IsAsync(StateAsync, state => state == QuorumState.Witnessed, "witnessed");

        await witness.Process.KillAsync();
        await witness.Process.DisposeAsync();
        await provider.PublishAsync(TdmFile.Random(300, random));
        await Eventually.IsAsync(ReceivedAsync, count => count == 601, "records while the grace lasts");
        await Eventually.IsAsync(StateAsync, state => state == QuorumState.Degraded, "degraded");
        await Eventually.IsAsync(StateAsync, state => state == QuorumState.Stopped, "stopped");
        await provider.Process.LoggedAsync(Stopped);
        Assert.Equal((1, 1, 0), (provider.Process.CountLogged(Degraded), provider.Process.CountLogged(Stopped), provider.Process.CountLogged(Recovered)));

        await provider.PublishAsync(TdmFile.Random(300, random));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal(601, await ReceivedAsync());
        var shown = await SsaProcess.RunAsync(["node", "status", "--dir", provider.Folder.Path]);
        Assert.True(shown.ExitCode == 0 && shown.Output.Contains("STOPPED", StringComparison.Ordinal), shown.ToString());

        await witness.StartAsync();
        await Eventually.IsAsync(ReceivedAsync, count => count == 901, "records after the witness is back");
        await Eventually.IsAsync(StateAsync, state => state == QuorumState.Witnessed, "witnessed again");
        await provider.Process.LoggedAsync(Recovered);
        await Evidence.AssertVerifiesAsync(provider, federation);
        await Evidence.AssertVerifiesAsync(receiver, federation);
    }
}
