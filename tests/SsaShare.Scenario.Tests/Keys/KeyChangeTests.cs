using System.Text.Json;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Log.V1;
using SsaShare.Storage.Tests;
using V1 = SsaShare.Protocol.Notice.V1;

namespace SsaShare.Scenario.Tests.Keys;

/// <summary>A node gets new keys while records flow, is killed while it puts them in place, and loses one to a thief.</summary>
public sealed class KeyChangeTests(TestCluster cluster)
{
    [Fact]
    public async Task Rotate_EverythingWhileThePeerIsAway_AndRevokeAStolenKey_ExchangeGoesOnAndTheThiefIsRefused()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        var pacific = await federation.AddAsync("pacific", settings: new KeyValuePair<string, string>("Pull:RecordsMax", "1"));
        await federation.StartAsync();
        using var messenger = ActingPartner.Create(federation.Root, "caribbean");
        await pacific.PinAsync(messenger.Card);
        await atlantic.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        int expected = 1;
        for (int i = 0; i < 6; i++) expected += await PublishAsync(atlantic, random);
        await Eventually.IsAsync(() => CountAsync(pacific), count => count > 1, "records at the receiver");

        // The receiver is away, and most is still to be pulled.
        await pacific.Process.DisposeAsync();
        await atlantic.Process.DisposeAsync();
        string oldKey = await File.ReadAllTextAsync(atlantic.Folder.SigningKeyFile, TestContext.Current.CancellationToken);
        await RunAsync("node", "rotate", "--dir", atlantic.Folder.Path, "--signing", "--log", "--witness", "--tls", "--recovery", "--reason", "everything new");
        // As a kill between two steps leaves it; then more kills while it comes up.
        File.Move(Path.Combine(atlantic.Folder.NextKeysFolder, "signing.pem"), atlantic.Folder.SigningKeyFile, overwrite: true);
        foreach (int delay in new[] { random.Next(200), 300 + random.Next(700), 1_000 + random.Next(1_500) })
        {
            atlantic.Launch();
            await Task.Delay(delay, TestContext.Current.CancellationToken);
            await atlantic.Process.KillAsync();
            await atlantic.Process.DisposeAsync();
        }
        await atlantic.StartAsync();
        Assert.False(Directory.Exists(atlantic.Folder.NextKeysFolder));
        Assert.NotEqual(oldKey, await File.ReadAllTextAsync(atlantic.Folder.SigningKeyFile, TestContext.Current.CancellationToken));
        Assert.Equal(1, await EntriesAsync(atlantic, LogKinds.KeyEvent));

        await pacific.StartAsync();
        expected += await PublishFileAsync(atlantic, federation, random);
        await Eventually.IsAsync(() => CountAsync(pacific), count => count == expected, "records at the receiver after the rotation", () => Tail(pacific));
        Assert.Equal(1, await EntriesAsync(pacific, LogKinds.PeerKeyEvent));

