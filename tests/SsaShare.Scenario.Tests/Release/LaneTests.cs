using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Release;

/// <summary>Degraded at once and in full after a delay, between real nodes that are killed meanwhile; receipts and limits towards a partner that the test plays.</summary>
public sealed class LaneTests(TestCluster cluster)
{
    private const int DelayS = 12;
    private static readonly string Clauses = $$"""
        receipts: required
        degradation_profiles:
          - {id: coarse, range_sigma_km: 1, angle_sigma_deg: 0.1, remove: [object_tag]}
        grants:
          - {id: at-once, record_classes: [observation], purposes: [research], degradation: coarse}
          - {id: later, record_classes: [observation], purposes: [research, fusion], delay: {{DelayS}}s}
        prohibitions:
          - {id: never, objects: [7734]}
        """;

    [Fact]
    public async Task Records_ComeDegradedAtOnceAndInFullAfterTheDelay_WhoeverIsKilledMeanwhile()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var provider = await federation.AddAsync("atlantic");
        var receiver = await federation.AddAsync("pacific");
        await federation.StartAsync();
        await provider.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "pacific", Clauses), provider, receiver);
        await Eventually.IsAsync(() => receiver.ScalarAsync<long>("SELECT count(*) FROM inbox WHERE priority = 0"), count => count == 1, "the first pull");

        long published = Stopwatch.GetTimestamp();
        await provider.PublishAsync(TdmFile.Mixed(random, ("RADAR", "5398", 20), ("RADAR", "7734", 5)));
        await Eventually.IsAsync(() => CountAsync(receiver, "original_leaf IS NOT NULL"), count => count == 20, "degraded records at the receiver");
        Assert.True(Stopwatch.GetElapsedTime(published).TotalSeconds < DelayS, "the machine is too slow to tell");
        Assert.Equal(0L, await CountAsync(receiver, "original_leaf IS NULL"));
        Assert.Equal(0L, await CountAsync(receiver, "object_tag IS NOT NULL"));

        await provider.Process.KillAsync();
        await receiver.Process.KillAsync();
        await Task.WhenAll(provider.StartAsync(), receiver.StartAsync());
        await Eventually.IsAsync(() => CountAsync(receiver, "original_leaf IS NULL"), count => count > 0, "originals at the receiver");
        Assert.True(Stopwatch.GetElapsedTime(published).TotalSeconds >= DelayS, "originals came before their delay was over");
        await Eventually.IsAsync(() => CountAsync(receiver, "original_leaf IS NULL"), count => count == 20, "all originals at the receiver");

        const string ids = "p.originator = 'atlantic' AND r.class = 1 AND r.original_leaf IS NULL";
        Assert.Equal(await Ledger.RecordIdsAsync(provider, $"{ids} AND r.object_tag = '5398'"), await Ledger.RecordIdsAsync(receiver, ids));
        Assert.Equal(0L, await CountAsync(receiver, "object_tag = '7734'"));
        Assert.Equal(["0", DelayS.ToString(System.Globalization.CultureInfo.InvariantCulture)], await receiver.ColumnAsync<string>("SELECT delay_s::text FROM inbox_lane WHERE priority = 0 ORDER BY delay_s"));

        // What the receiver has, the provider's ledger says that it gave, in that form; and nothing else.
        const string given = "SELECT DISTINCT encode(publication, 'hex') || ' ' || coalesce(profile, 'full') || ' ' || i FROM release, generate_series(0, 8 * octet_length(indexes) - 1) i WHERE get_bit(indexes, i) = 1 ORDER BY 1";
        const string held = "SELECT encode(p.id, 'hex') || ' ' || coalesce(p.profile, 'full') || ' ' || r.index FROM record r JOIN publication p ON p.key = r.publication WHERE p.provider IS NOT NULL ORDER BY 1";
        Assert.Equal((await receiver.ColumnAsync<string>(held)).Order(StringComparer.Ordinal), (await provider.ColumnAsync<string>(given)).Order(StringComparer.Ordinal));
        // Which objects a sensor sees is not known, so the prohibition keeps its description back: there are the degraded records and the originals.
        Assert.Equal(2L, await receiver.ScalarAsync<long>("SELECT count(*) FROM manifest_received"));
        await Eventually.IsAsync(() => provider.ScalarAsync<long>("SELECT count(*) FROM receipt_received"), count => count == 2, "receipts at the provider");
        foreach (var node in new[] { provider, receiver }) await Ledger.AssertSoundAsync(node);
        foreach (var node in new[] { provider, receiver }) await Evidence.AssertVerifiesAsync(node, federation);
    }

    [Fact]
    public async Task Pull_FromTheStartAgainAfterAKill_GivesTheSameBytesAndEveryAnswerIsInTheLedger()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        using var pacific = ActingPartner.Create(federation.Root, "pacific");
        await node.PinAsync(pacific.Card);
        var agreement = await pacific.AgreeAsync(node, Yaml.Of("atlantic", "pacific", Clauses));
        await node.PublishSensorsAsync("RADAR");
        await node.PublishAsync(TdmFile.Random(30, random));

        var first = await PullAsync(node, pacific, agreement, null);
        Assert.Equal(30, first.Slices.Where(slice => slice.Degraded is not null).Sum(slice => slice.Records.Count));
        // The manifest is kept before it is sent: an answer that got lost on the way is in the ledger all the same.
        await node.Process.KillAsync();
        await node.StartAsync();
        var again = await PullAsync(node, pacific, agreement, null);
        Assert.Equal(Items(first), Items(again));
        Assert.Equal(2L, await node.ScalarAsync<long>("SELECT count(DISTINCT manifest) FROM release"));
        Assert.Equal(Read(first).ItemRoot, Read(again).ItemRoot);

        // Receipts are a duty: without one, whoever has got something gets nothing more.
        var refusal = await Assert.ThrowsAsync<RpcException>(() => PullAsync(node, pacific, agreement, again));
        Assert.Equal((StatusCode.FailedPrecondition, true), (refusal.StatusCode, refusal.Status.Detail.Contains("receipt", StringComparison.Ordinal)));
        var manifest = Read(again);
        var receipt = SignedDocument.Sign(pacific.Key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(
            DocumentContexts.Receipt.Text, DocumentMapper.TryRead(again.Manifest)!.Id, pacific.Partner, manifest.ItemCount, manifest.ItemRoot, manifest.Watermark)));
        await PullAsync(node, pacific, agreement, again, receipt);
        await PullAsync(node, pacific, agreement, again);
    }

    [Fact]
    public async Task Pull_OverTheLimit_IsAnsweredEmptyAndNotComplete_AlsoAfterAKill()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        using var pacific = ActingPartner.Create(federation.Root, "pacific");
        await node.PinAsync(pacific.Card);
        var agreement = await pacific.AgreeAsync(node, Yaml.Of("atlantic", "pacific", """
            limits:
              - {id: pace, records_per_minute: 100}
            grants:
              - {id: all, record_classes: [observation, sensor]}
            """));
        await node.PublishSensorsAsync("RADAR");
        for (int i = 0; i < 4; i++) await node.PublishAsync(TdmFile.Random(100, random));

        // The sensor, and a hundred observations as soon as there is room for all of them; the next hundred must wait for a minute.
        PullResponse? last = null;
        long started = Stopwatch.GetTimestamp();
        for (int given = 0; given < 101; given += Read(last).ItemCount) last = await PullAsync(node, pacific, agreement, last);
        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < 40, "the machine is too slow to tell");
        var over = await PullAsync(node, pacific, agreement, last);
        Assert.Equal((0, false, Read(last!).ToPosition), (Read(over).ItemCount, Read(over).Complete, Read(over).ToPosition));
        await node.Process.KillAsync();
        await node.StartAsync();
        Assert.Equal((0, false), await PullAsync(node, pacific, agreement, over) is var after ? (Read(after).ItemCount, Read(after).Complete) : default);
    }

    private static Task<long> CountAsync(ScenarioNode node, string where) => node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE class = 1 AND {where}");

    private static IEnumerable<string> Items(PullResponse answer)
        => answer.Slices.SelectMany(slice => slice.Records).Select(record => $"{record.Index} {record.Salt.ToBase64()} {record.Payload.ToBase64()} {record.OriginalLeaf.ToBase64()} {record.DegradedIndex}");

    private static ManifestDocument Read(PullResponse answer)
        => DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest) ? manifest : throw new InvalidDataException("Not a manifest.");

    private static async Task<PullResponse> PullAsync(ScenarioNode node, ActingPartner partner, AgreementId agreement, PullResponse? before, SignedDocument? receipt = null)
        => await partner.Exchange(node).PullAsync(new()
        {
            AgreementId = ByteString.CopyFrom(agreement.Value.ToArray()),
            Cursor = before?.Cursor ?? ByteString.Empty,
            RecordsMax = 5_000,
            Receipt = receipt?.ToWire(),
        });
}
