using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Observations of the service: units, time tags, and what has no place there.</summary>
public sealed class ObservationReaderTests
{
    private const string Pass = "H1 CRD 2 2018 2 1 17\nH2 CHAL 9998 19 01 4 WPLTN\nH3 lageos2 9207002 5986 22195 0 1 1\nH4 0 2018 2 1 23 59 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n";

    [Theory]
    [InlineData(0, "2018-02-02T00:00:05Z")]
    [InlineData(1, "2018-02-02T00:00:05.020Z")]
    [InlineData(2, "2018-02-02T00:00:05.040Z")]
    public void LaserRange_OfEachTimeTag_IsAtReception(int epochEvent, string epoch)
    {
        var observation = Read($"{Pass}10 5.0 0.04 std {epochEvent} 2 0 0 na na\nH8\n").Single(item => item.Observation is not null).Observation!;
        Assert.Equal(("9998", "22195", epoch), (observation.Sensor.Value, observation.ObjectTag, observation.Epoch.ToString()));
        Assert.Equal(0.04 * 299_792.458 / 2, observation.RangeKm!.Value, 1e-9);
    }

    [Theory]
    [InlineData("10 86399 0.04 std 2 1 0 0 na na", "filter_flag", IssueSeverity.Notice)]
    [InlineData("30 86399 10 20 0 1 0 na na", "origin", IssueSeverity.Notice)]
    [InlineData("10 86399 0.04 std 3 2 0 0 na na", "", IssueSeverity.Notice)]
    [InlineData("10 86399 0.04 std na 2 0 0 na na", "epoch_event", IssueSeverity.Refused)]
    [InlineData("10 86399 50 std 2 2 0 0 na na", "range", IssueSeverity.Refused)]
    public void LaserRecord_ThatIsNoMeasurement_IsTold(string record, string field, IssueSeverity severity)
    {
        var issues = Read($"{Pass}{record}\nH8\n").Where(item => item.Issue is not null).Select(item => item.Issue!).ToList();
        Assert.Equal(field.Length == 0 ? 0 : 1, issues.Count);
        if (field.Length > 0) Assert.Equal((5, field, severity), (issues[0].Line, issues[0].Field, issues[0].Severity));
    }

    [Theory]
    [InlineData("0 0 0 0 1 0 1 0", "range_type")]
    [InlineData("0 1 0 0 1 0 2 0", "refraction_applied")]
    [InlineData("0 0 0 0 0 0 2 0", "system_delay_applied")]
    [InlineData("0 0 0 0 1 0 2 2", "data_quality")]
    public void LaserRange_CorrectedOtherwise_IsRefusedWithItsHeadersAroundIt(string flags, string field)
    {
        string header = Pass.Replace("0 0 0 0 1 0 2 0", flags, StringComparison.Ordinal);
        var items = Read($"{header}10 5.0 0.04 std 2 2 0 0 na na\nH8\n");
        Assert.Equal(field, items.First(item => item.Issue is not null).Issue!.Field);
        var part = items.Single(item => item.Refused is not null).Refused!;
        Assert.Equal($"{header}10 5.0 0.04 std 2 2 0 0 na na\nH8\n", Encoding.ASCII.GetString([.. part.Before.Span, .. part.Text.Span, .. part.After.Span]));
    }

    [Fact]
    public void LaserRange_InAnUnknownTimeScale_IsRefused()
        => Assert.Equal("time_scale", Read($"{Pass.Replace(" 4 WPLTN", " 5 WPLTN", StringComparison.Ordinal)}10 5.0 0.04 std 2 2 0 0 na na\nH8\n").First(item => item.Issue is not null).Issue!.Field);

    [Fact]
    public void LaserRange_WithoutItsHeaders_IsRefused()
    {
        const string Line = """{"ssa_observation":1,"station":"9998","time":"2018-02-02T00:00:05Z","time_standard":"4","time_event":"reception","range_km":5995.8,"laser":{"type":"10","seconds_of_day":5.0,"time_of_flight_s":0.04}}""";
        Assert.Equal("pass", Read(Line, SpaceObservationFormats.JsonLines).Single(item => item.Issue is not null).Issue!.Field);
    }

