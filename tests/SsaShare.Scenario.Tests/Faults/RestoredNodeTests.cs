using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage.Tests;
using SsaShare.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>The newest backup of a node is older than what others have seen of its log, and its operator says so: the node goes on, and everybody sees what was lost.</summary>
public sealed class RestoredNodeTests(TestCluster cluster)
{
    private const int BeganAnew = 291, LogForked = 240, Restored = 165, ToldByPeer = 164, ToldWhenAsked = 290;
    private static readonly KeyValuePair<string, string>[] Quick = [new("Witness:Interval", "00:00:00.250"), new("Witness:RetryDelayMax", "00:00:00.500")];

    /// <param name="withFolder">Whether the node's folder went back too, with the last checkpoint that the node has signed: then its witnesses alone know that there was more.</param>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Restored_ByItsOperatorsWord_SignsAgain_AndNothingIsLostAtItsReaders(bool withFolder)
    {
        Assert.SkipUnless(Nightly.IsAsked, "takes long: ./ssa test --nightly");
        var random = new Random(Seed.Next());
        await using var server = await FaultServer.StartAsync();
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic", settings: Quick);
        var witness = await federation.AddAsync("harbour", settings: Quick);
        var pacific = federation.Add("pacific", await server.CreateDatabaseAsync("pacific"), listen: null, Quick);
        await federation.StartAsync();
        await ScenarioFederation.AgreeAsync(Agreement, atlantic, pacific);
        var acknowledged = new Acknowledgements();
        foreach (var node in new[] { atlantic, pacific })
        {
            await node.PublishSensorsAsync("RADAR");
            await acknowledged.AddSensorsAsync(node);
            await acknowledged.PublishAsync(node, TdmFile.Random(30, random));
        }
        await HaveAsync(62, atlantic, pacific);

        await StopAsync(pacific, server);
        string backup = Path.Combine(federation.Root, "backup");
        await server.BackUpAsync(backup);
        await Folders.CopyAsync(pacific.Folder.Path, $"{backup}.node");
        await StartAsync(pacific, server);
        await acknowledged.PublishAsync(pacific, TdmFile.Random(30, random));
        await acknowledged.PublishAsync(atlantic, TdmFile.Random(30, random));
        await HaveAsync(122, atlantic, pacific);
        long witnessed = await WitnessedAsync(pacific);
        // What an auditor has from before: a card, a bundle, and what a witness cosigned.
        string card = Path.Combine(federation.Root, "pacific-card.json"), kept = Path.Combine(federation.Root, "kept");
        File.Copy(pacific.Folder.CardFile, card);
        string? before = withFolder ? await ExportAsync(pacific, federation, "pacific-before") : null;
        await SucceedsAsync("witness", "checkpoints", "--dir", witness.Folder.Path, "--out", kept);

        await StopAsync(pacific, server);
        await server.RestoreAsync(backup);
        if (withFolder) await Folders.ReplaceAsync(pacific.Folder.Path, $"{backup}.node");
        await server.StartAgainAsync();
        pacific.Database!.Clear();
        if (withFolder)
        {
            await pacific.StartAsync();
            await pacific.Process.LoggedAsync(LogForked, "old backup");
            await pacific.Process.DisposeAsync();
        }
        else
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(pacific.StartAsync);
            Assert.Contains("old backup", refused.Message, StringComparison.Ordinal);
            await pacific.Process.DisposeAsync();
        }

        string[] restored = ["node", "restored", "--dir", pacific.Folder.Path, "--reason", "disk lost, restored from the newest backup"];
        var asked = await SsaProcess.RunAsync(restored);
        var lost = Regex.Match(asked.Output, @"^lost +\d+ entries, from (\d+) to (\d+)", RegexOptions.Multiline);
        Assert.True(asked.ExitCode == 5 && lost.Success, asked.ToString());
        long seen = long.Parse(lost.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(witnessed, long.Parse(lost.Groups[1].Value, CultureInfo.InvariantCulture) + 1, seen);
        Assert.False(File.Exists(pacific.Folder.NextEventFile));
        await SucceedsAsync([.. restored, "--yes"]);
        await pacific.StartAsync();
        await pacific.Process.LoggedAsync(Restored);

        // It signs under the next name, its witnesses follow, and both directions go on by themselves.
        await acknowledged.PublishAsync(pacific, TdmFile.Random(30, random));
        await acknowledged.PublishAsync(atlantic, TdmFile.Random(30, random));
        // Of its own 30 that were lost, nobody gives it any; what others gave it, it has again.
        await HaveAsync(182, atlantic);
        await HaveAsync(152, pacific);
        await WitnessedAsync(pacific);
        foreach (var peer in new[] { atlantic, witness })
            await Eventually.TrueAsync(() => Task.FromResult(peer.Process.HasLogged(ToldByPeer, "pacific") || peer.Process.HasLogged(ToldWhenAsked, "pacific")), $"{peer.Partner} is told");
        await atlantic.Process.LoggedAsync(BeganAnew, "pacific");
        Assert.Empty((await atlantic.Admin.GetWitnessStatusAsync(new())).Conflicts);
        await AcknowledgedAsync(acknowledged, atlantic);
        if (withFolder)
        {
            await pacific.Process.DisposeAsync();
            var again = await SsaProcess.RunAsync([.. restored, "--yes"]);
            Assert.True(again.ExitCode == 5 && again.Errors.Contains("Nothing is lost", StringComparison.Ordinal), again.ToString());
            await pacific.StartAsync();
        }
        await AuditAsync(federation, pacific, atlantic, card, before, Path.Combine(kept, "pacific.checkpoint"), seen);
    }

