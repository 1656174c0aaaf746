using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class OmmTableReaderTests
{
    private const string Header = "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT";
    private const string Row = "VANGUARD 1,1958-002B,2020-10-13T04:52:48.472320,10.84869164,.1845686,34.2443,225.5254,162.2516,205.2356,0,U,5,999,21814,-.22483E-4,-1.6E-7,0";

    /// <summary>One object as Space-Track's class gp gives it: every value is a text, or null.</summary>
    private const string SpaceTrack = """
        [{"CCSDS_OMM_VERS":"3.0","COMMENT":"GENERATED VIA SPACE-TRACK.ORG API","CREATION_DATE":"2026-05-20T18:26:19","ORIGINATOR":"18 SPCS","OBJECT_NAME":"VANGUARD 1","OBJECT_ID":"1958-002B",
        "CENTER_NAME":"EARTH","REF_FRAME":"TEME","TIME_SYSTEM":"UTC","MEAN_ELEMENT_THEORY":"SGP4","EPOCH":"2020-10-13T04:52:48.472320","MEAN_MOTION":"10.84869164","ECCENTRICITY":"0.18456860",
        "INCLINATION":"34.2443","RA_OF_ASC_NODE":"225.5254","ARG_OF_PERICENTER":"162.2516","MEAN_ANOMALY":"205.2356","EPHEMERIS_TYPE":"0","CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":"5",
        "ELEMENT_SET_NO":"999","REV_AT_EPOCH":"21814","BSTAR":"-0.00002248300000","MEAN_MOTION_DOT":"-0.00000016","MEAN_MOTION_DDOT":"0.0000000000000","SEMIMAJOR_AXIS":"8620.273","PERIOD":"132.735",
        "APOAPSIS":"3833.176","PERIAPSIS":"651.100","OBJECT_TYPE":"PAYLOAD","RCS_SIZE":"SMALL","COUNTRY_CODE":"US","LAUNCH_DATE":"1958-03-17","SITE":"AFETR","DECAY_DATE":null,"FILE":"2859217",
        "GP_ID":"164131345","TLE_LINE0":"0 VANGUARD 1","TLE_LINE1":"1 00005U","TLE_LINE2":"2 00005"}]
        """;

    private static readonly MeanElements Vanguard = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, $"{Header}\n{Row}\n")).Single();

    [Fact]
    public void Read_Row_GivesEveryField() => Assert.Equal(
        new MeanElements
        {
            ObjectName = "VANGUARD 1", ObjectId = "1958-002B", NoradCatId = 5, ClassificationType = 'U', EphemerisType = 0, ElementSetNumber = 999, RevolutionAtEpoch = 21_814,
            Epoch = new ElementEpoch(new DateOnly(2020, 10, 13), 17_568_472_320_000), MeanMotionRevPerDay = 10.84869164, Eccentricity = 0.1845686, InclinationDeg = 34.2443,
            RightAscensionOfNodeDeg = 225.5254, ArgumentOfPericenterDeg = 162.2516, MeanAnomalyDeg = 205.2356, BStarPerEarthRadii = -0.22483e-4, MeanMotionDotRevPerDay2 = -1.6e-7, MeanMotionDDotRevPerDay3 = 0,
        },
        Vanguard);

    [Fact]
    public void Read_ColumnsInAnyOrder_GiveTheSame()
    {
        string text = string.Join('\n', new[] { Header, Row }.Select(line => string.Join(',', line.Split(',').Reverse())));
        Assert.Equal([Vanguard], ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, text)));
    }

    [Fact]
    public void Read_QuotedCells_AreUnquotedAndWrittenBack()
    {
        var items = ElementFiles.Read(ElementFormats.OmmCsv, $"\"OBJECT_NAME\",{Header[12..]}\r\n\"A, \"\"B\"\" C\",\"1958-002B\"{Row[20..]}\r\n\r\n");
        var elements = Assert.Single(ElementFiles.Values(items));
        Assert.Equal(Vanguard with { ObjectName = "A, \"B\" C" }, elements);
        Assert.Equal([elements], ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, ElementFiles.Write(ElementFormats.OmmCsv, [elements]).Bytes)));
    }

    [Fact]
    public void Read_SpaceTracksTexts_GiveTheSameNumbersAndKeepTheOtherColumns()
    {
        var elements = Assert.Single(ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, SpaceTrack)));
        Assert.Equal(Vanguard, elements with { Further = FurtherFields.None });
        Assert.Equal(("164131345", null, 19), (elements.Further.Find("GP_ID"), elements.Further.Find("DECAY_DATE"), elements.Further.Count));
        foreach (var format in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
        {
            var (bytes, issues) = ElementFiles.Write(format, [elements, elements]);
            Assert.Empty(issues);
            Assert.Equal([elements, elements], ElementFiles.Values(ElementFiles.Read(format, bytes)));
        }
    }

    [Theory]
    [InlineData("10.84869164", "", "MEAN_MOTION")]
    [InlineData("10.84869164", "0", "MEAN_MOTION")]
    [InlineData(".1845686", "1.0", "ECCENTRICITY")]
    [InlineData("34.2443", "180.5", "INCLINATION")]
    [InlineData("225.5254", "-361", "RA_OF_ASC_NODE")]
    [InlineData("162.2516", "1e999", "ARG_OF_PERICENTER")]
    [InlineData("205.2356", "NaN", "MEAN_ANOMALY")]
    [InlineData("2020-10-13T04", "2020-10-32T04", "EPOCH")]
    [InlineData("04:52:48", "04:52:61", "EPOCH")]
    [InlineData(",5,999", ",1000000000,999", "NORAD_CAT_ID")]
    [InlineData(",5,999", ",T0001,999", "NORAD_CAT_ID")]
    [InlineData(",U,", ",UU,", "CLASSIFICATION_TYPE")]
    [InlineData(",0,U", ",-1,U", "EPHEMERIS_TYPE")]
    [InlineData("VANGUARD", "VANG\"UARD", "OBJECT_NAME")]
    [InlineData("VANGUARD", "VANG\tUARD", "OBJECT_NAME")]
    public void Read_WrongCell_RefusesItsRowOnly(string from, string to, string field)
    {
        var items = ElementFiles.Read(ElementFormats.OmmCsv, $"{Header}\n{Row}\n{Row.Replace(from, to, StringComparison.Ordinal)}\n{Row}\n");
        var refusal = Assert.Single(ElementFiles.Refusals(items));
        Assert.Equal((3L, field), (refusal.Line, refusal.Field));
        Assert.Equal([2L, 4], items.Where(item => item.Value is not null).Select(item => item.Line));
        var part = Assert.Single(items, item => item.Refused is not null).Refused!;
        Assert.Equal($"{Header}\n{Row.Replace(from, to, StringComparison.Ordinal)}", Encoding.ASCII.GetString([.. part.Before.Span, .. part.Text.Span]));
    }

    [Theory]
    [InlineData("A,B", "line")]
    [InlineData("\"A,1958-002B,2020", "OBJECT_NAME")]
    public void Read_RowWithOtherCells_IsRefused(string row, string field)
    {
        var items = ElementFiles.Read(ElementFormats.OmmCsv, $"{Header}\n{row}\n{Row}\n");
        Assert.Contains(ElementFiles.Refusals(items), issue => issue.Field == field && issue.Line == 2);
        Assert.Equal([Vanguard], ElementFiles.Values(items));
    }

    [Fact]
    public void Read_UnknownColumn_IsRefusedStrictlyAndKeptLeniently()
    {
        string text = $"{Header},COLOUR\n{Row},red\n{Row},\n";
        var strict = ElementFiles.Read(ElementFormats.OmmCsv, text);
        Assert.Equal(["COLOUR", "header"], ElementFiles.Refusals(strict).Select(issue => issue.Field));
        Assert.True(Assert.Single(strict, item => item.Refused is not null).Refused!.IsWholeFile);
        var lenient = ElementFiles.Read(ElementFormats.OmmCsv, text, ReadMode.Lenient);
        Assert.Equal(["red", null], ElementFiles.Values(lenient).Select(elements => elements.Further.Find("COLOUR")));
        Assert.Equal("COLOUR", Assert.Single(lenient, item => item.Issue is not null).Issue!.Field);
    }

    [Theory]
    [InlineData("", "file")]
    [InlineData("a,b\n1,2\n", "a b file")]
    [InlineData("OBJECT_NAME,EPOCH\nA,2020-01-01T00:00:00\n", "header")]
    public void Read_OtherCsv_IsRefusedAsAWhole(string text, string fields)
    {
        var items = ElementFiles.Read(ElementFormats.OmmCsv, text);
        Assert.Equal(fields, string.Join(' ', ElementFiles.Refusals(items).Select(issue => issue.Field)));
        Assert.True(Assert.Single(items, item => item.Refused is not null).Refused!.IsWholeFile);
    }

    [Fact]
    public void Json_DamagedObjects_DoNotHideTheNext()
    {
        string good = Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.OmmJson, [Vanguard]).Bytes).Trim('[', ']', '\n');
        string[] damaged =
        [
            good.Replace("\"EPOCH\":", "\"EPOCH\"", StringComparison.Ordinal), good.Replace("\"OBJECT_NAME\"", "\"OBJECT_NAME", StringComparison.Ordinal), good[..^1], good[..40],
            good.Replace(":999,", ":{\"a\":1},", StringComparison.Ordinal), good.Replace(":999,", ":[1],", StringComparison.Ordinal), good.Replace("\"VANGUARD 1\"", "\"\\ud800\"", StringComparison.Ordinal),
            good.Replace("10.84869164", "\"x\"", StringComparison.Ordinal), good.Replace("\"BSTAR\"", "\"EPOCH\"", StringComparison.Ordinal), "{}", "12",
        ];
        foreach (string bad in damaged)
        {
            Assert.True(ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, $"[{good},{bad},{good}]")).Count == 2, bad);
            var items = ElementFiles.Read(ElementFormats.OmmJson, $"[\n{good},\n{bad},\n{good}\n]\n");
            Assert.True(ElementFiles.Values(items).Count == 2, bad);
            Assert.All(ElementFiles.Refusals(items), issue => Assert.InRange(issue.Line, 3, 4));
            Assert.NotEmpty(ElementFiles.Refusals(items));
        }
    }

    [Theory]
    [InlineData("[{0}]", 1, "")]
    [InlineData("{0}", 1, "")]
    [InlineData("[]", 0, "")]
    [InlineData("\n[ {0} ,\n {0} ]\n", 2, "")]
    [InlineData("{0}\n{0}\n{0}\n", 3, "file")]
    [InlineData("[{0}{0}]", 2, "file")]
    [InlineData("[{0},]", 1, "file")]
    [InlineData("[{0}]]", 1, "file")]
    [InlineData("[{0}", 1, "object")]
    [InlineData("[{0},{", 1, "object")]
    [InlineData("", 0, "file")]
    [InlineData("hello", 0, "file")]
    [InlineData("12", 0, "file")]
    public void Json_ObjectsInAnArrayOrOne_AreTaken(string form, int sets, string fault)
    {
        string good = Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.OmmJson, [Vanguard]).Bytes).Trim('[', ']', '\n');
        var items = ElementFiles.Read(ElementFormats.OmmJson, form.Replace("{0}", good, StringComparison.Ordinal));
        Assert.Equal(sets, ElementFiles.Values(items).Count);
        Assert.Equal(fault, string.Join(' ', ElementFiles.Refusals(items).Select(issue => issue.Field).Distinct()));
    }

    [Fact]
    public void Json_FieldOfALaterLine_IsToldWithItsLineAndColumn()
    {
        var refusal = Assert.Single(ElementFiles.Refusals(ElementFiles.Read(ElementFormats.OmmJson, SpaceTrack.Replace("\"205.2356\"", "\"x\"", StringComparison.Ordinal))));
        Assert.Equal((3L, "MEAN_ANOMALY", 84), (refusal.Line, refusal.Field, refusal.Column));
    }

    [Fact]
    public void Write_NineDigitNumber_ReadsBack()
    {
        var elements = Vanguard with { NoradCatId = 799_500_001, ObjectId = null };
        foreach (var format in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
            Assert.Equal([elements], ElementFiles.Values(ElementFiles.Read(format, ElementFiles.Write(format, [elements]).Bytes)));
    }

    [Fact]
    public void WriteCsv_ANumberThatIsNotKnown_IsAnEmptyCellToldOnce()
    {
        var elements = Vanguard with { EphemerisType = null, RevolutionAtEpoch = null };
        var (bytes, issues) = ElementFiles.Write(ElementFormats.OmmCsv, [Vanguard, elements, elements]);
        Assert.Equal((IssueSeverity.Notice, "EPHEMERIS_TYPE", 3L), (issues.Single().Severity, issues.Single().Field, issues.Single().Line));
        Assert.Equal([Vanguard, elements, elements], ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, bytes)));
    }

    [Fact]
    public void WriteCsv_LaterValueInAnotherFrame_IsRefused()
    {
        var (bytes, issues) = ElementFiles.Write(ElementFormats.OmmCsv, [Vanguard, Vanguard with { ReferenceFrame = "EME2000" }, Vanguard with { Further = new FurtherFields([new FurtherField("SITE", "AFETR")]) }]);
        Assert.Equal([(IssueSeverity.Refused, "REF_FRAME"), (IssueSeverity.Notice, "SITE")], issues.Select(issue => (issue.Severity, issue.Field)));
        Assert.Equal([Vanguard, Vanguard], ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, bytes)));
    }

    [Theory]
    [InlineData(double.NaN, "x")]
    [InlineData(1, "a\nb")]
    public void Write_WhatNoFileHolds_IsRefused(double drag, string name)
    {
        foreach (var format in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
            Assert.Equal(IssueSeverity.Refused, Assert.Single(ElementFiles.Write(format, [Vanguard with { BStarPerEarthRadii = drag, ObjectName = name }]).Issues).Severity);
    }

    /// <summary>Wherever the bytes of a file are cut on their way, damaged ones too, the same comes out.</summary>
    [Theory]
    [InlineData("{0},{1},{0}")]
    [InlineData("{0},{\"a\":\"\\\",{0},{{,{1}")]
    [InlineData("\uFEFF[{0},\n {\"EPOCH\":\"x\\u00e9\\\"}\"} ,{1}]")]
    public async Task Json_ByteAfterByte_GivesTheSame(string form)
    {
        string good = Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.OmmJson, [Vanguard with { ObjectName = "é {\"} \\" }]).Bytes).Trim('[', ']', '\n');
        byte[] bytes = Encoding.UTF8.GetBytes(form.Replace("{0}", good, StringComparison.Ordinal).Replace("{1}", SpaceTrack.Trim('[', ']'), StringComparison.Ordinal));
        var expected = ElementFiles.Read(ElementFormats.OmmJson, bytes);
        var items = new List<FormatItem<MeanElements>>();
        await foreach (var item in ElementFormats.OmmJson.Open!(new SlowStream(bytes), ElementFiles.Options()).ReadAsync(TestContext.Current.CancellationToken)) items.Add(item);
        Assert.InRange(ElementFiles.Values(items).Count, 2, 3);
        Assert.Equal(expected.Select(item => (item.Value, item.Issue, item.Line, item.Refused is null)), items.Select(item => (item.Value, item.Issue, item.Line, item.Refused is null)));
    }

    /// <summary>Any number, and texts with all that must be quoted or escaped.</summary>
    [Fact]
    public void Write_RandomValues_ReadBackEqual()
    {
        var random = new Random(20_261_122);
        var values = new List<MeanElements>();
        for (int i = 0; i < 20 * SsaShare.Tests.Nightly.PropertyCases; i++) values.Add(RandomElements(random));
        foreach (var format in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
        {
            var (bytes, issues) = ElementFiles.Write(format, values);
            Assert.Empty(issues.Where(issue => issue.Severity == IssueSeverity.Refused).Take(3));
            Assert.Equal(values, ElementFiles.Values(ElementFiles.Read(format, bytes)));
        }
    }

    private static MeanElements RandomElements(Random random) => new()
    {
        ObjectName = RandomText(random),
        ObjectId = RandomText(random),
        NoradCatId = random.Next(3) == 0 ? null : random.Next(1_000_000_000),
        Epoch = new ElementEpoch(new DateOnly(1900, 1, 1).AddDays(random.Next(128_000)), random.NextInt64(86_401_000_000_000)),
        MeanMotionRevPerDay = random.NextDouble() * Math.Pow(10, random.Next(-5, 5)) + double.Epsilon,
        Eccentricity = random.NextDouble(),
        InclinationDeg = random.NextDouble() * 180,
        RightAscensionOfNodeDeg = (random.NextDouble() - 0.5) * 720,
        ArgumentOfPericenterDeg = (random.NextDouble() - 0.5) * 720,
        MeanAnomalyDeg = (random.NextDouble() - 0.5) * 720,
        BStarPerEarthRadii = random.Next(3) == 0 ? null : BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : -0.0,
        MeanMotionDotRevPerDay2 = random.Next(3) == 0 ? null : random.NextDouble(),
        ReferenceFrame = random.Next(2) == 0 ? "GCRF" : "EME2000",
        BTermM2PerKg = random.NextDouble(),
        AgomM2PerKg = random.NextDouble(),
        CenterName = "MARS",
        TimeSystem = "TAI",
        MeanElementTheory = "OTHER",
        Further = new FurtherFields([new FurtherField("SITE", RandomText(random)), new FurtherField("GP_ID", RandomText(random))]),
    };

    /// <summary>Never empty, no blanks at its ends.</summary>
    private static string? RandomText(Random random)
    {
        const string Letters = "ABC ,\"'\\{}[]:;#éλ🛰/=<>&0";
        var text = new StringBuilder();
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            int at = random.Next(Letters.Length);
            if (!char.IsSurrogate(Letters[at])) text.Append(Letters[at]);
        }
        string trimmed = text.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }
}
