namespace SsaShare.Formats.Tests;

/// <summary>Our own lines of JSON hold what every other format says.</summary>
public sealed class ObservationJsonTests
{
    private static readonly FileFormat<ObservationRecord> Json = SpaceObservationFormats.JsonLines;

    [Theory]
    [InlineData("b3", "ssn-b3/23558.obs")]
    [InlineData("b3", "ssn-b3/81910.obs.gz")]
    [InlineData("b3", "ssn-b3/7734.OBS")]
    [InlineData("crd", "ilrs/crd201_all_samples")]
    [InlineData("crd", "ilrs/crd_all_fields.frd")]
    [InlineData("crd", "ilrs/Rollover.frd")]
    [InlineData("crd", "ilrs/lageos1-test.npt")]
    [InlineData("iod", "visual-formats/IOD_data_compliant.txt")]
    [InlineData("uk", "visual-formats/UK_data_compliant.txt")]
    [InlineData("rde", "visual-formats/RDE_data_compliant.txt")]
    public void RecordsOfAnyFormat_ThroughJsonAndBack_AreTheSame(string name, string file)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        var records = ObservationFiles.Read(format, ObservationFiles.Bytes(file)).Values();
        var (bytes, issues) = ObservationFiles.Write(Json, records);
        Assert.Empty(issues);
        Assert.Equal(Recognition.Certain, Json.Recognise(bytes.AsMemory(0, Math.Min(bytes.Length, FileFormat.HeadBytes))));
        var read = ObservationFiles.Read(Json, bytes);
        Assert.Empty(read.Refusals());
        Assert.Equal(records, read.Values());
        ObservationFiles.AssertSurvives(format, read.Values());
    }

    [Theory]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","station":"932","range_km":1,"range_km":2}""", "range_km", 81)]
    [InlineData("""{"ssa_observation":2,"time":"2024-02-29T12:00:00Z"}""", "ssa_observation", 2)]
    [InlineData("""{"time":"2024-02-29T12:00:00Z"}""", "ssa_observation", 1)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-30T12:00:00Z"}""", "time", 22)]
    [InlineData("""{"ssa_observation":1,"station":"932"}""", "time", 0)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","azimuth_deg":1}""", "angles", 0)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","elevation_deg":91,"azimuth_deg":1}""", "elevation_deg", 52)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","range_m":91}""", "range_m", 52)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","laser":{"type":"11","seconds_of_day":"no"}}""", "seconds_of_day", 52)]
    [InlineData("""{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","object_name":"a\nb"}""", "object_name", 52)]
    [InlineData("""{"ssa_observation":1,"time":null}""", "time", 22)]
    [InlineData("""{"ssa_observation":1,"extra":{"a":{"b":1}}}""", "a", 31)]
    [InlineData("""{"ssa_observation":1,""", "line", 21)]
    [InlineData("[1]", "line", 1)]
    public void ALineThatIsWrong_IsRefusedWhereItIs(string line, string field, int column)
    {
        string good = """{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","station":"932","range_km":1.5}""";
        var items = ObservationFiles.Read(Json, $"{good}\n{line}\n{good}", keepsRefused: true);
        Assert.Equal(2, items.Values().Count);
        var first = items.Refusals()[0];
        Assert.Equal((2, field, column), (first.Line, first.Field, first.Column));
        Assert.Equal(line + "\n", System.Text.Encoding.UTF8.GetString(items.Single(item => item.Refused is not null).Refused!.Text.Span));
    }

    [Fact]
    public void AnUnknownField_WhenLenient_IsKeptWithANotice()
    {
        var items = ObservationFiles.Read(Json, """{"ssa_observation":1,"time":"2024-02-29T12:00:00Z","weather":"fine"}""", ReadMode.Lenient);
        Assert.Equal("weather", Assert.Single(items.Notices()).Field);
        Assert.Equal("fine", items.Values().Single().Extra.Find("weather"));
        ObservationFiles.AssertSurvives(Json, items.Values());
    }
}