    private static string Agreement => Yaml.Of("atlantic", "pacific", """
        witness_quorum: 1
        witnesses: [harbour]
        witness_grace: 30min
        receipts: required
        grants:
          - {id: all, record_classes: [observation, sensor], max_level: partners_only, purposes: [research]}
        """);

    /// <summary>Each log holds by itself and says what happened; between the two there is one finding, and it is the restore.</summary>
    /// <param name="card">Of the restored node, from before: the log leads from there.</param>
    private static async Task AuditAsync(ScenarioFederation federation, ScenarioNode pacific, ScenarioNode atlantic, string card, string? before, string checkpoint, long seen)
    {
        string provider = await ExportAsync(pacific, federation, "pacific"), reader = await ExportAsync(atlantic, federation, "atlantic");
        string[] cards = ["--card", card, .. federation.Nodes.Where(node => node != pacific).Select(node => node.Folder.CardFile)];
        // What the other log holds of the lost stretch, a checkpoint that a witness cosigned, and a bundle of before: findings, and all of one kind.
        foreach (string other in new[] { reader, before }.OfType<string>())
        {
            var compared = await SsaProcess.RunAsync(["audit", "reconcile", provider, other, "--checkpoint", checkpoint, "--json", .. cards]);
            Assert.True(compared.ExitCode == 6, compared.ToString());
            var report = JsonDocument.Parse(compared.Output).RootElement;
            var bundle = report.GetProperty("bundles")[0];
            Assert.True(report.GetProperty("bundles").EnumerateArray().All(one => one.GetProperty("holds").GetBoolean()), compared.ToString());
            Assert.Contains(bundle.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("restored its database from a backup", StringComparison.Ordinal) && note.GetString()!.Contains($"to {seen}", StringComparison.Ordinal));
            var kinds = report.GetProperty("findings").EnumerateArray().Select(one => one.GetProperty("kind").GetString()).ToList();
            Assert.True(kinds.Count > 0 && kinds.All(kind => kind == "restored"), compared.ToString());
        }
        Assert.Equal(1, await atlantic.ScalarAsync<long>($"SELECT count(*) FROM log_entry WHERE kind = '{LogKinds.PeerKeyEvent}'"));
    }

    private static async Task<string> ExportAsync(ScenarioNode node, ScenarioFederation federation, string name)
    {
        string file = Path.Combine(federation.Root, $"{name}.evidence");
        await SucceedsAsync("audit", "export", "--dir", node.Folder.Path, "--out", file);
        return file;
    }

    private static async Task SucceedsAsync(params string[] words)
    {
        var end = await SsaProcess.RunAsync(words);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private static async Task StopAsync(ScenarioNode node, FaultServer server)
    {
        await node.Process.DisposeAsync();
        await server.StopImmediatelyAsync();
    }

    private static async Task StartAsync(ScenarioNode node, FaultServer server)
    {
        await server.StartAgainAsync();
        // What the pool holds are connections to a server that is no more.
        node.Database!.Clear();
        await node.StartAsync();
    }

    /// <summary>All that publishers were told is published, at a node, each once.</summary>
    private static async Task AcknowledgedAsync(Acknowledgements acknowledged, ScenarioNode node)
        => Assert.Equal(acknowledged.All.Select(one => one.Id).Order(StringComparer.Ordinal), (await node.ColumnAsync<string>("SELECT encode(id, 'hex') FROM record")).Order(StringComparer.Ordinal));

    private static async Task HaveAsync(long records, params ScenarioNode[] nodes)
    {
        foreach (var node in nodes) await Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == records, $"records at {node.Partner}", () => string.Join('\n', node.Process.Lines.TakeLast(25)));
    }

    /// <returns>How many entries every peer has cosigned: all.</returns>
    private static async Task<long> WitnessedAsync(ScenarioNode node)
        => (await Eventually.IsAsync(async () => await node.Admin.GetWitnessStatusAsync(new()), status => status.Witnesses.Count == 2 && status.Witnesses.All(one => one.Size == status.LogSize), "witnessed", () => string.Join('\n', node.Process.Lines.TakeLast(25)))).LogSize;
}
