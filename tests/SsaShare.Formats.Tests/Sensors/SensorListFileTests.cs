using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class SensorListFileTests
{
    private const double RadPerDeg = Math.PI / 180;

    private const string Valid = """
        {
          "format": "ssashare-sensors/1",
          "sensors": [
            {
              "id": "7090", "name": "Yarragadee",
              "position_m": { "x": -2389007.5, "y": 5043329.4, "z": -3078524.2 },
              "sigma_range_m": 0.5, "time_tag": "transmission", "refraction": "laser", "centre_of_mass_m": 0.251
            },
            {
              "id": "TELESCOPE",
              "latitude_deg": 33.8, "longitude_deg": 253.3, "height_m": 1510,
              "sigma_right_ascension_deg": 0.001, "sigma_declination_deg": 0.001, "angle_frame": "true_of_date"
            },
            { "id": "SBV", "platform_ephemeris": "platform.oem", "sigma_right_ascension_deg": 0.002, "sigma_declination_deg": 0.002 }
          ]
        }
        """;

    [Fact]
    public void Read_ThreeKindsOfPlace_ConvertsUnits()
    {
        var (sensors, issues) = Read(Valid);
        Assert.Empty(issues);
        var laser = sensors[0];
        Assert.Equal(("7090", SensorTimeTag.Transmission, SensorRefraction.Laser, 4L), (laser.Id, laser.TimeTag, laser.Refraction, laser.Line));
        // The site's published place is 29.0464° south, 115.3467° east, 241 m.
        Assert.Equal(-29.0464 * RadPerDeg, laser.Site!.Value.LatitudeRad, 1e-5);
        Assert.Equal(115.3467 * RadPerDeg, laser.Site.Value.LongitudeRad, 1e-5);
        Assert.Equal(0.241, laser.Site.Value.HeightKm, 0.002);
        Assert.Equal((0.000251, 0.0005), (Math.Round(laser.CentreOfMassOffsetKm!.Value, 12), laser.Sigma.RangeKm));
        Assert.Equal(-106.7 * RadPerDeg, sensors[1].Site!.Value.LongitudeRad, 1e-12);
        Assert.Equal((SensorAngleFrame.TrueOfDate, 0.001 * RadPerDeg), (sensors[1].AngleFrame, sensors[1].Sigma.DeclinationRad));
        Assert.Equal(("platform.oem", null), (sensors[2].PlatformEphemeris, sensors[2].Site));
    }

    [Theory]
    [InlineData("\"id\": \"SBV\", ", "", 14, "id", "missing")]
    [InlineData("\"platform_ephemeris\": \"platform.oem\", ", "", 14, "latitude_deg", "where it is is missing")]
    [InlineData("\"longitude_deg\": 253.3, ", "", 9, "longitude_deg", "missing")]
    [InlineData("\"height_m\": 1510", "\"height_m\": 151000", 11, "height_m", "from -500 to 10000")]
    [InlineData("\"z\": -3078524.2", "\"z\": 0", 6, "position_m", "not on the ground")]
    [InlineData("\"time_tag\": \"transmission\"", "\"time_tag\": \"sending\"", 7, "time_tag", "not one of")]
    [InlineData("\"sigma_range_m\"", "\"sigma_rnage_m\"", 7, "sigma_rnage_m", "not a field")]
    [InlineData("\"id\": \"SBV\"", "\"id\": \"7090\"", 14, "id", "described before, at line 4")]
    public void Read_BadSensor_IsRefusedWithItsLineAndTheOthersKept(string from, string to, long line, string field, string reason)
    {
        var (sensors, issues) = Read(Valid.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(issues, issue => (issue.Line, issue.Field) == (line, field) && issue.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(2, sensors.Count);
    }

    [Theory]
    [InlineData("ssashare-sensors/1", "ssashare-sensors/9", "format", "expected \"ssashare-sensors/1\"")]
    [InlineData("\"sensors\": [", "\"sensor\": [", "sensor", "not a field")]
    [InlineData("]", "", "file", "not valid JSON")]
    public void Read_BadFile_IsRefused(string from, string to, string field, string reason)
    {
        var (_, issues) = Read(Valid.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(issues, issue => issue.Field == field && issue.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_DescriptionOfOneSensor_IsAListOfOne()
    {
        var (sensors, issues) = Read("""{"format":"ssashare-sensor/1","id":"A","owner":"atlantic","name":"A radar","latitude_deg":1,"longitude_deg":2,"height_m":3,"sigma_range_m":50}""");
        Assert.Empty(issues);
        Assert.Equal(("A", 0.05), (Assert.Single(sensors).Id, sensors[0].Sigma.RangeKm));
    }

    [Fact]
    public void Read_MutatedFiles_NeverThrow()
    {
        byte[] valid = Encoding.ASCII.GetBytes(Valid);
        int kept = 0, refused = 0;
        foreach (byte[] bytes in SsaShare.Tests.Mutations.Of(valid, 20_000, seed: 20_261_123))
        {
            var issues = new List<ReadIssue>();
            kept += SensorsFile.Read(bytes, "fuzz.json", issues).Count;
            refused += issues.Count;
        }
        Assert.InRange(kept, 1_000, 60_000);
        Assert.InRange(refused, 5_000, 400_000);
    }

    private static (IReadOnlyList<SensorDescription> Sensors, List<ReadIssue> Issues) Read(string text)
    {
        var issues = new List<ReadIssue>();
        return (SensorsFile.Read(Encoding.UTF8.GetBytes(text), "sensors.json", issues), issues);
    }
}
