using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class TleWriterTests
{
    private static readonly MeanElements Iss = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Iss)).Single();

    [Fact]
    public void Write_Set_GivesItsLines() => Assert.Equal(ElementFiles.Iss, Write(Iss));

    [Fact]
    public void Write_Named_PutsTheNameBefore() => Assert.Equal($"0 ISS\n{ElementFiles.Iss}", Encoding.ASCII.GetString(ElementFiles.Write(ElementFormats.ThreeLine, [Iss with { ObjectName = "ISS" }]).Bytes));

    [Fact]
    public void Write_Nameless_ReadsBackNameless()
    {
        byte[] bytes = ElementFiles.Write(ElementFormats.ThreeLine, [Iss]).Bytes;
        Assert.Equal([Iss], ElementFiles.Values(ElementFiles.Read(ElementFormats.ThreeLine, bytes)));
    }

    public static TheoryData<string, MeanElements> Unwritable => new()
    {
        { "NORAD_CAT_ID", Iss with { NoradCatId = 340_000 } },
        { "NORAD_CAT_ID", Iss with { NoradCatId = 799_500_001 } },
        { "NORAD_CAT_ID", Iss with { NoradCatId = null } },
        { "MEAN_MOTION", Iss with { MeanMotionRevPerDay = 100 } },
        { "MEAN_MOTION", Iss with { MeanMotionRevPerDay = 1e-9 } },
        { "MEAN_MOTION", Iss with { MeanMotionRevPerDay = double.NaN } },
        { "ECCENTRICITY", Iss with { Eccentricity = 1 } },
        { "ECCENTRICITY", Iss with { Eccentricity = 0.99999999 } },
        { "INCLINATION", Iss with { InclinationDeg = 180.001 } },
        { "INCLINATION", Iss with { InclinationDeg = -1 } },
        { "RA_OF_ASC_NODE", Iss with { RightAscensionOfNodeDeg = 361 } },
        { "MEAN_ANOMALY", Iss with { MeanAnomalyDeg = double.PositiveInfinity } },
        { "MEAN_MOTION_DOT", Iss with { MeanMotionDotRevPerDay2 = -1 } },
        { "BSTAR", Iss with { BStarPerEarthRadii = 1e9 } },
        { "BSTAR", Iss with { BStarPerEarthRadii = double.NaN } },
        { "BTERM", Iss with { BTermM2PerKg = 0.01 } },
        { "MEAN_ELEMENT_THEORY", Iss with { EphemerisType = 4 } },
        { "MEAN_ELEMENT_THEORY", Iss with { MeanElementTheory = "DSST" } },
        { "BSTAR", Iss with { EphemerisType = 4, MeanElementTheory = "SGP4-XP" } },
        { "EPHEMERIS_TYPE", Iss with { EphemerisType = 10 } },
        { "ELEMENT_SET_NO", Iss with { ElementSetNumber = 10_000 } },
        { "REV_AT_EPOCH", Iss with { RevolutionAtEpoch = 100_000 } },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(1956, 12, 31), 0) } },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(2057, 1, 1), 0) } },
        { "EPOCH", Iss with { Epoch = new ElementEpoch(new DateOnly(2016, 12, 31), 86_400_500_000_000) } },
        { "REF_FRAME", Iss with { ReferenceFrame = "EME2000" } },
        { "TIME_SYSTEM", Iss with { TimeSystem = "TAI" } },
        { "CLASSIFICATION_TYPE", Iss with { ClassificationType = '\n' } },
    };

    [Theory, MemberData(nameof(Unwritable))]
    public void Write_WhatColumnsCannotHold_IsRefusedAndNothingWritten(string field, MeanElements elements)
    {
        var (bytes, issues) = ElementFiles.Write(ElementFormats.Tle, [elements, Iss]);
        var issue = Assert.Single(issues);
        Assert.Equal((IssueSeverity.Refused, field, 1), (issue.Severity, issue.Field, issue.Line));
        Assert.Equal(ElementFiles.Iss, Encoding.ASCII.GetString(bytes));
    }

    public static TheoryData<string, MeanElements> Rounded => new()
    {
        { "ECCENTRICITY", Iss with { Eccentricity = 0.00074971 } },
        { "MEAN_MOTION", Iss with { MeanMotionRevPerDay = 15.492831534 } },
        { "BSTAR", Iss with { BStarPerEarthRadii = 0.100841e-3 } },
        { "MEAN_MOTION_DOT", Iss with { MeanMotionDotRevPerDay2 = 0.5164049e-4 } },
        { "EPOCH", Iss with { Epoch = Iss.Epoch with { NanosecondOfDay = Iss.Epoch.NanosecondOfDay + 1_000 } } },
        { "OBJECT_NAME", Iss with { ObjectName = "ISS" } },
        { "OBJECT_ID", Iss with { ObjectId = "1898-067A" } },
        { "COMMENT", Iss with { Further = new FurtherFields([new FurtherField("COMMENT", "x")]) } },
        { "MEAN_ANOMALY", Iss with { MeanAnomalyDeg = -79.1578 } },
    };

    [Theory, MemberData(nameof(Rounded))]
    public void Write_WhatColumnsHoldInPart_IsWrittenWithANotice(string field, MeanElements elements)
    {
        var (bytes, issues) = ElementFiles.Write(ElementFormats.Tle, [elements]);
        var issue = Assert.Single(issues);
        Assert.Equal((IssueSeverity.Notice, field), (issue.Severity, issue.Field));
        Assert.Equal(field == "OBJECT_ID" ? Iss with { ObjectId = null } : Iss, Assert.Single(ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, bytes))));
    }

    [Fact]
    public void Write_EpochThatRoundsToMidnight_IsTheNextDay()
    {
        var (bytes, _) = ElementFiles.Write(ElementFormats.Tle, [Iss with { Epoch = new ElementEpoch(new DateOnly(2025, 12, 31), 86_399_999_999_999) }]);
        Assert.Contains("26001.00000000", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RandomValuesThatFit_ReadBackEqual()
    {
        var random = new Random(20_261_122);
        var values = new List<MeanElements>();
        for (int i = 0; i < 40 * SsaShare.Tests.Nightly.PropertyCases; i++) values.Add(ElementTexts.Random(random));
        var (bytes, issues) = ElementFiles.Write(ElementFormats.Tle, values);
        Assert.Empty(issues.Take(3));
        Assert.Equal(values, ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, bytes)));
    }

    private static string Write(MeanElements elements)
    {
        var (bytes, issues) = ElementFiles.Write(ElementFormats.Tle, [elements]);
        Assert.Empty(issues);
        return Encoding.ASCII.GetString(bytes);
    }
}
