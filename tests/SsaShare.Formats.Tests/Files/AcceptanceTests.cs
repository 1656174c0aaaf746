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

    private static readonly FileFormat<MeanElements> Tle = (FileFormat<MeanElements>)FormatCatalog.Default.Find("tle")!;

    [Theory]
    [InlineData("csv", "omm-csv")]
    [InlineData("json", "omm-json")]
    [InlineData("xml", "omm-xml")]
    [InlineData("tle", "3le")]
    public void PythonSgp4_OfEveryForm_GivesTheStatesOfTheTle(string form, string format) => AssertAlike(OtherPrograms.PythonStates, form, format, 1e-9);

    /// <summary>It reads epochs of JSON to the millisecond, in which an object in low orbit moves 8 m; from the epoch on the states are the same but for the Sun and the Moon.</summary>
    [Theory]
    [InlineData("json", "omm-json")]
    [InlineData("tle", "3le")]
    public void SatelliteJs_OfEveryForm_GivesTheStatesOfTheTle(string form, string format) => AssertAlike(OtherPrograms.JavaScriptStates, form, format, 1e-5);

    [Fact]
    public void BothPrograms_OfOneFile_Agree()
    {
        string file = Write(Tle, "tle");
        AssertStates(OtherPrograms.PythonStates("tle", file), OtherPrograms.JavaScriptStates("tle", file), 1e-6);
        File.Delete(file);
    }

    /// <summary>Numbers of six to nine digits and Alpha-5, which both programs know.</summary>
    [Fact]
    public void PythonSgp4_OfLongNumbers_ReadsThem()
    {
        Assert.Equal(339_999, Number("tle", "tle", 339_999));
        Assert.Equal(100_000, Number("tle", "tle", 100_000));
        Assert.Equal(799_500_123, Number("csv", "omm-csv", 799_500_123));
        Assert.Equal(799_500_123, Number("json", "omm-json", 799_500_123));

        static long Number(string form, string format, long number)
        {
            string file = Write(Find(format), form, set => set with { NoradCatId = number });
            string[] lines = OtherPrograms.PythonStates(form, file);
            File.Delete(file);
            return long.Parse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    private static void AssertAlike(Func<string, string, string[]> states, string form, string format, double toleranceKm)
    {
        string expected = Write(Tle, "tle"), file = Write(Find(format), form);
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

    private static FileFormat<MeanElements> Find(string name)
    {
        var format = FormatCatalog.Default.Find(name);
        Assert.NotNull(format);
        return (FileFormat<MeanElements>)format;
    }

    private static string Write(FileFormat<MeanElements> format, string extension, Func<MeanElements, MeanElements>? change = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"ssashare-{Guid.NewGuid():N}.{extension}");
        using var file = File.Create(path);
        var writer = format.Create!(file, new FormatWriteOptions { FileName = path, Now = TestFiles.Now });
        using var source = FormatSource.Open(new MemoryStream(Encoding.ASCII.GetBytes(Sets)));
        foreach (var item in source.Read(Tle, new FormatReadOptions { FileName = "sets.tle", Now = TestFiles.Now }).Read())
        {
            Assert.True(item.Value is not null, item.Issue?.ToString());
            var issue = writer.Write(change is null ? item.Value : change(item.Value));
            Assert.True(issue is null, issue?.ToString());
        }
        writer.Complete();
        return path;
    }
}
