using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Laser ranging passes: days, headers, versions.</summary>
public sealed class CrdPassTests
{
    private const string Headers = "H1 CRD 2 2018 2 1 17\nH2 CHAL 9998 19 1 4 WPLTN\nH3 lageos2 9207002 5986 22195 0 1 1\nH4 1 2018 2 1 23 14 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n";
    private const string Point = " 0.044106029140 std 2 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\n";

    [Theory]
    [InlineData("84000.5", "2018-02-01T23:20:00.500Z", 0.1)]
    [InlineData("410.25", "2018-02-02T00:06:50.250Z", 0.01)]
    [InlineData("40497", "2018-02-02T11:14:57Z", 1)]
    [InlineData("40499", "2018-02-01T11:14:59Z", 1)]
    [InlineData("86399.9999999996", "2018-02-02T00:00:00Z", 1e-10)]
    [InlineData("54927.620161400002", "2018-02-01T15:15:27.620161400Z", 1e-12)]
    public void SecondsOfTheDay_AreOfTheDayThatIsNearestToThePass(string seconds, string epoch, double precision)
    {
        var record = Read($"{Headers}11 {seconds}{Point}H8\n").Values().Single(record => record.RangeKm is not null);
        Assert.Equal((epoch, TimeTagEvent.Transmission), (record.Time!.Value.Epoch.ToString(), record.Time.Value.Event));
        Assert.Equal(precision, record.Time.Value.PrecisionS, precision * 1e-9);
        Assert.Equal((new ObservedObject("22195", "1992-070B", "lageos2"), new ObservingStation("9998", "CHAL")), (record.Target, record.Station));
        Assert.Equal(0.044106029140 * 299_792.458 / 2, record.RangeKm!.Value, 1e-9);
    }

    [Theory]
    [InlineData("Rollover.frd", 1), InlineData("glonass125_trunc.frd", 1), InlineData("lageos1-test.npt", 1), InlineData("crd201_all_samples", 1)]
    public void PassOverMidnight_GoesOnAfterIt(string file, int passes)
    {
        var byPass = new List<List<ObservationTime>>();
        foreach (var record in ObservationFiles.Read(SpaceObservationFormats.Crd, ObservationFiles.Bytes($"ilrs/{file}")).Values())
        {
            if (record.Laser!.Type == "H4") byPass.Add([]);
            if (record.RangeKm is not null) byPass[^1].Add(record.Time!.Value);
        }
        foreach (var pass in byPass) Assert.All(pass.Zip(pass.Skip(1)), pair => Assert.True(pair.First.Epoch <= pair.Second.Epoch));
        Assert.Equal(passes, byPass.Count(pass => pass.Count > 0 && pass[0].Epoch.ToString()[..10] != pass[^1].Epoch.ToString()[..10]));
    }

    [Fact]
    public void HeadersOfVersion1_AreWrittenInTheirColumns()
    {
        string text = Encoding.ASCII.GetString(ObservationFiles.Bytes("lageos2/lageos2_20160214.npt"))[..260];
        string[] lines = [.. text.Split('\n').Take(4).Select(line => line.TrimEnd('\r', ' '))];
        var records = Read(string.Join('\n', lines) + "\nh8\n").Values();
        string[] written = Encoding.ASCII.GetString(ObservationFiles.Write(SpaceObservationFormats.Crd, records).Bytes).Split('\n');
        // The file has its numbers of two columns at the left or at the right; both are the columns of the format.
        Assert.Equal(lines.Select(line => line.Length), written.Take(4).Select((line, i) => line.Length - (i == 1 ? 1 : 0)));
        Assert.Equal("H3 lageos2     9207002 5986    22195 0 1", written[2]);
    }

    [Theory]
    [InlineData("H2 CHAL\n", "pad_id", 8)]
    [InlineData("H4 1 2018 2 30 23 14 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n", "start_day", 0)]
    [InlineData("11 84000 0.04 std 2\n", "window_s", 20)]
    [InlineData("11 84000 0.04 std 9 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\n", "epoch_event", 19)]
    [InlineData("11 84000 na std 2 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\n", "time_of_flight_s", 10)]
    [InlineData("20 84000 1 2 3 0 5\n", "record", 18)]
    [InlineData("13 84000 1 2 3 0 5\n", "record", 1)]
    [InlineData("30 84000 361 20 0 3 0 na na\n", "azimuth_deg", 10)]
    [InlineData("20 86401.5 1 2 3 0\n", "seconds_of_day", 4)]
    public void Record_ThatIsWrong_IsRefusedAtItsField(string record, string field, int column)
    {
        var issue = Read($"{Headers}{record}H8\n").Refusals()[0];
        Assert.Equal((5, field, column), (issue.Line, issue.Field, issue.Column));
    }

    [Fact]
    public void Pass_WhoseHeaderIsRefused_IsRefusedWholeAndTheNextTaken()
    {
        string bad = Headers.Replace(" 2 0\n", " 9 0\n", StringComparison.Ordinal), pass = $"11 84000{Point}11 84001{Point}H8\n";
        var items = Read(bad + pass + Headers + pass);
        Assert.Equal(["range_type", "pass"], items.Refusals().Select(issue => issue.Field));
        Assert.Equal(2, items.Values().Count(record => record.RangeKm is not null));
        Assert.Equal(pass, Encoding.ASCII.GetString(items.Last(item => item.Refused is not null).Refused!.Text.Span));
    }

    [Theory]
    [InlineData("11 84000", "file", 1)]
    [InlineData("H1 CRD 3 2018 2 1 17\n", "version", 1)]
    [InlineData("H1 CRD 2 2018 2 1 17\n11 84000 0.044106029140 std 2 120.0 1457 70.0 0.319 2.496 -12.0 1.2 0 5.7\n", "seconds_of_day", 2)]
    [InlineData("H1 CRD 2 2018 2 1 17\nH4 1 2018 2 1 23 14 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n", "record", 2)]
    [InlineData("H1 CRD 2 2018 2 1 17\nH8\n", "record", 2)]
    [InlineData("00 only a comment\n", "file", 1)]
    public void File_WithoutWhatGivesItsRecordsMeaning_IsRefused(string text, string field, long line)
    {
        var issue = Read(text).Refusals()[0];
        Assert.Equal((field, line), (issue.Field, issue.Line));
    }

    [Fact]
    public void Write_OfWhatIsNoPass_IsRefused()
    {
        var card = new ObservationRecord { Target = new ObservedObject("5398"), Station = new ObservingStation("932"), Time = new ObservationTime(Epoch.J2000, 0.001), RangeKm = 1_000 };
        var (bytes, issues) = ObservationFiles.Write(SpaceObservationFormats.Crd, [card]);
        Assert.Empty(bytes);
        Assert.Equal(IssueSeverity.Refused, issues.Single().Severity);
    }

    private static List<FormatItem<ObservationRecord>> Read(string text) => ObservationFiles.Read(SpaceObservationFormats.Crd, text, keepsRefused: true);
}
