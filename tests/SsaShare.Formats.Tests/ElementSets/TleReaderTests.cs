using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class TleReaderTests
{
    [Fact]
    public void Read_NamedSet_GivesEveryField()
    {
        var item = Assert.Single(ElementFiles.Read(ElementFormats.ThreeLine, $"0 ISS (ZARYA)\r\n{ElementFiles.Iss.Replace("\n", "  \r\n", StringComparison.Ordinal)}"));
        Assert.Equal(1, item.Line);
        Assert.Equal(
            new MeanElements
            {
                ObjectName = "ISS (ZARYA)", ObjectId = "1998-067A", NoradCatId = 25_544, ClassificationType = 'U', EphemerisType = 0, ElementSetNumber = 999, RevolutionAtEpoch = 56_746,
                Epoch = new ElementEpoch(new DateOnly(2026, 5, 20), 44_934_271_776_000), MeanMotionRevPerDay = 15.49283153, Eccentricity = 0.0007497, InclinationDeg = 51.6328,
                RightAscensionOfNodeDeg = 77.0641, ArgumentOfPericenterDeg = 79.341, MeanAnomalyDeg = 280.8422, BStarPerEarthRadii = 0.10084e-3, MeanMotionDotRevPerDay2 = 0.5164e-4, MeanMotionDDotRevPerDay3 = 0,
            },
            item.Value);
    }

    [Theory]
    [InlineData("A0000", 100_000)]
    [InlineData("H9999", 179_999)]
    [InlineData("J0000", 180_000)]
    [InlineData("P0001", 230_001)]
    [InlineData("T0000", 270_000)]
    [InlineData("Z9999", 339_999)]
    [InlineData("99999", 99_999)]
    [InlineData("    5", 5)]
    [InlineData("00005", 5)]
    public void CatalogNumber_Columns_AreReadAndWritten(string columns, long number)
    {
        Assert.True(CatalogNumber.TryReadAlpha5(Encoding.ASCII.GetBytes(columns), out long found));
        Assert.Equal(number, found);
        byte[] written = new byte[5];
        Assert.True(CatalogNumber.TryWriteAlpha5(number, written));
        Assert.Equal(columns.Replace(' ', '0'), Encoding.ASCII.GetString(written));
    }

    [Theory]
    [InlineData("I0000")]
    [InlineData("O0000")]
    [InlineData("a0000")]
    [InlineData("AB000")]
    [InlineData("A 000")]
    [InlineData("1 000")]
    [InlineData("     ")]
    [InlineData("-0001")]
    public void CatalogNumber_OtherColumns_AreNone(string columns) => Assert.False(CatalogNumber.TryReadAlpha5(Encoding.ASCII.GetBytes(columns), out _));

    [Fact]
    public void CatalogNumber_EveryOneThatFits_ReadsBack()
    {
        byte[] columns = new byte[5];
        for (long number = 0; number <= CatalogNumber.Alpha5Max; number++)
            Assert.True(CatalogNumber.TryWriteAlpha5(number, columns) && CatalogNumber.TryReadAlpha5(columns, out long again) && again == number);
        Assert.False(CatalogNumber.TryWriteAlpha5(CatalogNumber.Alpha5Max + 1, columns));
    }

    /// <param name="from">What is changed in the set, whose checksums are then made right.</param>
    [Theory]
    [InlineData("25544U", "2554XU", 1, 3, "NORAD_CAT_ID")]
    [InlineData("25544U", "25545U", 2, 3, "NORAD_CAT_ID")]
    [InlineData("25544U", "25544u", 1, 8, "CLASSIFICATION_TYPE")]
    [InlineData("98067A  ", "98X67A  ", 1, 10, "OBJECT_ID")]
    [InlineData("26140.", "26000.", 1, 19, "EPOCH")]
    [InlineData("26140.", "26366.", 1, 19, "EPOCH")]
    [InlineData("26140.", "26140,", 1, 19, "EPOCH")]
    [InlineData(" .00005164", "0.00005164", 1, 34, "MEAN_MOTION_DOT")]
    [InlineData(" 10084-3", " 1008A-3", 1, 54, "BSTAR")]
    [InlineData(" 00000-0", " 00000x0", 1, 45, "MEAN_MOTION_DDOT")]
    [InlineData("-3 0  999", "-3 X  999", 1, 63, "EPHEMERIS_TYPE")]
    [InlineData("-3 0  999", "-3 0  9-9", 1, 65, "ELEMENT_SET_NO")]
    [InlineData("-3 0  999", "-30    999", 1, 62, "line")]
    [InlineData(" 51.6328", "181.6328", 2, 9, "INCLINATION")]
    [InlineData(" 77.0641", "377.0641", 2, 18, "RA_OF_ASC_NODE")]
    [InlineData("0007497", "00.7497", 2, 27, "ECCENTRICITY")]
    [InlineData(" 79.3410", " 79.341 ", 2, 35, "ARG_OF_PERICENTER")]
    [InlineData("280.8422", "2 0.8422", 2, 44, "MEAN_ANOMALY")]
    [InlineData("15.49283153", " 0.00000000", 2, 53, "MEAN_MOTION")]
    [InlineData("56746", "5674A", 2, 64, "REV_AT_EPOCH")]
    public void Read_WrongField_IsRefusedWithLineAndColumn(string from, string to, long line, int column, string field)
    {
        var items = ElementFiles.Read(ElementFormats.Tle, ElementTexts.WithChecksums(ElementFiles.Iss.Replace(from, to, StringComparison.Ordinal)) + ElementFiles.Iss);
        var refusal = Assert.Single(ElementFiles.Refusals(items));
        Assert.Equal((line, column, field), (refusal.Line, refusal.Column, refusal.Field));
        Assert.Single(ElementFiles.Values(items));
        Assert.Equal(2, Encoding.ASCII.GetString(items.Single(item => item.Refused is not null).Refused!.Text.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>A digit changed anywhere in the 68 columns is noticed, in either mode.</summary>
    [Fact]
    public void Read_AnyDigitChanged_IsRefused()
    {
        for (int at = 0; at < ElementFiles.Iss.Length; at++)
        {
            if (!char.IsAsciiDigit(ElementFiles.Iss[at]) || at is 0 or 70) continue;
            string changed = $"{ElementFiles.Iss[..at]}{(ElementFiles.Iss[at] - '0' + 1) % 10}{ElementFiles.Iss[(at + 1)..]}";
            var items = ElementFiles.Read(ElementFormats.Tle, changed, ReadMode.Lenient);
            Assert.Empty(ElementFiles.Values(items));
            Assert.Contains(ElementFiles.Refusals(items), issue => issue.Field == "CHECKSUM" && issue.Line == (at < 70 ? 1 : 2));
        }
    }

    [Fact]
    public void Read_LostLines_RefuseTheirOwnSetOnly()
    {
        string[] lines = ElementFiles.Iss.TrimEnd().Split('\n');
        string text = $"A\n{lines[0]}\nB\n{lines[0]}\n{lines[1]}\n{lines[1]}\nC\nD\n{lines[0]}\n{lines[1]}\n{lines[0][..60]}\n{lines[1]}\n{lines[0]}\n";
        var items = ElementFiles.Read(ElementFormats.ThreeLine, text);
        Assert.Equal(["B", "D"], ElementFiles.Values(items).Select(elements => elements.ObjectName));
        Assert.Equal([2L, 6, 7, 11, 13], ElementFiles.Refusals(items).Select(issue => issue.Line));
        Assert.Equal(5, items.Count(item => item.Refused is not null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("OBJECT_NAME,EPOCH\nA,B\n")]
    [InlineData("{\n\"a\": 1\n}\n")]
    public void Read_OtherFile_IsRefusedAsAWhole(string text)
    {
        var items = ElementFiles.Read(ElementFormats.Tle, text);
        Assert.Equal("file", items.First(item => item.Issue is not null).Issue!.Field, ignoreCase: true);
        Assert.Single(items, item => item.Refused is not null);
    }

    [Theory]
    [InlineData(57, 1957)]
    [InlineData(99, 1999)]
    [InlineData(0, 2000)]
    [InlineData(26, 2026)]
    [InlineData(56, 2056)]
    public void Years_Today_AreFrom1957To2056(int twoDigits, int year) => Assert.Equal(year, new TleYears(TestFiles.Now).Of(twoDigits));

    [Fact]
    public void Years_LongAfter_EndWithTheNextYear()
    {
        var years = new TleYears(Utc.FromDateTime(new DateTimeOffset(2063, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal((2064, 1965, 2000), (years.Of(64), years.Of(65), years.Of(0)));
    }

    [Fact]
    public void Read_Sgp4Xp_TakesTheColumnsOfDragForItsOwnTerms()
    {
        string text = ElementTexts.WithChecksums(ElementFiles.Iss.Replace(" 00000-0  10084-3 0", " 12345-2  20000-1 4", StringComparison.Ordinal));
        var elements = Assert.Single(ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, text)));
        Assert.Equal(("SGP4-XP", 4, null, null, 0.0012345, 0.02), (elements.MeanElementTheory, elements.EphemerisType, elements.BStarPerEarthRadii, elements.MeanMotionDDotRevPerDay3, elements.AgomM2PerKg, elements.BTermM2PerKg));
        Assert.Equal(text, Encoding.ASCII.GetString(ElementFiles.Write(ElementFormats.Tle, [elements]).Bytes));
    }
}
