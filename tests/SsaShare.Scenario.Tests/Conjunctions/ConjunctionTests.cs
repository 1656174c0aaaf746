using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Conjunctions;

/// <summary>
/// Three partners publish orbits of objects that collide, under agreements that cross: pacific's may be used for all, atlantic's for pacific too, caribbean's for atlantic too. Real processes, TLS and database.
/// </summary>
public sealed class ConjunctionTests(TestCluster cluster)
{
    private static readonly KeyValuePair<string, string>[] Quick =
    [
        new("Notices:RetryDelay", "00:00:00.100"), new("Notices:RetryDelayMax", "00:00:02"), new("Notices:SweepInterval", "00:00:00.200"), new("Screening:Hours", "12"), new("Screening:ViewInterval", "00:00:01"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conjunctions_OfCrossingAgreements_EachReaderSeesItsOwn_OverKillsAndAWithdrawal()
    {
        var random = new Random(Seed.Next());
        var now = TimeProvider.System.GetUtcNow();
        var objects = new CollidingObjects(new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero).AddHours(3));
        await using var federation = new ScenarioFederation(cluster);
        var (pacific, atlantic, caribbean) = (await federation.AddAsync("pacific", settings: Quick), await federation.AddAsync("atlantic", settings: Quick), await federation.AddAsync("caribbean", settings: Quick));
        var fusion = await federation.AddAsync("fusion", "fusion", settings: Quick);
        await federation.StartAsync();
        await ScenarioFederation.AgreeAsync(Agreement("pacific", "pacific, atlantic, caribbean"), pacific, fusion);
        await ScenarioFederation.AgreeAsync(Agreement("atlantic", "atlantic, pacific"), atlantic, fusion);
        await ScenarioFederation.AgreeAsync(Agreement("caribbean", "caribbean, atlantic"), caribbean, fusion);
        using GrpcChannel ofPacific = pacific.OpenAsOperator(fusion), ofAtlantic = atlantic.OpenAsOperator(fusion), ofCaribbean = caribbean.OpenAsOperator(fusion);
        var (asPacific, asAtlantic, asCaribbean) = (new ConjunctionService.ConjunctionServiceClient(ofPacific), new ConjunctionService.ConjunctionServiceClient(ofAtlantic), new ConjunctionService.ConjunctionServiceClient(ofCaribbean));

        Assert.Equal(0, (await pacific.PublishAsync("first.json", objects.FirstElements())).RefusedCount);
        Assert.Equal(0, (await atlantic.PublishAsync("second.json", objects.SecondElements())).RefusedCount);
        var seen = await PairsAsync(asPacific, 1);
        Assert.Equal([(CollidingObjects.First, CollidingObjects.Second)], Pairs(seen));
        Assert.Empty((await asCaribbean.ListConjunctionsAsync(new())).Conjunctions);
        var one = seen.Conjunctions[0];
        Assert.InRange(one.Assessment.MissDistanceKm, 0, 2);
        Assert.Equal(["atlantic", "pacific"], new[] { one.First, one.Second }.SelectMany(orbit => orbit.Contributions).Select(part => part.PartnerId).Order(StringComparer.Ordinal));

        // The third orbit arrives while the service is killed again and again.
        Assert.Equal(0, (await caribbean.PublishAsync("third.opm", objects.ThirdState())).RefusedCount);
        for (int i = 0; i < 2; i++)
        {
            await Task.Delay(random.Next(1_500), Token);
            await KillAsync(fusion);
            await fusion.StartAsync();
        }
        var third = await PairsAsync(asCaribbean, 1);
        Assert.Equal([(CollidingObjects.First, CollidingObjects.Third)], Pairs(third));
        Assert.InRange(third.Conjunctions[0].Assessment.MissDistanceKm, 0.1, 0.3);
        Assert.Equal(2, (await PairsAsync(asAtlantic, 2)).Conjunctions.Count);
        Assert.Equal([(CollidingObjects.First, CollidingObjects.Second)], Pairs(await PairsAsync(asPacific, 1)));
        // What pacific may not see answers as what does not exist.
        var hidden = await Assert.ThrowsAsync<RpcException>(async () => await asPacific.GetConjunctionAsync(new() { ConjunctionId = third.Conjunctions[0].ConjunctionId }));
        var none = await Assert.ThrowsAsync<RpcException>(async () => await asPacific.GetConjunctionAsync(new() { ConjunctionId = new string('0', 64) }));
        Assert.Equal((none.StatusCode, none.Status.Detail), (hidden.StatusCode, hidden.Status.Detail.Replace(third.Conjunctions[0].ConjunctionId, new string('0', 64), StringComparison.Ordinal)));

        await MessagesAsync(pacific, 1);
        await MessagesAsync(caribbean, 1);
        await MessagesAsync(atlantic, 2);
        await AssertTableAsync(pacific, fusion, federation.Root);

        await WithdrawAsync(asPacific, asAtlantic, asCaribbean, pacific, atlantic, caribbean, fusion);
        await Ledger.AssertSoundAsync(fusion, checkpoints: false);
    }

    /// <summary>Pacific takes its orbit back: nothing rests on it any more, and the messages are withdrawn.</summary>
    private static async Task WithdrawAsync(ConjunctionService.ConjunctionServiceClient asPacific, ConjunctionService.ConjunctionServiceClient asAtlantic, ConjunctionService.ConjunctionServiceClient asCaribbean,
        ScenarioNode pacific, ScenarioNode atlantic, ScenarioNode caribbean, ScenarioNode fusion)
    {
        using var watching = asAtlantic.WatchConjunctions(new());
        Assert.True(await watching.ResponseStream.MoveNext(Token));
        Assert.True(watching.ResponseStream.Current.IsComplete);
        Assert.Equal(2, watching.ResponseStream.Current.Conjunctions.Count);

        string id = (await pacific.ColumnAsync<string>("SELECT encode(id, 'hex') FROM record WHERE class = 2")).Single();
        var withdrawn = await SsaProcess.RunAsync(["record", "withdraw", id, "--reason", "a wrong object", "--dir", pacific.Folder.Path]);
        Assert.True(withdrawn.ExitCode == 0, withdrawn.ToString());
        foreach (var client in new[] { asPacific, asAtlantic, asCaribbean }) await PairsAsync(client, 0);

        var ended = new HashSet<string>(StringComparer.Ordinal);
        while (ended.Count < 2)
        {
            Assert.True(await watching.ResponseStream.MoveNext(Token));
            ended.UnionWith(watching.ResponseStream.Current.EndedConjunctionIds);
        }
        await Eventually.IsAsync(() => fusion.ScalarAsync<long>("SELECT count(*) FROM conjunction_message WHERE state = 3"), count => count == 4, "messages withdrawn");
        foreach (var (node, count) in new[] { (pacific, 1L), (caribbean, 1L), (atlantic, 2L) })
            await Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT count(*) FROM notice WHERE originator = 'fusion'"), found => found == count, $"notices at {node.Partner}");
        Assert.Equal(4L, await fusion.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 5"));
    }

    [Fact]
    public async Task Answer_WithAndWithoutAWithheldOrbit_IsTheSameToTheByte()
    {
        var now = TimeProvider.System.GetUtcNow();
        var objects = new CollidingObjects(new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero).AddHours(3));
        await using var federation = new ScenarioFederation(cluster);
        var (pacific, caribbean) = (await federation.AddAsync("pacific", settings: Quick), await federation.AddAsync("caribbean", settings: Quick));
        var fusion = await federation.AddAsync("fusion", "fusion", settings: Quick);
        await federation.StartAsync();
        await ScenarioFederation.AgreeAsync(Agreement("pacific", "pacific, caribbean"), pacific, fusion);
        await ScenarioFederation.AgreeAsync(Agreement("caribbean", "caribbean"), caribbean, fusion);
        using GrpcChannel ofPacific = pacific.OpenAsOperator(fusion), ofCaribbean = caribbean.OpenAsOperator(fusion);
        var (asPacific, asCaribbean) = (new ConjunctionService.ConjunctionServiceClient(ofPacific), new ConjunctionService.ConjunctionServiceClient(ofCaribbean));

        await pacific.PublishAsync("first.json", objects.FirstElements());
        await pacific.PublishAsync("second.json", objects.SecondElements());
        var without = await PairsAsync(asPacific, 1);
        await MessagesAsync(pacific, 1);
        await caribbean.PublishAsync("third.opm", objects.ThirdState());
        Assert.Equal(2, (await PairsAsync(asCaribbean, 2)).Conjunctions.Count);
        Assert.Equal(without.ToByteArray(), (await asPacific.ListConjunctionsAsync(new() { PageSize = 2 })).ToByteArray());
        await MessagesAsync(caribbean, 2);
        await MessagesAsync(pacific, 1);
    }

    private static string Agreement(string partner, string readers) => Yaml.Of(partner, "fusion", $"""
        grants:
          - id: orbits
            from: [{partner}]
            to: [fusion]
            record_classes: [element_set, orbit_state, maneuver_notice]
            max_level: partners_only
            purposes: [fusion]
            derived_products_for: [{readers}]
          - id: warnings
            from: [fusion]
            to: [{partner}]
            record_classes: [conjunction_message]
            max_level: partners_only
            purposes: [safety_of_flight]
        """, $"Orbits of {partner}");

    private static Task<ListConjunctionsResponse> PairsAsync(ConjunctionService.ConjunctionServiceClient reader, int count)
        => Eventually.IsAsync(async () => await reader.ListConjunctionsAsync(new() { PageSize = count + 1 }), answer => answer.Conjunctions.Count == count, $"{count} conjunctions");

    private static IEnumerable<(string, string)> Pairs(ListConjunctionsResponse answer)
        => answer.Conjunctions.Select(one => string.CompareOrdinal(one.First.Object, one.Second.Object) < 0 ? (one.First.Object, one.Second.Object) : (one.Second.Object, one.First.Object));

    /// <summary>So many messages arrive, each made for this partner; none more follows.</summary>
    private static async Task MessagesAsync(ScenarioNode node, int count)
    {
        const string Messages = "SELECT payload FROM record WHERE class = 5";
        await Eventually.IsAsync(() => node.ColumnAsync<byte[]>(Messages), messages => messages.Count >= count, $"messages at {node.Partner}");
        var messages = await node.ColumnAsync<byte[]>(Messages);
        Assert.Equal(count, messages.Count);
        Assert.All(messages, payload => Assert.Equal(node.Partner.Value, ConjunctionCodec.TryDecode(payload)?.MadeFor));
    }

    /// <summary>The commands for people, as pacific's operator.</summary>
    private static async Task AssertTableAsync(ScenarioNode reader, ScenarioNode fusion, string root)
    {
        string card = Path.Combine(root, "fusion-card.json");
        await File.WriteAllBytesAsync(card, fusion.Card.ToJson(), Token);
        var json = await SsaProcess.RunAsync(["catalog", "conjunctions", "--object", CollidingObjects.Second, "--to", "json", "--dir", reader.Folder.Path, "--at", card]);
        Assert.True(json.ExitCode == 0, json.ToString());
        string id = Assert.Single(JsonNode.Parse(json.Output)!.AsArray())!["conjunction_id"]!.GetValue<string>();
        var shown = await SsaProcess.RunAsync(["catalog", "conjunction", id[..12], "--dir", reader.Folder.Path, "--at", card]);
        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.Contains(CollidingObjects.First, shown.Output, StringComparison.Ordinal);
        Assert.Contains("atlantic", shown.Output, StringComparison.Ordinal);
        var none = await SsaProcess.RunAsync(["catalog", "conjunctions", "--object", CollidingObjects.Third, "--to", "json", "--dir", reader.Folder.Path, "--at", card]);
        Assert.Empty(JsonNode.Parse(none.Output)!.AsArray());
    }

    private static async Task KillAsync(ScenarioNode node)
    {
        await node.Process.KillAsync();
        await node.Process.DisposeAsync();
    }
}
