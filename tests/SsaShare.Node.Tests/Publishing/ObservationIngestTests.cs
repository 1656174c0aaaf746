using System.Text;
using SsaShare.Exchange;
using SsaShare.Formats;

namespace SsaShare.Node.Tests;

/// <summary>Files of observations other than tracking data messages: published, and what is refused comes into the quarantine and out of it again.</summary>
public sealed class ObservationIngestTests : IDisposable
{
    // Invented: azimuth 125.2215, elevation 60.5365 degrees, 434.31 km; a second later its range begins with 0 though its power of ten is 1.
    private const string Card = "U2355893296349010430000605365 1252215 43431001 0017910 -0440 -9728 00000  4 3   00000\n";
    private const string Open = "U2355893296349010431000604794 1232523 04345481 0029729 -0730 -9694 00000  4 4   00000\n";
    private readonly IngestHarness _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Cards_OfASensorDescribedLater_AreReplayed()
    {
        var outcome = await _node.IngestAsync(Card, "pass.obs");
        Assert.Equal(("b3", 0L, 1L), (outcome.Format, outcome.Accepted, outcome.Quarantined));
        var entry = Assert.Single(_node.Quarantine.Open);
        Assert.Equal((true, 1L, "sensor", Card), (entry.Place.MayPass, entry.Place.Line, entry.Place.Field, Encoding.ASCII.GetString(entry.Content.Text.Span)));
        await _node.IngestAsync(IngestHarness.Sensor("932"));
        Assert.Equal(1, (await _node.QuarantineDesk.ReplayAsync(null, _ => Task.CompletedTask, CancellationToken.None)).Outcome.Accepted);
        Assert.Equal(2, await _node.CountAsync());
    }

    [Fact]
    public async Task ACardWhoseRangeIsOpen_IsMendedByHand()
    {
        await _node.IngestAsync(IngestHarness.Sensor("932"));
        var outcome = await _node.IngestAsync(Card + "not a card\n" + Open, "pass.obs");
        Assert.Equal((1L, 2L), (outcome.Accepted, outcome.Quarantined));
        var entry = _node.Quarantine.Open.Single(entry => entry.Place.Field == "range");
        Assert.Equal((3L, Open), (entry.Place.Line, Encoding.ASCII.GetString(entry.Content.Text.Span)));
        var mended = await _node.QuarantineDesk.MendAsync(entry.Id.ToString(), Encoding.ASCII.GetBytes(Open.Replace(" 04345481 ", " 43454831 ", StringComparison.Ordinal)), CancellationToken.None);
        Assert.Equal(1, mended.Outcome?.Accepted);
    }

    [Fact]
    public async Task ALaserPass_IsPublishedAndAWrongShotIsMendedWithItsHeadersAroundIt()
    {
        const string Shot = "11 54927.620161400002 0.044106029140 std 2 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\n";
        const string Pass = "h1 CRD 2 2018 2 1 17\nh2 CHAL 9998 19 1 4 WPLTN\nh3 lageos2 9207002 5986 22195 0 1 1\nh4 1 2018 2 1 15 14 58 2018 2 1 15 48 57 0 0 0 0 1 0 2 0\n" + Shot
            + "11 54928.620161400002 wrong std 2 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\nh8\nh9\n";
        await _node.IngestAsync(IngestHarness.Sensor("9998"));
        var outcome = await _node.IngestAsync(Pass, "pass.npt");
        Assert.Equal(("crd", 1L, 1L), (outcome.Format, outcome.Accepted, outcome.Quarantined));
        var entry = Assert.Single(_node.Quarantine.Open);
        Assert.Equal((6L, "time_of_flight_s"), (entry.Place.Line, entry.Place.Field));
        var mended = await _node.QuarantineDesk.MendAsync(entry.Id.ToString(), Encoding.ASCII.GetBytes(Shot.Replace("54927", "54928", StringComparison.Ordinal)), CancellationToken.None);
        Assert.Equal(1, mended.Outcome?.Accepted);
    }

    [Fact]
    public async Task OurOwnLines_ArePublished()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        var outcome = await _node.IngestAsync("""{"ssa_observation":1,"object_number":"5398","station":"RADAR","time":"1996-12-15T00:00:00Z","time_precision_s":0.001,"azimuth_deg":10,"elevation_deg":20,"range_km":1500}""", "pass.jsonl");
        Assert.Equal(("ssa-jsonl", 1L, 0L), (outcome.Format, outcome.Accepted, outcome.Quarantined));
    }

    [Fact]
    public async Task VisualSightings_AreRefusedWithTheReason()
    {
        await _node.IngestAsync(IngestHarness.Sensor("2701"));
        var outcome = await _node.IngestAsync("23794 96 010A   2701 G 20040506012614270 17 25 1100114-184298 38 I+020 10\n", "night.iod");
        Assert.Equal(("iod", 0L, 1L), (outcome.Format, outcome.Accepted, outcome.Quarantined));
        Assert.Contains(outcome.Issues, issue => issue.Severity == IssueSeverity.Refused && issue.Reason.Contains("right ascension", StringComparison.Ordinal));
    }

    [Fact]
    public void Heads_OfEachFormat_AreToldApart()
    {
        Assert.Equal("b3", IngestFormats.Of(Encoding.ASCII.GetBytes(Card)).Name);
        Assert.Equal("crd", IngestFormats.Of("00 comment\nH1 CRD 1 2016  2 13 14\n"u8.ToArray()).Name);
        Assert.Equal("ssa-jsonl", IngestFormats.Of("\uFEFF{\"ssa_observation\":1"u8.ToArray()).Name);
        Assert.Equal("uk", IngestFormats.Of("0401401267504050320170296  010  12102706  +36412   50 5\n"u8.ToArray()).Name);
        Assert.Equal("rde", IngestFormats.Of("SATOBS\n\n2420 1909 0.211 1204\n28\n"u8.ToArray()).Name);
        Assert.Equal("TDM", IngestFormats.Of("CCSDS_TDM_VERS = 2.0\n"u8.ToArray()).Name);
    }
}
