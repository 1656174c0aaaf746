using System.Text;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Release;

/// <summary>Conjunction messages and notices between real nodes: in a stream of their own, passed on, shown, and accounted for in everybody's log.</summary>
public sealed class UrgentTests(TestCluster cluster)
{
    private const string Maneuver = """
        {"format": "ssashare-maneuver/1", "object_tag": "25544", "status": "planned", "start": "2026-01-02T10:00:00Z", "end": "2026-01-02T10:05:00Z", "delta_v_rtn_km_per_s": {"x": 0, "y": 0.002, "z": 0}}
        """;

    private const string Event = """
        {"format": "ssashare-event/1", "kind": "fragmentation", "epoch": "2026-01-02T10:00:00Z", "object_tags": [], "confidence": 0.9, "text": "40 pieces"}
        """;

    [Fact]
    public async Task UrgentRecords_GoThroughTheirOwnStreamAndOn_AndEveryLogAccountsForThem()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var (pacific, atlantic, caribbean) = (await federation.AddAsync("pacific"), await federation.AddAsync("atlantic"), await federation.AddAsync("caribbean"));
        await federation.StartAsync();
        await pacific.PublishSensorsAsync("RADAR");
        const string classes = "record_classes: [observation, conjunction_message, maneuver_notice, event_notice]";
        await ScenarioFederation.AgreeAsync(Yaml.Of("pacific", "atlantic", $"grants: [{{id: all, from: [pacific], {classes}, onward: public}}]"), pacific, atlantic);
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "caribbean", $"grants: [{{id: all, from: [atlantic], originators: [pacific, atlantic], {classes}}}]"), atlantic, caribbean);

        await pacific.PublishAsync(TdmFile.Random(20, random));
        await PublishAsync(pacific, "maneuver.json", Maneuver);
        await pacific.PublishAsync(TdmFile.Random(10, random));
        await PublishAsync(pacific, "event.json", Event);
        await PublishAsync(pacific, "approach.cdm", Message());
        Assert.Contains((await pacific.PublishAsync(new TdmFile("wrong.json", Encoding.UTF8.GetBytes(Event.Replace("0.9", "9", StringComparison.Ordinal)), 0))).Issues, issue => issue.Field == "confidence");

        foreach (var node in new[] { atlantic, caribbean })
        {
            await Eventually.TrueAsync(async () => (await node.ColumnAsync<short>("SELECT class FROM record WHERE class BETWEEN 5 AND 7 ORDER BY class")).SequenceEqual([(short)5, (short)6, (short)7]), $"{node.Partner} has all that is urgent");
            await Eventually.TrueAsync(async () => await node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1") == 30, $"{node.Partner} has all observations");
            Assert.Equal(0L, await node.ScalarAsync<long>("SELECT count(*) FROM publication WHERE urgent <> (classes && ARRAY[5, 6, 7]::smallint[])"));
            Assert.Equal(["0", "1"], await node.ColumnAsync<string>("SELECT DISTINCT priority::text FROM inbox ORDER BY 1"));
        }
        var shown = await caribbean.Admin.GetRecordAsync(new() { Record = await caribbean.ScalarAsync<string>("SELECT encode(id, 'hex') FROM record WHERE class = 6") });
        Assert.Equal(("25544", Protocol.Common.V1.RecordClass.ManeuverNotice, "pacific"), (shown.Ways.Single().ObjectTag, shown.Ways.Single().RecordClass, shown.Ways.Single().OriginatorId));
        foreach (var node in federation.Nodes) await Ledger.AssertSoundAsync(node, checkpoints: false);
        foreach (var node in federation.Nodes) await Evidence.AssertVerifiesAsync(node, federation);
    }

    private static async Task PublishAsync(ScenarioNode node, string name, string content)
    {
        var outcome = await node.PublishAsync(new TdmFile(name, Encoding.UTF8.GetBytes(content), 1));
        Assert.Empty(outcome.Issues);
        Assert.Equal(1, outcome.AcceptedCount);
    }

    /// <summary>Two objects, with what the standard demands and no more.</summary>
    private static string Message()
    {
        var text = new StringBuilder("CCSDS_CDM_VERS = 1.0\nCREATION_DATE = 2026-01-01T00:00:00\nORIGINATOR = PACIFIC\nMESSAGE_ID = 1\nTCA = 2026-01-02T10:00:00\nMISS_DISTANCE = 715 [m]\n");
        string[] axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"];
        foreach (string name in new[] { "OBJECT1", "OBJECT2" })
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"OBJECT = {name}\nOBJECT_DESIGNATOR = 1\nCATALOG_NAME = SATCAT\nOBJECT_NAME = A\nINTERNATIONAL_DESIGNATOR = UNKNOWN\nEPHEMERIS_NAME = NONE\nCOVARIANCE_METHOD = DEFAULT\nMANEUVERABLE = N/A\nREF_FRAME = GCRF\n")
                .Append("X = 7000 [km]\nY = 0 [km]\nZ = 0 [km]\nX_DOT = 0 [km/s]\nY_DOT = 7.5 [km/s]\nZ_DOT = 0 [km/s]\n");
            for (int row = 0; row < axes.Length; row++)
            for (int column = 0; column <= row; column++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"C{axes[row]}_{axes[column]} = {(row == column ? 1 : 0)}\n");
        }
        return text.ToString();
    }
}
