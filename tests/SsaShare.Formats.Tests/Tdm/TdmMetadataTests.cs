namespace SsaShare.Formats.Tests;

/// <summary>Metadata that leave the meaning of data open refuse the segment, or the one quantity they concern.</summary>
public sealed class TdmMetadataTests
{
    private const string Data = "RANGE = 2020-01-01T00:00:00 900\nANGLE_1 = 2020-01-01T00:00:00 10\nANGLE_2 = 2020-01-01T00:00:00 20";

    [Theory]
    [InlineData("TIME_SYSTEM", null, "TIME_SYSTEM", "missing")]
    [InlineData("TIME_SYSTEM", "TIME_SYSTEM = TDB", "TIME_SYSTEM", "not a supported time system")]
    [InlineData("MODE", null, "MODE", "missing")]
    [InlineData("MODE", "MODE = SINGLE_DIFF", "MODE", "differenced")]
    [InlineData("PATH", null, "PATH", "missing")]
    [InlineData("PATH", "PATH = 1,2,3", "PATH", "neither")]
    [InlineData("PATH", "PATH = 1", "PATH", "neither")]
    [InlineData("PATH", "PATH = 1,1", "PATH", "neither")]
    [InlineData("PATH", "PATH = 3,1", "PARTICIPANT_3", "missing")]
    [InlineData("PARTICIPANT_1", null, "PARTICIPANT_1", "missing")]
    [InlineData("PARTICIPANT_1", "PARTICIPANT_1 = KAENA POINT", "PARTICIPANT_1", "not a sensor id")]
    [InlineData("PARTICIPANT_1", "PARTICIPANT_1 = KÆNA", "PARTICIPANT_1", "ASCII")]
    [InlineData("PARTICIPANT_2", "PARTICIPANT_2 =", "PARTICIPANT_2", "no value")]
    [InlineData("PARTICIPANT_2", "PARTICIPANT_1 = ANTIGUA", "PARTICIPANT_1", "given before")]
    [InlineData("RANGE_UNITS", "RANGE_UNIT = km", "RANGE_UNIT", "not a metadata keyword")]
    [InlineData("RANGE_UNITS", "km", "line", "KEYWORD = value")]
    [InlineData("RANGE_UNITS", "TIMETAG_REF = TRANSMIT", "TIMETAG_REF", "transmission")]
    [InlineData("RANGE_UNITS", "DATA_QUALITY = DEGRADED", "DATA_QUALITY", "RAW and VALIDATED")]
    public void Read_Metadata_RefusesTheSegmentWithFieldAndReason(string keyword, string? replacement, string field, string reason)
    {
        string[] lines = TdmText.Message(Data, "PATH = 2,1\nRANGE_UNITS = km\nANGLE_TYPE = AZEL").Split('\n');
        int at = Array.FindIndex(lines, line => line.StartsWith($"{keyword} =", StringComparison.Ordinal));
        lines[at] = replacement ?? "";
        var (reader, items) = TestFiles.ReadTdm(string.Join('\n', lines));

        Assert.All(items, item => Assert.Null(item.Observation));
        Assert.Contains(items, item => item.Issue!.Field == field && item.Issue.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.All(items, item => Assert.InRange(item.Issue!.Line, 4, 13));
        Assert.Equal((1, 1, 0), (reader.Summary.Segments, reader.Summary.SegmentsRefused, reader.Summary.Observations));
    }

    [Theory]
    [InlineData("RANGE_UNITS = RU", "RANGE_UNITS")]
    [InlineData("RANGE_MODULUS = 32768", "RANGE_MODULUS")]
    [InlineData("RANGE_MODULUS = many", "RANGE_MODULUS")]
    [InlineData("TRANSMIT_DELAY_1 = 7.7e-5", "TRANSMIT_DELAY_1")]
    [InlineData("CORRECTION_RANGE = 0.1", "CORRECTION_RANGE")]
    [InlineData("CORRECTION_RANGE = small", "CORRECTION_RANGE")]
    public void Read_RangeOfUnclearMeaning_IsRefusedAndAnglesKept(string metadata, string field)
    {
        var (_, items) = TestFiles.ReadTdm(TdmText.Message(Data, $"PATH = 1,2,1\nANGLE_TYPE = AZEL\n{metadata}"));

        var observation = Assert.Single(items, item => item.Observation is not null).Observation!;
        Assert.Equal((null, true, true), (observation.RangeKm, observation.AzimuthRad is not null, observation.ElevationRad is not null));
        var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal((field, IssueSeverity.Refused), (issue.Field, issue.Severity));
    }

    [Theory]
    [InlineData("RANGE_MODULUS = 0")]
    [InlineData("RANGE_MODULUS = 1.0E7")]
    [InlineData("TRANSMIT_DELAY_1 = 0.0")]
    [InlineData("CORRECTION_RANGE = 0.0")]
    public void Read_MetadataWithoutEffect_KeepTheRange(string metadata)
        => Assert.Equal(450, Assert.Single(TestFiles.ReadTdm(TdmText.Message(Data, $"PATH = 1,2,1\nANGLE_TYPE = AZEL\n{metadata}")).Items).Observation?.RangeKm);

    [Theory]
    [InlineData("ANGLE_TYPE = RADEC")]
    [InlineData("ANGLE_TYPE = XEYN")]
    [InlineData("")]
    public void Read_AnglesOtherThanAzimuthAndElevation_AreRefusedOnceAndRangesKept(string metadata)
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message(Data, $"PATH = 1,2,1\n{metadata}"));

        Assert.Equal((450, null, null), (items[^1].Observation!.RangeKm, items[^1].Observation!.AzimuthRad, items[^1].Observation!.ElevationRad));
        Assert.Equal("ANGLE_TYPE", Assert.Single(items, item => item.Issue is not null).Issue!.Field);
        Assert.Equal(2, reader.Summary.LinesNotKept);
    }
}
