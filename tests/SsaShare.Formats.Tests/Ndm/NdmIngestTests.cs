using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>The interpreting readers take XML and JSON as the lines of KVN that they stand for.</summary>
public sealed class NdmIngestTests
{
    /// <summary>Without the lone GM, which the standard has with Keplerian elements only.</summary>
    private static readonly string Opm = string.Join('\n', OdmText.Opm.Split('\n').Where(line => !line.StartsWith("GM", StringComparison.Ordinal)));

    public static TheoryData<NdmSyntax> Trees { get; } = [NdmSyntax.Xml, NdmSyntax.Json];

    [Theory, MemberData(nameof(Trees))]
    public void OdmReader_AMessage_IsTheSameAsInKvn(NdmSyntax syntax)
    {
        string opm = OdmText.WithCovariance(Opm, "RTN");
        var expected = OdmText.Read(opm + OdmText.Omm);
        var found = OdmText.Read(Written(opm + OdmText.Omm, syntax, "ndm"));
        Assert.Equal(2, found.Count);
        Assert.Equivalent(expected.Select(item => (object?)item.State ?? item.Elements), found.Select(item => (object?)item.State ?? item.Elements), strict: true);
    }

    [Theory, MemberData(nameof(Trees))]
    public void CdmReader_AMessage_IsTheSameAsInKvn(NdmSyntax syntax)
    {
        var expected = Assert.Single(CdmText.Read(CdmText.Whole)).Message!;
        var found = Assert.Single(CdmText.Read(Written(CdmText.Whole, syntax, "cdm"))).Message!;
        Assert.Equivalent(expected, found, strict: true);
    }

    [Theory, MemberData(nameof(Trees))]
    public void TdmReader_AMessage_IsTheSameAsInKvn(NdmSyntax syntax)
    {
        var expected = TestFiles.ReadTdm(NdmText.Tdm).Items.Select(item => item.Observation).ToList();
        var (reader, found) = TestFiles.ReadTdm(Written(NdmText.Tdm, syntax, "tdm"));
        Assert.Equal(2, expected.Count);
        Assert.Equal(expected, found.Select(item => item.Observation));
        Assert.True(reader.Summary.ReadToEnd);
        Assert.Equal("ATLANTIC", reader.Header.Originator);
    }

    [Theory, MemberData(nameof(Trees))]
    public async Task TdmReader_AStreamThatIsWaitedFor_GivesTheSame(NdmSyntax syntax)
    {
        int observations = 0;
        var reader = new TdmReader(new SlowStream(Written(NdmText.Tdm, syntax, "tdm")), new TdmReadOptions { FileName = "slow", Now = TestFiles.Now });
        await foreach (var item in reader.ReadAsync(TestContext.Current.CancellationToken)) observations += item.Observation is null ? 0 : 1;
        Assert.Equal(2, observations);
    }

    [Fact]
    public void OdmReader_AnXmlWithAFault_SaysItsLineAndGivesTheRefusedMessageInKvn()
    {
        string xml = Encoding.UTF8.GetString(Written(Opm, NdmSyntax.Xml, "opm")).Replace("<X units=\"km\">", "<X units=\"m\">", StringComparison.Ordinal);
        int line = xml[..xml.IndexOf("<X ", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        var items = OdmText.Read(Encoding.UTF8.GetBytes(xml), new OdmReadOptions { FileName = "test.xml", Now = TestFiles.Now, KeepsRefused = true });
        Assert.Equal((line, "X"), (items[0].Issue!.Line, items[0].Issue!.Field));
        string refused = Encoding.UTF8.GetString(items[1].Refused!.Text.Span);
        Assert.Contains("\nX = 7000.0 [m]\n", refused, StringComparison.Ordinal);
        Assert.Single(OdmText.Read(refused.Replace("[m]", "[km]", StringComparison.Ordinal)), item => item.State is not null);
    }

    [Fact]
    public void OdmReader_AnXmlInUtf16_IsRead()
    {
        string xml = Encoding.UTF8.GetString(Written(OdmText.Omm, NdmSyntax.Xml, "omm")).Replace("utf-8", "UTF-16", StringComparison.Ordinal);
        foreach (byte[] bytes in (byte[][])[[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(xml)], Encoding.BigEndianUnicode.GetBytes(xml), Encoding.UTF8.GetBytes(xml)])
            Assert.NotNull(Assert.Single(OdmText.Read(bytes)).Elements);
        Assert.Equal("file", Assert.Single(OdmText.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("nothing")])).Issue!.Field);
    }

