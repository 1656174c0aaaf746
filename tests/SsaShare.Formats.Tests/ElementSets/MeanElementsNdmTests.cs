using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Element sets as messages in KVN and XML, and back (reference data: ccsds/, obs/orbdtools/, sgp4/).</summary>
public sealed class MeanElementsNdmTests
{
    private static readonly FormatWriteOptions Options = new() { FileName = "out", Now = TestFiles.Now };

    /// <summary>CelesTrak leaves the date and originator of its messages empty, which the standard does not allow.</summary>
    [Theory]
    [InlineData("ccsds/omm-encodings/kvn_visual.txt", NdmSyntax.Kvn, 148)]
    [InlineData("ccsds/omm-encodings/xml_stations.xml", NdmSyntax.Xml, 27)]
    [InlineData("sgp4/sample_omm.xml", NdmSyntax.Xml, 1)]
    [InlineData("ccsds/bluebook/kvn/omm_g7.kvn", NdmSyntax.Kvn, 1)]
    public void Messages_AsEveryForm_ReadBackEqual(string path, NdmSyntax syntax, int sets)
    {
        var values = FromMessages(ElementFiles.Reference(path), syntax, ReadMode.Lenient);
        Assert.Equal(sets, values.Count);
        foreach (var format in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
        {
            var (bytes, issues) = ElementFiles.Write(format, values);
            Assert.Empty(issues);
            Assert.Equal(values, ElementFiles.Values(ElementFiles.Read(format, bytes)));
        }
        foreach (var other in Enum.GetValues<NdmSyntax>())
            Assert.Equal(values, FromMessages(AsMessages(values, other), other, ReadMode.Strict).Select(WithoutHeader(values)));
    }

    [Fact]
    public void Sample_InCsvAndXml_IsOneObject()
        => Assert.Equal(ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, ElementFiles.Reference("sgp4/sample_omm.csv"))), FromMessages(ElementFiles.Reference("sgp4/sample_omm.xml"), NdmSyntax.Xml, ReadMode.Lenient));

    /// <summary>Lines to messages in KVN, XML and JSON to flat JSON to lines. A message must have a name: that of sets without one is UNKNOWN.</summary>
    [Theory]
    [InlineData("obs/orbdtools/test1/tle_20220524.txt", 4_905)]
    [InlineData("ccsds/omm-encodings/tle_last-30-days.txt", 285)]
    public void Lines_ThroughEveryForm_AreTheSame(string path, int sets)
    {
        var values = ElementFiles.Values(ElementFiles.Read(ElementFormats.ThreeLine, ElementFiles.Reference(path)));
        var kvn = FromMessages(AsMessages(values, NdmSyntax.Kvn), NdmSyntax.Kvn, ReadMode.Strict);
        var xml = FromMessages(AsMessages(kvn, NdmSyntax.Xml), NdmSyntax.Xml, ReadMode.Strict);
        var own = FromMessages(AsMessages(xml, NdmSyntax.Json), NdmSyntax.Json, ReadMode.Strict);
        var json = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, ElementFiles.Write(ElementFormats.OmmJson, own).Bytes));
        Assert.Equal(sets, json.Count);
        Assert.Equal(values.Select(elements => elements with { ObjectName = elements.ObjectName ?? "UNKNOWN" }), json.Select(elements => elements with { Further = FurtherFields.None }));
        Assert.Equal(Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.Tle, values).Bytes), Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.Tle, json).Bytes));
    }

    [Fact]
    public void Further_CommentsCovarianceAndOwnColumns_SurviveTheMessage()
    {
        var fields = OdmKeywords.Covariance.Select((one, i) => new FurtherField(one.Keyword, $"{i}"))
            .Concat([new("COMMENT", "one | two"), new("COV_REF_FRAME", "TEME"), new("MASS", "5"), new("GP_ID", "7"), new("USER_DEFINED_COLOUR", "red"), new("MESSAGE_ID", "x"), new("ORIGINATOR", "A"), new("CREATION_DATE", "2026-01-01T00:00:00")]);
        var elements = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Iss)).Single() with { ObjectName = "ISS", Further = new FurtherFields(fields) };
        foreach (var syntax in Enum.GetValues<NdmSyntax>())
        {
            byte[] bytes = AsMessages([elements], syntax);
            Assert.Contains("3.0", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal([elements], FromMessages(bytes, syntax, ReadMode.Strict));
        }
    }

    [Fact]
    public void Sgp4Xp_AsMessage_IsOfVersionThreeAndComesBackAsLines()
    {
        string lines = ElementTexts.WithChecksums(ElementFiles.Iss.Replace(" 00000-0  10084-3 0", " 12345-2  20000-1 4", StringComparison.Ordinal));
        byte[] bytes = AsMessages(ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, lines)), NdmSyntax.Kvn);
        Assert.StartsWith("CCSDS_OMM_VERS = 3.0", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        var again = FromMessages(bytes, NdmSyntax.Kvn, ReadMode.Strict).Select(elements => elements with { ObjectName = null, Further = FurtherFields.None });
        Assert.Equal(lines, Encoding.ASCII.GetString(ElementFiles.Write(ElementFormats.Tle, again).Bytes));
    }

    [Fact]
    public void FromMessages_OtherKindOrTheory_IsRefusedAndTheNextTaken()
    {
        string text = $"{OdmText.Opm.Split("GM = ")[0]}\n{OdmText.Omm.Replace("SGP/SGP4", "DSST", StringComparison.Ordinal).Replace("MEAN_MOTION = 15.5", "SEMI_MAJOR_AXIS = 7000", StringComparison.Ordinal)}\n{OdmText.Omm}\n";
        var values = new List<MeanElements>();
        var issues = new List<ReadIssue>();
        var writer = MeanElementsNdm.FromNdm(new Collector(values), Options);
        foreach (var item in NdmFormats.Of("ndm", NdmSyntax.Kvn).Open!(new MemoryStream(Encoding.ASCII.GetBytes(text)), ElementFiles.Options()).Read())
        {
            Assert.Null(item.Issue);
            if (writer.Write(item.Value!) is { } issue) issues.Add(issue);
        }
        Assert.Equal(["opm", "MEAN_MOTION"], issues.Select(issue => issue.Field));
        Assert.Equal(45_001, Assert.Single(values).NoradCatId);
    }

    [Fact]
    public void ToMessage_WhatTheMessageMustHave_IsRefusedWhereItIsMissing()
    {
        var elements = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Iss)).Single() with { BStarPerEarthRadii = null };
        var issue = MeanElementsNdm.ToNdm(NdmFormats.Of("omm", NdmSyntax.Kvn).Create!(new MemoryStream(), Options), Options).Write(elements);
        Assert.Equal((IssueSeverity.Refused, "BSTAR"), (issue!.Severity, issue.Field));
    }

    /// <summary>Leaves out the header that a message must have where the values had none.</summary>
    private static Func<MeanElements, MeanElements> WithoutHeader(List<MeanElements> values)
    {
        bool had = values.Exists(elements => elements.Further.Find("ORIGINATOR") is not null);
        return elements => had ? elements : elements with { Further = new FurtherFields(elements.Further.Where(field => field.Keyword is not ("ORIGINATOR" or "CREATION_DATE"))) };
    }

    private static byte[] AsMessages(IEnumerable<MeanElements> values, NdmSyntax syntax)
    {
        using var stream = new MemoryStream();
        var to = NdmFormats.Of("omm", syntax).Create!(stream, Options);
        var writer = MeanElementsNdm.ToNdm(to, Options);
        foreach (var value in values) Assert.True(writer.Write(value) is null or { Severity: IssueSeverity.Notice, Field: "OBJECT_NAME" });
        writer.Complete();
        to.Complete();
        return stream.ToArray();
    }

    private static List<MeanElements> FromMessages(byte[] bytes, NdmSyntax syntax, ReadMode mode)
    {
        var values = new List<MeanElements>();
        var writer = MeanElementsNdm.FromNdm(new Collector(values), Options);
        foreach (var item in NdmFormats.Of("ndm", syntax).Open!(new MemoryStream(bytes), ElementFiles.Options(mode)).Read())
        {
            Assert.NotEqual(IssueSeverity.Refused, item.Issue?.Severity);
            if (item.Value is { } one) Assert.Null(writer.Write(one));
        }
        return values;
    }

    private sealed class Collector(List<MeanElements> values) : IFormatWriter<MeanElements>
    {
        public ReadIssue? Write(MeanElements value)
        {
            values.Add(value);
            return null;
        }

        public void Complete()
        {
        }
    }
}
