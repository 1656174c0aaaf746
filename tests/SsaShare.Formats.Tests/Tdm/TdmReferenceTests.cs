namespace SsaShare.Formats.Tests;

/// <summary>The Blue Book's own examples and Orekit's valid and deliberately invalid files (reference data, ccsds/).</summary>
public sealed class TdmReferenceTests
{
    [Fact]
    public void Read_RadarExampleOfTheBlueBook_GivesCryosatOverChilbolton()
    {
        var (_, items) = Read("bluebook/kvn/tdm_e17.kvn");
        var first = items.Find(item => item.Observation is not null).Observation!;

        // CORRECTION_RANGE = -1.48 is not applied in the file; RANGE is 2808.2696 km there and back.
        Assert.Equal((2808.2696 - 1.48) / 2, first.RangeKm!.Value, 1e-12);
        Assert.Equal((191.40208435 * Math.PI / 180, 25.44166756 * Math.PI / 180), (first.AzimuthRad!.Value, first.ElevationRad!.Value));
        Assert.Equal(("CAMRA", "CRYOSAT"), (first.Sensor.Value, first.ObjectTag));
        Assert.Equal("2011-05-11T10:26:33.261300Z", first.Epoch.ToString());
        // Seen so, it flies 717 km to 732 km high, as CryoSat does: the range is the whole path's.
        double radiusKm = Math.Sqrt(6365.2 * 6365.2 + first.RangeKm.Value * first.RangeKm.Value + 2 * 6365.2 * first.RangeKm.Value * Math.Sin(first.ElevationRad.Value));
        Assert.InRange(radiusKm - 6371, 690, 760);
    }

    [Theory]
    [InlineData("bluebook/kvn/tdm_e1.kvn", 0, "DATA_QUALITY")]
    [InlineData("bluebook/kvn/tdm_e2.kvn", 0, null)]
    [InlineData("bluebook/kvn/tdm_e3.kvn", 0, null)]
    [InlineData("bluebook/kvn/tdm_e4.kvn", 0, "RANGE_UNITS")]
    [InlineData("bluebook/kvn/tdm_e5.kvn", 0, "PATH")]
    [InlineData("bluebook/kvn/tdm_e6.kvn", 0, "PATH")]
    [InlineData("bluebook/kvn/tdm_e7.kvn", 0, "PATH")]
    [InlineData("bluebook/kvn/tdm_e8.kvn", 4, "ANGLE_TYPE")]
    [InlineData("bluebook/kvn/tdm_e9.kvn", 0, "TIMETAG_REF")]
    [InlineData("bluebook/kvn/tdm_e10.kvn", 0, "MODE")]
    [InlineData("bluebook/kvn/tdm_e11.kvn", 0, "MODE")]
    [InlineData("bluebook/kvn/tdm_e12.kvn", 0, "ANGLE_TYPE")]
    [InlineData("bluebook/kvn/tdm_e13.kvn", 0, "MODE")]
    [InlineData("bluebook/kvn/tdm_e14.kvn", 0, "MODE")]
    [InlineData("bluebook/kvn/tdm_e15.kvn", 0, "MODE")]
    [InlineData("bluebook/kvn/tdm_e16.kvn", 0, "ANGLE_TYPE")]
    [InlineData("bluebook/kvn/tdm_e17.kvn", 3, null)]
    [InlineData("bluebook/kvn/tdm_e18.kvn", 0, null)]
    [InlineData("bluebook/kvn/tdm_e19.kvn", 0, "RANGE_UNITS")]
    [InlineData("bluebook/kvn/tdm_e20.kvn", 0, null)]
    [InlineData("bluebook/kvn/tdm_e22.kvn", 0, "ANGLE_TYPE")]
    [InlineData("orekit/tdm/kvn/TDMExample2.txt", 0, null)]
    [InlineData("orekit/tdm/kvn/TDMExample4.txt", 0, "RANGE_UNITS")]
    [InlineData("orekit/tdm/kvn/TDMExample6.txt", 0, "PATH")]
    [InlineData("orekit/tdm/kvn/TDMExample8.txt", 0, "ANGLE_TYPE RANGE")]
    [InlineData("orekit/tdm/kvn/TDMExample15.txt", 0, "MODE")]
    [InlineData("orekit/tdm/kvn/TDMExampleAllKeywordsSequential.txt", 0, "TIMETAG_REF")]
    [InlineData("orekit/tdm/kvn/TDMExampleAllKeywordsSequentialWithRollover.txt", 0, "TIMETAG_REF")]
    [InlineData("orekit/tdm/kvn/TDMExampleAllKeywordsSingleDiff.txt", 0, "MODE TIMETAG_REF")]
    [InlineData("orekit/tdm/kvn/TDM-Custom-Frame.txt", 0, "TIMETAG_REF")]
    [InlineData("orekit/tdm/kvn/TDM-data-wrong-keyword.txt", 0, "WRONG_KEYWORD")]
    [InlineData("orekit/tdm/kvn/TDM-inconsistent-time-systems.txt", 0, "MODE TIME_SYSTEM")]
    [InlineData("orekit/tdm/kvn/TDM-metadata-timesystem-not-implemented.txt", 0, "TIME_SYSTEM")]
    [InlineData("orekit/tdm/kvn/TDM-metadata-wrong-keyword.txt", 0, "WRONG_KEYWORD")]
    public void Read_ReferenceFile_GivesTheObservationsItHasAndNamesWhatItRefuses(string file, int observations, string? refused)
    {
        var (reader, items) = Read(file);

        Assert.Equal(observations, reader.Summary.Observations);
        var fields = items.Where(item => item.Issue?.Severity == IssueSeverity.Refused).Select(item => item.Issue!.Field).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(refused ?? "", string.Join(' ', fields));
        Assert.True(reader.Summary.ReadToEnd);
    }

    [Theory]
    [InlineData("orekit/tdm/kvn/TDM-data-inconsistent-line.txt", 25, "this-should-not-be-here")]
    [InlineData("orekit/tdm/kvn/TDM-issue963.txt", 25, "this-should-not-be-here")]
    public void Read_DamagedLineOfAKindNotKept_IsNoticedWithItsLine(string file, long line, string value)
        => Assert.Contains(Read(file).Items, item => item.Issue?.Line == line && item.Issue.Value.Contains(value, StringComparison.Ordinal));

    /// <summary>Lines are those of the XML file.</summary>
    [Theory]
    [InlineData("bluebook/xml/tdm_e21.xml", 16, "PARTICIPANT_1")]
    [InlineData("orekit/tdm/xml/TDMExample2.xml", 31, "TRANSMIT_FREQ_2")]
    [InlineData("orekit/tdm/xml/TDM-metadata-wrong-keyword.xml", 23, "WRONG_KEYWORD")]
    [InlineData("orekit/tdm/xml/TDM-external-doctype.xml", 1, "file")]
    public void Read_XmlForm_IsReadAsItsLinesOfKvn(string file, long line, string field)
    {
        var issue = Read(file).Items.First(item => item.Issue is not null).Issue!;
        Assert.Equal((line, field), (issue.Line, issue.Field));
    }

    private static (TdmReader Reader, List<TdmItem> Items) Read(string file) => TestFiles.ReadTdm(File.ReadAllBytes(TestFiles.Reference($"ccsds/{file}")));
}
