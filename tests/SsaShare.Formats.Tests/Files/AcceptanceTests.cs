using System.Globalization;
using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>
/// Element sets that our writers wrote are read by python-sgp4 and satellite.js, and mean the same in every form: the states that they propagate to are equal.
/// </summary>
public sealed class AcceptanceTests
{
    /// <summary>Low, eccentric, geostationary and retrograde orbits; the last two as catalogs number what TLE has no digits for. Epochs on a whole second too.</summary>
    private const string Sets = """
        1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995
        2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468
        1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
        2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
        1 08195U 75081A   06176.33215444  .00000099  00000-0  11873-3 0   813
        2 08195  64.1586 279.0717 6877146 264.7651  20.2257  2.00491383225656
        1 26900U 01039A   06106.74503247  .00000045  00000-0  10000-3 0  8290
        2 26900   0.0164 266.5378 0003319  86.1794 182.2590  1.00273847 16981
        1 33500U 08061A   20001.00000000 -.00000731  00000-0 -33412-4 0  9999
        2 33500  98.2000 121.5000 0012345 100.0000 260.0000 14.57000000123457
        """;

    [Theory]
    [InlineData("csv", "omm-csv")]
    [InlineData("json", "omm-json")]
    [InlineData("xml", "omm-xml")]
    [InlineData("tle", "3le")]
    public void PythonSgp4_OfEveryForm_GivesTheStatesOfTheTle(string form, string format) => AssertAlike(OtherPrograms.PythonStates, form, format, 1e-6);

    /// <summary>It reads epochs of JSON to the millisecond, in which an object in low orbit moves 8 m; from the epoch on the states are the same but for the Sun and the Moon.</summary>
    [Theory]
    [InlineData("json", "omm-json")]
    [InlineData("tle", "3le")]
    public void SatelliteJs_OfEveryForm_GivesTheStatesOfTheTle(string form, string format) => AssertAlike(OtherPrograms.JavaScriptStates, form, format, 1e-5);

    [Fact]
    public void BothPrograms_OfOneFile_Agree()
    {
        string file = Write("tle", "tle");
        AssertStates(OtherPrograms.PythonStates("tle", file), OtherPrograms.JavaScriptStates("tle", file), 1e-6);
        File.Delete(file);
    }

    /// <summary>Numbers of six digits, in Alpha-5, and of nine.</summary>
    [Theory]
    [InlineData("tle", "tle", 100_000)]
    [InlineData("tle", "tle", 339_999)]
    [InlineData("csv", "omm-csv", 799_500_123)]
    [InlineData("json", "omm-json", 799_500_123)]
    [InlineData("xml", "omm-xml", 799_500_123)]
    public void PythonSgp4_OfLongNumber_ReadsIt(string form, string format, long number)
    {
        string set = $"OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n"
            + $"A,2024-001A,2024-05-20T08:56:33.249984,14.46106951,.0041861,24.9710,19.3104,203.4028,317.7975,0,U,{number},999,75708,.36140E-4,.319E-5,0\n";
        string file = Write(set, "omm-csv", format, form);
        Assert.Equal(number, long.Parse(OtherPrograms.PythonStates(form, file)[0].Split(' ')[0], CultureInfo.InvariantCulture));
        File.Delete(file);
    }

    private static void AssertAlike(Func<string, string, string[]> states, string form, string format, double toleranceKm)
    {
        string expected = Write("tle", "tle"), file = Write(format, form);
        AssertStates(states("tle", expected), states(form, file), toleranceKm);
        File.Delete(expected);
        File.Delete(file);
    }

    /// <summary>Number, Julian date of the epoch, error, position in km and velocity in km/s.</summary>
    private static void AssertStates(string[] expected, string[] actual, double toleranceKm)
    {
        Assert.Equal(Sets.Split('\n').Length / 2 * 3, expected.Length);
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
        {
            double[] a = Numbers(one), b = Numbers(other);
            Assert.Equal((a[0], 0, 0), (b[0], a[2], b[2]));
            Assert.Equal(a[1], b[1], 1e-8);
            for (int i = 3; i < 9; i++) Assert.Equal(a[i], b[i], toleranceKm);
        }
    }

    private static double[] Numbers(string line) => [.. line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    private static string Write(string format, string extension) => Write(Sets, "tle", format, extension);

    private static string Write(string text, string from, string to, string extension)
    {
        string path = Path.Combine(Path.GetTempPath(), $"ssashare-{Guid.NewGuid():N}.{extension}");
        using var file = File.Create(path);
        var conversion = new Conversion(FormatCatalog.Default, Find(to), file, new FormatWriteOptions { FileName = path, Now = TestFiles.Now });
        using var source = FormatSource.Open(new MemoryStream(Encoding.ASCII.GetBytes(text)));
        var issues = new List<ReadIssue>();
        Assert.True(conversion.Add(new FileWork(source, Find(from), new FormatReadOptions { FileName = "sets", Now = TestFiles.Now }, issues.Add), TestContext.Current.CancellationToken));
        conversion.Complete();
        Assert.All(issues, issue => Assert.True(issue.Severity == IssueSeverity.Notice, issue.ToString()));
        return path;
    }

    private static FileFormat Find(string name) => FormatCatalog.Default.Find(name) ?? throw new ArgumentException($"There is no {name}.");
}