        using var thief = ActingPartner.Of(atlantic);
        // What is published after the compromise and not pulled yet must not be lost: it is signed again.
        await pacific.Process.DisposeAsync();
        var since = Utc.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1));
        await Task.Delay(2_000, TestContext.Current.CancellationToken);
        expected += await PublishFileAsync(atlantic, federation, random);
        await atlantic.Process.DisposeAsync();
        await RunAsync("node", "revoke", "--dir", atlantic.Folder.Path, "--compromised-since", since.ToString(), "--reason", "copied by a thief", "--tls");
        await atlantic.StartAsync();
        await pacific.StartAsync();
        await Eventually.IsAsync(() => CountAsync(pacific), count => count == expected, "records of between compromise and revocation at the receiver", () => Tail(pacific));
        await Eventually.IsAsync(() => EntriesAsync(pacific, LogKinds.PeerKeyEvent), count => count == 2, "the revocation at the receiver", () => Tail(pacific));

        await AssertRefusedAsync(thief, messenger, pacific, since);
        expected += await PublishFileAsync(atlantic, federation, random);
        await Eventually.IsAsync(() => CountAsync(pacific), count => count == expected, "records at the receiver after the revocation", () => Tail(pacific));
        await Evidence.AssertVerifiesAsync(atlantic, federation);
        await Evidence.AssertVerifiesAsync(pacific, federation);
    }

    /// <summary>A change of keys that waits for the next start outlives one on a database that is not the node's.</summary>
    [Fact]
    public async Task Rotate_FirstStartOnAnotherDatabase_WritesNothingAndTheRightOneGoesOn()
    {
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        await new LogService.LogServiceClient(atlantic.Channel).GetCheckpointAsync(new());
        await atlantic.Process.DisposeAsync();
        await RunAsync("node", "rotate", "--dir", atlantic.Folder.Path);

        string right = await File.ReadAllTextAsync(atlantic.Folder.SettingsFile, TestContext.Current.CancellationToken);
        var wrong = await cluster.CreateDatabaseAsync();
        var settings = JsonSerializer.Deserialize<Dictionary<string, string>>(right)!;
        (settings["Database:App"], settings["Database:Owner"]) = (wrong.App, wrong.Owner);
        await File.WriteAllTextAsync(atlantic.Folder.SettingsFile, JsonSerializer.Serialize(settings), TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(atlantic.StartAsync);
        Assert.Contains("old backup", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(atlantic.Folder.NextEventFile));

        await atlantic.Process.DisposeAsync();
        await File.WriteAllTextAsync(atlantic.Folder.SettingsFile, right, TestContext.Current.CancellationToken);
        await atlantic.StartAsync();
        Assert.Equal(1, await EntriesAsync(atlantic, LogKinds.KeyEvent));
        Assert.False(Directory.Exists(atlantic.Folder.NextKeysFolder));
    }

    /// <summary>A copy of the log and a kept checkpoint of before the change are carried on: the folder knows the old log key.</summary>
    [Fact]
    public async Task Rotate_TheLogKey_CopiesAndKeptCheckpointsGoOn()
    {
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        string dir = atlantic.Folder.Path, copy = Path.Combine(federation.Root, "copy"), kept = Path.Combine(federation.Root, "kept");
        string oldKey = $"{atlantic.Card.Card.LogKey}";
        await RunAsync("log", "export", "--dir", dir, "--out", copy);
        await RunAsync("log", "verify", "--dir", dir, "--keep", kept);
        await atlantic.Process.DisposeAsync();
        await RunAsync("node", "rotate", "--dir", dir, "--log");
        await atlantic.StartAsync();
        await RunAsync("log", "export", "--dir", dir, "--out", copy);
        await RunAsync("log", "verify", "--dir", dir, "--since", kept);

        // Whoever has nothing but the new card is told how, and that is how.
        string[] byCard = ["log", "verify", copy, "--card", atlantic.Folder.CardFile, "--since", kept];
        var refused = await SsaProcess.RunAsync(byCard);
        Assert.Equal(6, refused.ExitCode);
        Assert.Contains("--key OLD", (refused.Output + refused.Errors).ReplaceLineEndings(" "), StringComparison.Ordinal);
        await RunAsync([.. byCard, "--key", oldKey]);
    }

    /// <summary>What the thief signs with a later date is refused whoever brings it, and so is the thief.</summary>
    private static async Task AssertRefusedAsync(ActingPartner thief, ActingPartner messenger, ScenarioNode pacific, Epoch since)
    {
        var forged = SignedNotice.Issue(thief.Key, thief.Partner, new RecordPlace(Signing.Hash256.Of("a publication"u8), 0), NoticeAction.Recall, null, "by a thief", since.PlusSeconds(1));
        var request = new V1.DeliverNoticesRequest { Deliveries = { new V1.NoticeDelivery { Notice = forged.Document.ToWire() } } };
        var answer = await new V1.NoticeService.NoticeServiceClient(messenger.Open(pacific, messenger.Identity.TlsCertificate)).DeliverNoticesAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("not that of originator", Assert.Single(answer.Results).Refusal, StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await new V1.NoticeService.NoticeServiceClient(thief.Open(pacific, thief.Identity.TlsCertificate)).DeliverNoticesAsync(request, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    private static async Task<int> PublishAsync(ScenarioNode node, Random random)
    {
        var file = TdmFile.Random(1_000, random);
        Assert.Equal(file.Count, (await node.PublishAsync(file)).AcceptedCount);
        return file.Count;
    }

    /// <summary>By the program: the node's TLS key is not the one that the test knew.</summary>
    private static async Task<int> PublishFileAsync(ScenarioNode node, ScenarioFederation federation, Random random)
    {
        var file = TdmFile.Random(700, random);
        string path = Path.Combine(federation.Root, file.Name);
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        await RunAsync("publish", path, "--dir", node.Folder.Path);
        return file.Count;
    }

    private static async Task RunAsync(params string[] words)
    {
        var end = await SsaProcess.RunAsync(words);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private static Task<long> CountAsync(ScenarioNode node) => node.ScalarAsync<long>("SELECT count(*) FROM record");

    private static Task<long> EntriesAsync(ScenarioNode node, string kind) => node.ScalarAsync<long>($"SELECT count(*) FROM log_entry WHERE kind = '{kind}'");

    private static string Tail(ScenarioNode node) => string.Join('\n', node.Process.Lines.TakeLast(10));
}
