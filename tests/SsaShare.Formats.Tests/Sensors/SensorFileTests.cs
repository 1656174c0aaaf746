using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class SensorFileTests
{
    private const double RadPerDeg = Math.PI / 180;

    private const string Valid = """
        {
          "format": "ssashare-sensor/1",
          "id": "ASCENSION",
          "owner": "atlantic",
          "name": "Ascension radar",
          "latitude_deg": -7.90668,
          "longitude_deg": -14.40265,
          "height_m": 56.1,
          "sigma_range_m": 101.7,
          "sigma_azimuth_deg": 0.0283,
          "sigma_elevation_deg": 0.0248,
          "bias_range_m": 92.2
        }
        """;

    [Fact]
    public void Read_ValidDescription_ConvertsUnits()
    {
        var (sensor, issues) = Read(Valid);

        Assert.Empty(issues);
        Assert.Equal(("ASCENSION", "atlantic", "Ascension radar"), (sensor!.Id.Value, sensor.Owner.Value, sensor.Name));
        Assert.Equal(-7.90668 * RadPerDeg, sensor.Site.LatitudeRad, 1e-15);
        Assert.Equal(-14.40265 * RadPerDeg, sensor.Site.LongitudeRad, 1e-15);
        Assert.Equal(0.0561, sensor.Site.HeightKm, 1e-15);
        Assert.Equal((0.1017, null), (Math.Round(sensor.Sigma.RangeKm!.Value, 12), sensor.Sigma.RangeRateKmPerS));
        Assert.Equal(0.0283 * RadPerDeg, sensor.Sigma.AzimuthRad!.Value, 1e-15);
        Assert.Equal(0.0248 * RadPerDeg, sensor.Sigma.ElevationRad!.Value, 1e-15);
        Assert.Equal(0.0922, sensor.Bias.RangeKm!.Value, 1e-15);
        Assert.Null(sensor.Bias.AzimuthRad);
    }

    [Fact]
    public void Read_EastLongitudeAbove180_IsBroughtTo180()
        => Assert.Equal(-158.26674 * RadPerDeg, Read(Valid.Replace("-14.40265", "201.73326", StringComparison.Ordinal)).Sensor!.Site.LongitudeRad, 1e-13);

    [Theory]
    [InlineData("\"latitude_deg\": -7.90668", "\"latitude_deg\": -97", 6, "latitude_deg", "-90 to 90")]
    [InlineData("\"latitude_deg\": -7.90668", "\"latitude_deg\": \"-7.9\"", 6, "latitude_deg", "number")]
    [InlineData("\"latitude_deg\": -7.90668", "\"latitude\": -7.90668", 6, "latitude", "not a field")]
    [InlineData("\"latitude_deg\": -7.90668", "\"latitude\": -7.90668", 1, "latitude_deg", "missing")]
    [InlineData("\"height_m\": 56.1", "\"height_m\": 1e400", 8, "height_m", "number")]
    [InlineData("\"height_m\": 56.1", "\"height_m\": null", 1, "height_m", "missing")]
    [InlineData("\"sigma_range_m\": 101.7", "\"sigma_range_m\": 0", 9, "sigma_range_m", "number")]
    [InlineData("\"sigma_range_m\": 101.7", "\"sigma_range_m\": -1", 9, "sigma_range_m", "number")]
    [InlineData("\"id\": \"ASCENSION\"", "\"id\": \"ASCENSION ISLAND\"", 3, "id", "not a sensor id")]
    [InlineData("\"owner\": \"atlantic\"", "\"owner\": \"Atlantic\"", 4, "owner", "not a partner id")]
    [InlineData("ssashare-sensor/1", "ssashare-sensor/2", 2, "format", "ssashare-sensor/1")]
    [InlineData("\"height_m\": 56.1", "\"height_m\": 56.1, \"height_m\": 5", 8, "height_m", "given before")]
    [InlineData("\"height_m\": 56.1,", "\"height_m\": 56.1 x", 8, "file", "not valid JSON")]
    [InlineData("\"name\": \"Ascension radar\"", "\"name\": \"\"", 5, "name", "1 to 200")]
    public void Read_BadField_IsRefusedWithLineFieldAndReason(string from, string to, long line, string field, string reason)
    {
        var (sensor, issues) = Read(Valid.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(sensor);
        Assert.Contains(issues, issue => (issue.Line, issue.Field) == (line, field) && issue.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SeveralFaults_ReportsThemAll()
        => Assert.Equal(["id", "latitude_deg", "sigma_azimuth_deg"], Read(Valid.Replace("ASCENSION", "?", StringComparison.Ordinal)
            .Replace("-7.90668", "100", StringComparison.Ordinal).Replace("0.0283", "-1", StringComparison.Ordinal)).Issues.Select(issue => issue.Field));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"id\": [[[[[1]]]]]}")]
    [InlineData("{\"id\": \"\\ud800\"}")]
    public void Read_NotADescription_IsRefused(string json)
    {
        var (sensor, issues) = Read(json);

        Assert.Null(sensor);
        Assert.NotEmpty(issues);
    }

    [Theory]
    [InlineData("ascension", "ASCENSION", "atlantic", -7.90668, -14.40265, 0.0561, 0.1017, 0.0922)]
    [InlineData("antigua", "ANTIGUA", "caribbean", 17.14360, -61.79267, 0.0005, 0.0925, 0.08)]
    [InlineData("kaena-point", "KAENA-POINT", "pacific", 21.57208, -158.26674, 0.3002, 0.0925, 0.08)]
    public void Read_SeedSensors_AreTheRadarsOfSensorDat(string file, string id, string owner, double latitudeDeg, double longitudeDeg, double heightKm, double sigmaKm, double biasKm)
    {
        var (sensor, issues) = Read(File.ReadAllText(TestFiles.Seed($"sensors/{file}.json")));

        Assert.Empty(issues);
        Assert.Equal((id, owner), (sensor!.Id.Value, sensor.Owner.Value));
        Assert.Equal(new[] { latitudeDeg * RadPerDeg, longitudeDeg * RadPerDeg, heightKm, sigmaKm, biasKm },
            new[] { sensor.Site.LatitudeRad, sensor.Site.LongitudeRad, sensor.Site.HeightKm, sensor.Sigma.RangeKm!.Value, sensor.Bias.RangeKm!.Value }, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static (Sensor? Sensor, List<ReadIssue> Issues) Read(string json)
    {
        var issues = new List<ReadIssue>();
        return (SensorFile.Read(Encoding.UTF8.GetBytes(json), "sensor.json", issues), issues);
    }
}
