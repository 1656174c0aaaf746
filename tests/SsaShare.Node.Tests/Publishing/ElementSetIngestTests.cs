using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>Element sets in the forms in which catalogs are published. The harness's present is in December 2025.</summary>
public sealed class ElementSetIngestTests : IDisposable
{
    private const string Header = "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n";
    private const string Row = "VANGUARD 1,1958-002B,2020-10-13T04:52:48.472320,10.84869164,.1845686,34.2443,225.5254,162.2516,205.2356,0,U,5,999,21814,-.22483E-4,-1.6E-7,0\n";
    private const string Json = """{"OBJECT_NAME":"VANGUARD 1","OBJECT_ID":"1958-002B","EPOCH":"2020-10-13T04:52:48.472320","MEAN_MOTION":10.84869164,"ECCENTRICITY":0.1845686,"INCLINATION":34.2443,"RA_OF_ASC_NODE":225.5254,"ARG_OF_PERICENTER":162.2516,"MEAN_ANOMALY":205.2356,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":5,"ELEMENT_SET_NO":999,"REV_AT_EPOCH":21814,"BSTAR":-2.2483e-5,"MEAN_MOTION_DOT":-1.6e-7,"MEAN_MOTION_DDOT":0}""";
    private const string Lines = "1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998\n2 00005  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149\n";
    private readonly IngestHarness _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("TLE", Lines)]
    [InlineData("TLE", "\uFEFF" + Lines)]
    [InlineData("TLE", "0 VANGUARD 1\n" + Lines)]
    [InlineData("TLE", "VANGUARD 1              \r\n" + Lines)]
    [InlineData("OMM-CSV", Header + Row)]
    [InlineData("OMM-JSON", Json)]
    [InlineData("OMM-JSON", "[" + Json + "]")]
    public async Task Ingest_SameSetInAnyForm_IsOneRecord(string format, string file)
    {
        var outcome = await _node.IngestAsync(file, "catalog");
        Assert.Equal((format, 1, 0), (outcome.Format, outcome.Accepted, outcome.Refused));
        var stored = Assert.Single(await _node.Records.ReadAsync(0, [RecordClass.ElementSet], 10, CancellationToken.None));
        Assert.Equal(("5", OrbitalRegime.Meo), (stored.Record.Facts.ObjectTag, stored.Record.Facts.Regime));
        foreach (string other in new[] { Lines, Header + Row, Json }) Assert.Equal(1, (await _node.IngestAsync(other, "again")).Duplicates);
    }

    [Theory]
    [InlineData("TLE", Lines + "0 VANGUARD 1\n1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998\n2 00005  34.2443 225.5254 1845686 162.2516 205.2357 10.84869164218149\n", "205.2357", "205.2356", 3, 5, "CHECKSUM")]
    [InlineData("OMM-CSV", Header + Row + "X,1958-002B,2020-10-13T04:52:48.472320,many,.1845686,34.2443,225.5254,162.2516,205.2356,0,U,6,999,21814,-.22483E-4,-1.6E-7,0\n", "many", "10.8", 3, 3, "MEAN_MOTION")]
    public async Task Ingest_OneBadSet_WaitsInTheQuarantineUntilItIsMended(string format, string file, string wrong, string right, long firstLine, long line, string field)
    {
        var outcome = await _node.IngestAsync(file, "catalog");
        Assert.Equal((1, 1, 1), (outcome.Accepted, outcome.Refused, outcome.Quarantined));
        var entry = Assert.Single(_node.Quarantine.All);
        Assert.Equal((format, line, field), (entry.Content.Format, entry.Place.Line, entry.Place.Field));
        string text = Encoding.UTF8.GetString(entry.Content.Text.Span);
        Assert.EndsWith(text.TrimEnd(), file.TrimEnd(), StringComparison.Ordinal);
        Assert.True(line >= firstLine);
        var still = await _node.QuarantineDesk.MendAsync(entry.Id.ToString(), entry.Content.Text, CancellationToken.None);
        Assert.Equal((QuarantineFaultKind.Refused, field), (still.Fault.Kind, still.Issues.Single().Field));
        var mended = await _node.QuarantineDesk.MendAsync(entry.Id.ToString(), Encoding.UTF8.GetBytes(text.Replace(wrong, right, StringComparison.Ordinal)), CancellationToken.None);
        Assert.Equal((QuarantineFaultKind.None, 1L), (mended.Fault.Kind, mended.Outcome!.Accepted + mended.Outcome.Duplicates));
    }

    [Fact]
    public async Task Ingest_EpochAhead_MayPassLater()
    {
        await _node.IngestAsync(Header + Row.Replace("2020-10", "2099-10", StringComparison.Ordinal));
        Assert.True(Assert.Single(_node.Quarantine.All).Place.MayPass);
    }

    [Fact]
    public async Task Ingest_HeaderWithoutEpoch_IsRefusedAsAFile()
    {
        var outcome = await _node.IngestAsync(Header.Replace("EPOCH,", "", StringComparison.Ordinal) + Row);
        Assert.Equal((0, 1, true), (outcome.Accepted, outcome.Refused, outcome.IsFileRefused));
    }
}
