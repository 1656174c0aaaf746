using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class ElementSetReaderTests
{
    private static readonly MeanElements Iss = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Iss)).Single();

    [Fact]
    public void Read_AnyFormat_GivesTheSameElements()
    {
        foreach (var format in new[] { ElementFormats.Tle, ElementFormats.ThreeLine, ElementFormats.OmmCsv, ElementFormats.OmmJson })
        {
            var elements = Assert.Single(Read(format, [Iss])).Value!;
            Assert.Equal(("25544", 15.49283153, 0.0007497, 0.10084e-3), (elements.ObjectTag, elements.MeanMotionRevPerDay, elements.Eccentricity, elements.BStarPerEarthRadii));
            Assert.Equal("2026-05-20T12:28:54.271776Z", elements.Epoch.ToString());
            Assert.Equal(51.6328 * Math.PI / 180, elements.InclinationRad, 1e-15);
        }
    }

    /// <summary>The message in KVN and the same as CSV are one record: what is published does not depend on the form.</summary>
    [Fact]
    public void Read_SameSetAsMessage_GivesTheSameElements()
    {
        const string Csv = "OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,CLASSIFICATION_TYPE,NORAD_CAT_ID,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n"
            + "2020-001A,2026-121T12:00:00.5,15.5,.0007,51.64,270,-90,180,U,45001,.12E-3,.15E-4,0\n";
        var item = Assert.Single(Read(ElementFormats.OmmCsv, Encoding.ASCII.GetBytes(Csv)));
        Assert.Equal(OdmText.Read(OdmText.Omm).Single().Elements, item.Value);
    }

    public static TheoryData<string, MeanElements, bool> Refused => new()
    {
        { "MEAN_MOTION", Iss with { MeanMotionRevPerDay = 20.5 }, false },
        { "BSTAR", Iss with { BStarPerEarthRadii = null }, false },
        { "CLASSIFICATION_TYPE", Iss with { ClassificationType = 'S' }, false },
        { "EPHEMERIS_TYPE", Iss with { EphemerisType = 3 }, false },
        { "REF_FRAME", Iss with { ReferenceFrame = "EME2000" }, false },
        { "CENTER_NAME", Iss with { CenterName = "MOON" }, false },
        { "MEAN_ELEMENT_THEORY", Iss with { MeanElementTheory = "DSST" }, false },
        { "TIME_SYSTEM", Iss with { TimeSystem = "MJD" }, false },
        { "BTERM", Iss with { BTermM2PerKg = 0.1 }, false },
        { "AGOM", Iss with { AgomM2PerKg = 0.1 }, false },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(1971, 12, 31), 0) }, false },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(2020, 12, 31), 86_400_000_000_000) }, false },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(2027, 6, 1), 0) }, true },
        { "SEMI_MAJOR_AXIS", Iss with { Further = new FurtherFields([new FurtherField("SEMI_MAJOR_AXIS", "7000")]) }, false },
        { "REF_FRAME_EPOCH", Iss with { Further = new FurtherFields([new FurtherField("REF_FRAME_EPOCH", "2000-01-01T00:00:00")]) }, false },
        { "CLASSIFICATION", Iss with { Further = new FurtherFields([new FurtherField("CLASSIFICATION", "SECRET")]) }, false },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Read_WhatIsNotKept_IsRefusedAsItStood(string field, MeanElements elements, bool mayPass)
    {
        var items = Read(ElementFormats.OmmJson, [Iss, elements, Iss]);
        Assert.Equal(2, items.Count(item => item.Value is not null));
        var part = Assert.Single(items, item => item.Refused is not null).Refused!;
        var issue = Assert.Single(part.Issues);
        Assert.Equal((3L, field, mayPass), (issue.Line, issue.Field, issue.MayPass));
        Assert.Equal([elements], ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, [.. part.Before.Span, .. part.Text.Span, .. part.After.Span])));
    }

    [Fact]
    public void Read_LeapSecond_IsItsOwnInstant()
    {
        var items = Read(ElementFormats.OmmCsv, [Iss with { Epoch = new ElementEpoch(new DateOnly(2016, 12, 31), 86_400_500_000_000) }]);
        Assert.Equal("2016-12-31T23:59:60.500Z", items.Single().Value!.Epoch.ToString());
    }

    [Theory]
    [InlineData(null, "1998-067A", "ISS", "1998-067A")]
    [InlineData(0L, null, "ISS", "ISS")]
    [InlineData(null, null, "UNKNOWN", null)]
    [InlineData(799_500_001L, null, null, "799500001")]
    public void Read_Tag_IsTheNumberElseTheDesignatorElseTheName(long? number, string? id, string? name, string? tag)
        => Assert.Equal(tag, Read(ElementFormats.OmmJson, [Iss with { NoradCatId = number, ObjectId = id, ObjectName = name }]).Single().Value!.ObjectTag);

    [Fact]
    public void Read_RefusedPair_HasItsNameAndBothLines()
    {
        string bad = ElementTexts.WithChecksums(ElementFiles.Iss.Replace("25544U", "25544S", StringComparison.Ordinal));
        var items = Read(ElementFormats.ThreeLine, Encoding.ASCII.GetBytes($"0 ISS\n{bad}{ElementFiles.Iss}"));
        var part = Assert.Single(items, item => item.Refused is not null).Refused!;
        Assert.Equal(($"0 ISS\n{bad}", 2L, 8), (Encoding.ASCII.GetString(part.Text.Span), part.Issues.Single().Line, part.Issues.Single().Column));
        Assert.Single(items, item => item.Value is not null);
    }

    [Fact]
    public async Task ReadAsync_WholeCatalog_GivesWhatReadGives()
    {
        byte[] file = ElementFiles.Reference("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz");
        var items = new List<FormatItem<ElementSet>>();
        await foreach (var item in new ElementSetReader(new MemoryStream(file), ElementFormats.OmmCsv, ElementFiles.Options()).ReadAsync(TestContext.Current.CancellationToken)) items.Add(item);
        Assert.Equal(26_834, items.Count(item => item.Value is not null));
        Assert.Equal(new ElementSetReader(new MemoryStream(file), ElementFormats.OmmCsv, ElementFiles.Options()).Read(), items);
    }

    private static List<FormatItem<ElementSet>> Read(FileFormat<MeanElements> format, IEnumerable<MeanElements> values) => Read(format, ElementFiles.Write(format, values).Bytes);

    private static List<FormatItem<ElementSet>> Read(FileFormat<MeanElements> format, byte[] bytes) => [.. new ElementSetReader(new MemoryStream(bytes), format, ElementFiles.Options()).Read()];
}