    [Fact]
    public void TdmReader_ObservationsWithFaults_LoseThoseAlone()
    {
        string xml = Encoding.UTF8.GetString(Written(NdmText.Tdm, NdmSyntax.Xml, "tdm"));
        xml = xml.Replace("<RANGE>2000.5</RANGE>", "<RANGE>far</RANGE>", StringComparison.Ordinal);
        var (_, items) = TestFiles.ReadTdm(xml);
        Assert.Equal(("RANGE", "far"), items.Where(item => item.Issue is not null).Select(item => (item.Issue!.Field, item.Issue.Value)).Single());
        Assert.Equal(2001 / 2.0, items.Single(item => item.Observation is not null).Observation!.RangeKm);
    }

    [Fact]
    public void Readers_OfACombinedMessage_TakeTheirOwnAndTellOfTheOthers()
    {
        byte[] combined = Written(string.Join('\n', Opm, CdmText.Whole, NdmText.Tdm, OdmText.Omm), NdmSyntax.Xml, "ndm");
        Assert.Equal(MessageFormat.Orbit, MessageFormats.Of(combined));
        var orbits = OdmText.Read(combined);
        Assert.Equal((1, 1), (orbits.Count(item => item.State is not null), orbits.Count(item => item.Elements is not null)));
        Assert.Equal(["cdm", "tdm"], orbits.Where(item => item.Issue is not null).Select(item => item.Issue!.Field));
        Assert.Single(CdmText.Read(combined), item => item.Message is not null);
        Assert.Equal(2, TestFiles.ReadTdm(combined).Items.Count(item => item.Observation is not null));
    }

    [Fact]
    public void OdmReader_ADocumentThatBreaksOff_KeepsWhatWasWholeAndSaysSo()
    {
        byte[] whole = Written(Opm + "\n" + OdmText.Omm, NdmSyntax.Xml, "ndm");
        var items = OdmText.Read(whole[..^100], new OdmReadOptions { FileName = "test.xml", Now = TestFiles.Now, KeepsRefused = true });
        Assert.Single(items, item => item.State is not null);
        Assert.DoesNotContain(items, item => item.Elements is not null);
        Assert.Contains("not well-formed", Assert.Single(items, item => item.Issue is not null).Issue!.Reason, StringComparison.Ordinal);
        Assert.True(items[^1].Refused is { EndsReading: true, IsWholeFile: false });
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- <cdm> --><opm id=\"CCSDS_OPM_VERS\" version=\"3.0\">", MessageFormat.Orbit)]
    [InlineData("<ndm>\n<COMMENT>a</COMMENT><tdm>", MessageFormat.Tracking)]
    [InlineData("\uFEFF<cdm id=\"\">", MessageFormat.Conjunction)]
    [InlineData("{\"ndm\": [{\"COMMENT\": \"x\"}, {\"omm\": {", MessageFormat.Orbit)]
    [InlineData("{ \"cdm\": {", MessageFormat.Conjunction)]
    [InlineData("{\"format\": \"notice\"}", MessageFormat.Notice)]
    [InlineData("<html>", MessageFormat.Tracking)]
    public void MessageFormats_OfTrees_AreTold(string head, MessageFormat format)
    {
        Assert.Equal(format, MessageFormats.Of(Encoding.UTF8.GetBytes(head)));
        if (!head.StartsWith('<')) return;
        Assert.Equal(format, MessageFormats.Of(Encoding.Unicode.GetBytes(head)));
        Assert.Equal(format, MessageFormats.Of([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(head)]));
    }

    private static byte[] Written(string kvn, NdmSyntax syntax, string kind) => NdmFile.Write(NdmFile.Read(kvn, NdmSyntax.Kvn, ReadMode.Lenient).Events, syntax, kind);
}
