using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>What is refused, with which line, field, value and reason, and that the rest of the file is kept.</summary>
public sealed class TdmRefusalTests
{
    private const string Good = "RANGE = 2020-01-01T00:00:59 900";

    [Theory]
    [InlineData("RANGE = 2020-01-01T00:00:00 0", "RANGE", "0", "outside 0 to 2000000 km")]
    [InlineData("RANGE = 2020-01-01T00:00:00 -5", "RANGE", "-5", "outside 0 to 2000000 km")]
    [InlineData("RANGE = 2020-01-01T00:00:00 2000000.1", "RANGE", "2000000.1", "outside 0 to 2000000 km")]
    [InlineData("RANGE = 2020-01-01T00:00:00 NaN", "RANGE", "NaN", "not a finite number")]
    [InlineData("RANGE = 2020-01-01T00:00:00 Infinity", "RANGE", "Infinity", "not a finite number")]
    [InlineData("RANGE = 2020-01-01T00:00:00 1e999", "RANGE", "1e999", "not a finite number")]
    [InlineData("RANGE = 2020-01-01T00:00:00 9,5", "RANGE", "9,5", "not a finite number")]
    [InlineData("RANGE = 2020-01-01T00:00:00 900 km", "RANGE", "900 km", "not a finite number")]
    [InlineData("RANGE = 2020-01-01T00:00:00", "RANGE", "2020-01-01T00:00:00", "expected an epoch and a value")]
    [InlineData("RANGE =", "RANGE", "", "expected an epoch and a value")]
    [InlineData("RANGE 2020-01-01T00:00:00 900", "line", "RANGE 2020-01-01T00:00:00 900", "not of the form")]
    [InlineData("RANG = 2020-01-01T00:00:00 900", "RANG", "2020-01-01T00:00:00 900", "not a data keyword")]
    [InlineData("ANGLE_1 = 2020-01-01T00:00:00 360.1", "ANGLE_1", "360.1", "-180 to 360")]
    [InlineData("ANGLE_1 = 2020-01-01T00:00:00 -180.1", "ANGLE_1", "-180.1", "-180 to 360")]
    [InlineData("ANGLE_2 = 2020-01-01T00:00:00 90.1", "ANGLE_2", "90.1", "-90 to 90")]
    [InlineData("ANGLE_2 = 2020-01-01T00:00:00 -5.1", "ANGLE_2", "-5.1", "sees below -5")]
    [InlineData("DOPPLER_INSTANTANEOUS = 2020-01-01T00:00:00 100.5", "DOPPLER_INSTANTANEOUS", "100.5", "range rate")]
    [InlineData("RANGE = 2020-13-01T00:00:00 900", "RANGE", "2020-13-01T00:00:00", "no such day")]
    [InlineData("RANGE = 2021-02-29T00:00:00 900", "RANGE", "2021-02-29T00:00:00", "no such day")]
    [InlineData("RANGE = 2021-366T00:00:00 900", "RANGE", "2021-366T00:00:00", "no such day")]
    [InlineData("RANGE = 2020-01-01T24:00:00 900", "RANGE", "2020-01-01T24:00:00", "no such time")]
    [InlineData("RANGE = 2020-01-01T23:59:60 900", "RANGE", "2020-01-01T23:59:60", "no such second")]
    [InlineData("RANGE = 2020-01-01T00:00:00. 900", "RANGE", "2020-01-01T00:00:00.", "not digits")]
    [InlineData("RANGE = 2020/01/01T00:00:00 900", "RANGE", "2020/01/01T00:00:00", "not YYYY-MM-DD")]
    [InlineData("RANGE = yesterday 900", "RANGE", "yesterday", "not a date and time")]
    [InlineData("RANGE = 1971-12-31T00:00:00 900", "RANGE", "1971-12-31T00:00:00", "before 1972")]
    [InlineData("RANGE = 2026-11-23T00:00:01 900", "RANGE", "2026-11-23T00:00:01", "in the future")]
    [InlineData("RANGE = 9999-01-01T00:00:00 900", "RANGE", "9999-01-01T00:00:00", "1900 to 2250")]
    public void Read_BadLine_IsRefusedWithLineFieldValueAndReasonAndTheRestKept(string line, string field, string value, string reason)
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message($"{Good}\n{line}\nRANGE = 2020-01-01T00:01:00 901"));

        var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal(("test.tdm", TdmText.FirstDataLine + 1L, IssueSeverity.Refused, field, value), (issue.File, issue.Line, issue.Severity, issue.Field, issue.Value));
        Assert.Contains(reason, issue.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(issue.Remedy);
        Assert.Equal([900.0, 901.0], items.Where(item => item.Observation is not null).Select(item => item.Observation!.RangeKm!.Value));
        Assert.True(reader.Summary.ReadToEnd);
    }

    [Fact]
    public void Read_EpochBeforeSputnik_IsRefused()
    {
        var (_, items) = TestFiles.ReadTdm(TdmText.Message("RANGE = 1957-10-03T23:59:59 900\nRANGE = 1957-10-05T00:00:00 900", timeSystem: "TAI"));

        Assert.Contains("before the first satellite", items[0].Issue?.Reason, StringComparison.Ordinal);
        Assert.NotNull(items[1].Observation);
    }

    [Fact]
    public void Read_OneBadQuantity_RefusesTheWholeObservationOnce()
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message(
            $"RANGE = 2020-01-01T00:00:00 900\nANGLE_1 = 2020-01-01T00:00:00 500\nANGLE_2 = 2020-01-01T00:00:00 95\n{Good}"));

        Assert.Equal("ANGLE_1", Assert.Single(items, item => item.Issue is not null).Issue!.Field);
        Assert.Equal((1, 1), (reader.Summary.Observations, reader.Summary.ObservationsRefused));
    }

    [Theory]
    [InlineData("900", IssueSeverity.Notice, 1)]
    [InlineData("900.1", IssueSeverity.Refused, 0)]
    public void Read_SameKeywordAndEpochTwice_IsNoticedWhenEqualAndRefusedWhenNot(string second, IssueSeverity severity, int observations)
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message($"RANGE = 2020-01-01T00:00:00 900\nRANGE = 2020-01-01T00:00:00 {second}"));

        Assert.Equal(severity, Assert.Single(items, item => item.Issue is not null).Issue!.Severity);
        Assert.Equal(observations, reader.Summary.Observations);
    }

    [Theory]
    [InlineData("900", "repeats that of line 14")]
    [InlineData("900.1", "contradicts that of line 14")]
    public void Read_EarlierObservationAgain_IsRefusedAndNamesTheEarlierLine(string again, string reason)
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message($"RANGE = 2020-01-01T00:00:00 900\n{Good}\nRANGE = 2020-01-01T00:00:00.000 {again}"));

        var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal(16, issue.Line);
        Assert.Contains(reason, issue.Reason, StringComparison.Ordinal);
        Assert.Equal(2, reader.Summary.Observations);
    }

    [Fact]
    public void Read_FileSortedByKeyword_GivesEachQuantityOnce()
    {
        var (reader, _) = TestFiles.ReadTdm(TdmText.Message(
            "ANGLE_1 = 2020-01-01T00:00:00 1\nANGLE_1 = 2020-01-01T00:00:01 2\nANGLE_2 = 2020-01-01T00:00:00 3\nANGLE_2 = 2020-01-01T00:00:01 4\nANGLE_2 = 2020-01-01T00:00:00 3"));

        Assert.Equal((4, 1), (reader.Summary.Observations, reader.Summary.ObservationsRefused));
    }

    [Fact]
    public void Read_UnknownSensor_RefusesItsSegmentOnly()
    {
        string text = TdmText.Message(Good) + TdmText.Message(Good).Replace("KAENA-POINT", "ANTIGUA", StringComparison.Ordinal)[(TdmText.Message(Good).IndexOf("META_START", StringComparison.Ordinal))..];
        var (reader, items) = TestFiles.ReadTdm(text, new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now, IsKnownSensor = id => id.Value == "ANTIGUA" });

        var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal(("PARTICIPANT_1", "KAENA-POINT"), (issue.Field, issue.Value));
        Assert.Equal("ANTIGUA", Assert.Single(items, item => item.Observation is not null).Observation!.Sensor.Value);
        Assert.Equal((2, 1), (reader.Summary.Segments, reader.Summary.SegmentsRefused));
    }

    [Fact]
    public void Read_FileWithoutItsEnd_GivesUpTheLastObservationOnly()
    {
        string text = TdmText.Message($"{Good}\nRANGE = 2020-01-01T00:01:00 901.25");
        var (reader, items) = TestFiles.ReadTdm(text[..text.IndexOf(".25", StringComparison.Ordinal)]);

        Assert.Equal(900, Assert.Single(items, item => item.Observation is not null).Observation!.RangeKm);
        Assert.Contains("may be cut", Assert.Single(items, item => item.Issue is not null).Issue!.Reason, StringComparison.Ordinal);
        Assert.True(reader.Summary.ReadToEnd);
    }

    [Fact]
    public void Read_TooManyIssues_StopsAndSaysSo()
    {
        string data = string.Join('\n', Enumerable.Repeat("NONSENSE = 1 2", 50));
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message($"{data}\n{Good}"), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now, MaxIssues = 10 });

        Assert.Equal(11, items.Count);
        Assert.Contains("10 issues", items[^1].Issue!.Reason, StringComparison.Ordinal);
        Assert.False(reader.Summary.ReadToEnd);
    }

    [Fact]
    public void Read_OneOverlongLine_IsReportedAndTheRestKept()
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message($"{Good}\nCOMMENT {new string('x', 300_000)}\nRANGE = 2020-01-01T00:01:00 901"));

        var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal((15, "line"), (issue.Line, issue.Field));
        Assert.Equal((2, 17), (reader.Summary.Observations, reader.Summary.Lines));
    }

    [Fact]
    public void Read_ForeignBytes_AreShownHarmlessly()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(TdmText.Message("RANGE = 2020-01-01T00:00:00 \u001b[2J\0\u00ff"));

        Assert.Equal("?[2J??", Assert.Single(TestFiles.ReadTdm(bytes).Items).Issue?.Value);
    }
}
