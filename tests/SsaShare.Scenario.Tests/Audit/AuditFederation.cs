using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Audit;

/// <summary>Four nodes that exchange in every way there is, and what each exports afterwards. The nodes have stopped; only folders and bundles are left.</summary>
public sealed class AuditFederation(TestCluster cluster) : IAsyncLifetime
{
    private static readonly KeyValuePair<string, string>[] Quick =
        [new("Notices:RetryDelay", "00:00:00.100"), new("Notices:RetryDelayMax", "00:00:02"), new("Witness:Interval", "00:00:00.500")];

    private readonly ScenarioFederation _federation = new(cluster);

    internal ScenarioNode Atlantic { get; private set; } = null!;
    internal ScenarioNode Pacific { get; private set; } = null!;
    internal ScenarioNode Caribbean { get; private set; } = null!;
    internal ScenarioNode Arctic { get; private set; } = null!;
    internal IReadOnlyList<ScenarioNode> Nodes => _federation.Nodes;
    internal string Root => _federation.Root;

    /// <summary>The agreement between atlantic and pacific.</summary>
    internal string Main { get; private set; } = null!;

    /// <summary>A record that atlantic recalled: publication and index.</summary>
    internal string Recalled { get; private set; } = null!;

    internal IEnumerable<string> Cards => Nodes.Select(node => node.Folder.CardFile);

    internal string Bundle(ScenarioNode node) => Path.Combine(Root, $"{node.Partner}.evidence");

    public async ValueTask InitializeAsync()
    {
        Atlantic = await _federation.AddAsync("atlantic", settings: Quick);
        Pacific = await _federation.AddAsync("pacific", settings: Quick);
        Caribbean = await _federation.AddAsync("caribbean", settings: Quick);
        Arctic = await _federation.AddAsync("arctic", settings: Quick);
        await _federation.StartAsync();
        await ExchangeAsync(new Random(Seed.Next()));
        foreach (var end in await Task.WhenAll(Nodes.Select(node => SsaProcess.RunAsync(["audit", "export", "--dir", node.Folder.Path, "--out", Bundle(node)])))) Succeeds(end);
        foreach (var (name, scope) in Scopes) Succeeds(await SsaProcess.RunAsync(["audit", "export", "--dir", Atlantic.Folder.Path, "--out", Path.Combine(Root, $"{name}.part"), .. scope]));
        foreach (var node in Nodes) await node.Process.KillAsync();
    }

    /// <summary>Parts of atlantic's log, by name.</summary>
    internal IReadOnlyDictionary<string, string[]> Scopes => new Dictionary<string, string[]>
    {
        ["agreement"] = ["--agreement", Main], ["peer"] = ["--peer", "pacific"], ["record"] = ["--record", Recalled], ["period"] = ["--until", DateTime.UtcNow.AddMinutes(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)],
    };

    public async ValueTask DisposeAsync() => await _federation.DisposeAsync();

    internal static void Succeeds(ProgramEnd end) => Assert.True(end.ExitCode == 0, end.ToString());

    /// <summary>In full, degraded, withheld, passed on, under witnesses; suspended and resumed; withdrawn and recalled.</summary>
    private async Task ExchangeAsync(Random random)
    {
        await Atlantic.PublishSensorsAsync("RADAR");
        await Pacific.PublishSensorsAsync("FENCE");
        await Caribbean.PublishSensorsAsync("DISH");
        var main = await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "pacific", """
            receipts: required
            degradation_profiles:
              - {id: coarse, range_sigma_km: 1, angle_sigma_deg: 0.1}
            grants:
              - {id: sensors, record_classes: [sensor], max_level: partners_only, purposes: [research]}
              - {id: open, record_classes: [observation], objects: [5398, 7734], max_level: partners_only, purposes: [research], onward: named, onward_to: [caribbean]}
              - {id: rough, from: [atlantic], record_classes: [observation], objects: [40001], max_level: partners_only, purposes: [research], degradation: coarse}
            prohibitions:
              - {id: never, objects: [25544]}
            """), Atlantic, Pacific);
        Main = Convert.ToHexStringLower(main.Span);
        await ScenarioFederation.AgreeAsync(Yaml.Of("pacific", "caribbean",
            "grants: [{id: on, from: [pacific], originators: [pacific, atlantic], record_classes: [observation], max_level: partners_only, purposes: [research]}]"), Pacific, Caribbean);
        await ScenarioFederation.AgreeAsync(Yaml.Of("caribbean", "arctic", """
            witnesses: [atlantic, pacific]
            witness_quorum: 2
            grants:
              - {id: watched, from: [caribbean], record_classes: [observation, sensor], max_level: partners_only, purposes: [research]}
            """), Caribbean, Arctic);
        await Atlantic.PublishAsync(TdmFile.Mixed(random, ("RADAR", "5398", 40), ("RADAR", "7734", 20), ("RADAR", "40001", 15), ("RADAR", "25544", 10)));
        await Pacific.PublishAsync(TdmFile.Mixed(random, ("FENCE", "5398", 25), ("FENCE", "25544", 5)));
        await Caribbean.PublishAsync(TdmFile.Mixed(random, ("DISH", "5398", 30)));
        await HasAsync(Pacific, 30 + 40 + 20 + 15);
        await HasAsync(Atlantic, 85 + 25);
        await HasAsync(Caribbean, 30 + 60 + 30);
        await HasAsync(Arctic, 30);

        await Pacific.Admin.ChangeAgreementAsync(new() { AgreementId = main, Event = AgreementEvent.Suspend, Reason = "maintenance" });
        await Atlantic.PublishAsync(TdmFile.Mixed(random, ("RADAR", "7734", 12)));
        await Pacific.Admin.ChangeAgreementAsync(new() { AgreementId = main, Event = AgreementEvent.Resume, Reason = "done" });
        await HasAsync(Pacific, 105 + 12);
        await HasAsync(Caribbean, 120 + 12);

        Recalled = (await Atlantic.ColumnAsync<string>("SELECT encode(p.id, 'hex') || '/' || r.index FROM record r JOIN publication p ON p.key = r.publication WHERE r.object_tag = '5398' AND p.provider IS NULL ORDER BY p.key, r.index LIMIT 1")).Single();
        Succeeds(await SsaProcess.RunAsync(["record", "recall", Recalled, "--reason", "released by mistake", "--dir", Atlantic.Folder.Path]));
        await Eventually.TrueAsync(async () => await Atlantic.ScalarAsync<long>("SELECT count(*) FROM notice_delivery WHERE NOT is_complete") == 0, "the recall is carried out by everybody");
        // The last receipts ride on pulls that come by themselves.
        foreach (var node in Nodes)
            await Eventually.TrueAsync(async () => await node.ScalarAsync<long>(
                $"SELECT count(*) FROM manifest_issued m WHERE NOT EXISTS (SELECT FROM receipt_received r WHERE r.manifest = m.id) AND EXISTS (SELECT FROM release l WHERE l.manifest = m.id)") == 0, $"{node.Partner} has every receipt");
    }

    private static async Task HasAsync(ScenarioNode node, int observations)
        => await Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"), count => count == observations, $"{node.Partner} has {observations} observations");
}