    [Fact]
    public void Angles_MeasuredByATelescope_AreTaken()
    {
        var observation = Read($"{Pass}30 86399 -10 20 0 3 0 na na\nH8\n").Single(item => item.Observation is not null).Observation!;
        Assert.Equal(350 * Math.PI / 180, observation.AzimuthRad!.Value, 1e-12);
        Assert.Equal((20 * Math.PI / 180, null), (observation.ElevationRad, observation.RangeKm));
    }

    [Theory]
    [InlineData("\"right_ascension_deg\":10,\"declination_deg\":20", "angles", false)]
    [InlineData("\"azimuth_deg\":10,\"elevation_deg\":-20", "elevation", false)]
    [InlineData("\"range_km\":0", "range", false)]
    [InlineData("\"range_rate_km_per_s\":101", "range rate", false)]
    [InlineData("\"range_km\":1,\"station_position_km\":[1,2,3]", "sensor", false)]
    [InlineData("\"range_km\":1,\"time_precision_s\":10", "epoch", false)]
    [InlineData("\"range_km\":1,\"time\":\"2030-01-01T00:00:00Z\"", "epoch", true)]
    [InlineData("\"range_km\":1,\"station\":\"OTHER\"", "sensor", true)]
    [InlineData("\"range_km\":1,\"station\":\"no id\"", "sensor", false)]
    [InlineData("\"azimuth_deg\":1,\"elevation_deg\":1,\"time_event\":\"bounce\"", "epoch", false)]
    public void Record_ThatTheServiceCannotKeep_IsRefusedWithTheReason(string fields, string field, bool mayPass)
    {
        string station = fields.Contains("\"station\"", StringComparison.Ordinal) ? "" : ",\"station\":\"RADAR\"", time = fields.Contains("\"time\"", StringComparison.Ordinal) ? "" : ",\"time\":\"2024-02-29T12:00:00Z\"";
        string line = $"{{\"ssa_observation\":1{station}{time},{fields}}}";
        var items = Read(line, SpaceObservationFormats.JsonLines);
        Assert.DoesNotContain(items, item => item.Observation is not null);
        var issue = items.Single(item => item.Issue is { Severity: IssueSeverity.Refused }).Issue!;
        Assert.Equal((field, mayPass), (issue.Field, issue.MayPass));
        Assert.Single(ObservationFiles.Read(SpaceObservationFormats.JsonLines, items.Single(item => item.Refused is not null).Refused!.Text.ToArray()).Values());
    }

    [Fact]
    public async Task ReadAsync_GivesTheSameAsRead()
    {
        byte[] bytes = ObservationFiles.Bytes("ssn-b3/7734.OBS");
        var reader = new ObservationReader(new MemoryStream(bytes), SpaceObservationFormats.B3, new ObservationReadOptions { FileName = "test", Now = TestFiles.Now });
        var items = new List<ObservationItem>();
        await foreach (var item in reader.ReadAsync(TestContext.Current.CancellationToken)) items.Add(item);
        Assert.Equal(new ObservationReader(new MemoryStream(bytes), SpaceObservationFormats.B3, new ObservationReadOptions { FileName = "test", Now = TestFiles.Now }).Read(), items);
    }

    [Fact]
    public void Issues_BeyondTheLimit_EndTheReading()
    {
        string lines = string.Concat(Enumerable.Repeat("{\"ssa_observation\":1,\"time\":\"2024-02-29T12:00:00Z\",\"station\":\"RADAR\",\"range_km\":0}\n", 20));
        var options = new ObservationReadOptions { FileName = "test", Now = TestFiles.Now, MaxIssues = 5, KeepsRefused = true };
        var items = new ObservationReader(new MemoryStream(Encoding.ASCII.GetBytes(lines)), SpaceObservationFormats.JsonLines, options).Read().ToList();
        Assert.Equal(6, items.Count(item => item.Issue is not null));
        Assert.True(items[^1].Refused!.EndsReading);
    }

    private static List<ObservationItem> Read(string text, FileFormat<ObservationRecord>? format = null)
        => [.. new ObservationReader(new MemoryStream(Encoding.ASCII.GetBytes(text)), format ?? SpaceObservationFormats.Crd,
            new ObservationReadOptions { FileName = "test", Now = TestFiles.Now, KeepsRefused = true, IsKnownSensor = sensor => sensor.Value != "OTHER" }).Read()];
}
