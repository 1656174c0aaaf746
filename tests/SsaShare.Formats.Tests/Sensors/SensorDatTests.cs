using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class SensorDatTests
{
    private const double RadPerDeg = Math.PI / 180;

    /// <summary>Two sensors in the layout of SENSOR.DAT, with what its first sensor has behind the figures.</summary>
    private const string Valid = """
         354 -7.90668  -14.40265  56.1 m
                                ** ASCENSION **                0.000  90.000 30
                 Range           Azimuth         Elevation      BoreSight
            100.00    1600.00   0.00   360.00   1.00    90.00    90.00   Search
            100.00    1900.00   0.00   360.00   1.00    90.00    90.00   Track
             92.20              0.0133          0.0085                   Bias  deg, deg, m
            101.70              0.0283          0.0248                   Noise

         932 21.57208  201.73326  300.2
                                ** KAENA POINT **              0.000  90.000  6
                 Range           Azimuth         Elevation      BoreSight
               .00        .00    .00      .00    .00      .00      .00   Search
            100.00    6380.00 347.00   107.00   0.00   180.00    90.00   Track
           9999.00              0.0081          0.0045                   Bias
               .00              0.0224       9999.0000                   Noise
        """;

    [Fact]
    public void Read_TwoSensors_ConvertsUnits()
    {
        var (sensors, issues) = Read(Valid.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Empty(issues);
        Assert.Equal([("354", "ASCENSION", 1L), ("932", "KAENA POINT", 9L)], sensors.Select(one => (one.Id, one.Name!, one.Line)));
        var (ascension, kaena) = (sensors[0], sensors[1]);
        Assert.Equal(-7.90668 * RadPerDeg, ascension.Site!.Value.LatitudeRad, 1e-15);
        Assert.Equal(0.0561, ascension.Site.Value.HeightKm, 1e-12);
        Assert.Equal((0.0922, 0.1017), (ascension.Bias.RangeKm!.Value, Math.Round(ascension.Sigma.RangeKm!.Value, 12)));
        Assert.Equal(0.0248 * RadPerDeg, ascension.Sigma.ElevationRad!.Value, 1e-15);
        Assert.Equal((100, 1_900), (ascension.Track!.RangeFromKm, ascension.Track.RangeToKm));
        Assert.Equal(-158.26674 * RadPerDeg, kaena.Site!.Value.LongitudeRad, 1e-12);
        Assert.Null(kaena.Search);
        Assert.Equal(347 * RadPerDeg, kaena.Track!.AzimuthFromRad, 1e-12);
        Assert.Equal((null, null, null), (kaena.Bias.RangeKm, kaena.Sigma.RangeKm, kaena.Sigma.ElevationRad));
    }

    [Theory]
    [InlineData(" 354 -7.90668", " 354 -97.90668", 1, "latitude", "not from -90 to 90")]
    [InlineData(" 354 -7.90668", " 35x -7.90668", 1, "number, latitude, longitude, height", "not a number")]
    [InlineData(" 354 -7.90668", " 35.5 -7.90668", 1, "number", "not a whole number")]
    [InlineData("  Range ", "  Rnage ", 3, "headings", "not the headings")]
    [InlineData("   Track", "   Trakc", 5, "Track", "Track does not stand behind the numbers")]
    [InlineData("92.20              0.0133", "92.20             0.0133x", 6, "Bias", "not a number")]
    [InlineData("0.0133          0.0085", "400.0           0.0085", 6, "azimuth", "not from -360 to 360")]
    [InlineData("101.70 ", "-101.70", 7, "range", "not from 0 to 100000")]
    [InlineData("  deg, deg, m\n", "\n\n", 1, "sensor", "6 lines stand together, not seven")]
    [InlineData(" 932 21.57", " 354 21.57", 9, "id", "described before, at line 1")]
    public void Read_BadSensor_IsRefusedWithLineFieldAndReasonAndTheOtherKept(string from, string to, long line, string field, string reason)
    {
        var (sensors, issues) = Read(Replace(Valid, from, to));
        Assert.Contains(issues, issue => (issue.Line, issue.Field) == (line, field) && issue.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Single(sensors);
        Assert.All(issues, issue => Assert.NotEmpty(issue.Remedy));
    }

    [Fact]
    public void Read_MutatedFiles_NeverThrowAndOnlyGivePlausibleSensors()
    {
        byte[] valid = Encoding.ASCII.GetBytes(Valid);
        int kept = 0, refused = 0;
        foreach (byte[] bytes in SsaShare.Tests.Mutations.Of(valid, 20_000, seed: 20_261_122))
        {
            var issues = new List<ReadIssue>();
            foreach (var sensor in SensorsFile.Read(bytes, "fuzz.dat", issues))
            {
                kept++;
                Assert.InRange(sensor.Site!.Value.LatitudeRad, -Math.PI / 2, Math.PI / 2);
                Assert.InRange(sensor.Site.Value.LongitudeRad, -Math.PI, Math.PI);
                Assert.InRange(sensor.Sigma.RangeKm ?? 1, double.Epsilon, 100);
                Assert.InRange(sensor.Sigma.AzimuthRad ?? 1, double.Epsilon, 7);
            }
            refused += issues.Count;
        }
        Assert.InRange(kept, 5_000, 40_000);
        Assert.InRange(refused, 5_000, 400_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("what is this")]
    public void Read_NoSensors_IsRefused(string text)
    {
        var (sensors, issues) = Read(text);
        Assert.Empty(sensors);
        Assert.NotEmpty(issues);
    }

    /// <summary>The first only.</summary>
    private static string Replace(string text, string from, string to)
    {
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        return text[..at] + to + text[(at + from.Length)..];
    }

    private static (IReadOnlyList<SensorDescription> Sensors, List<ReadIssue> Issues) Read(string text)
    {
        var issues = new List<ReadIssue>();
        return (SensorsFile.Read(Encoding.ASCII.GetBytes(text), "SENSOR.DAT", issues), issues);
    }
}
