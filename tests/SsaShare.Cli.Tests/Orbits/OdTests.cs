using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>`ssa od` on real radar and laser observations, and what it says of bad input.</summary>
public sealed class OdTests : IDisposable
{
    /// <summary>Four stations: SLRF2014 and the survey of the reference points, as the data of LAGEOS-2 have them (2010.0).</summary>
    private const string Stations = """
        {"format":"ssashare-sensors/1","sensors":[
        {"id":"7090","position_m":{"x":-2389008.7413,"y":5043331.9509,"z":-3078525.7741},"velocity_m_per_year":{"x":-0.04684,"y":0.00839,"z":0.05095},"position_epoch":"2010-01-01T00:00:00","sigma_range_m":0.01,"refraction":"laser","centre_of_mass_m":0.251},
        {"id":"7119","position_m":{"x":-5466067.8034,"y":-2404339.0172,"z":2242109.3231},"velocity_m_per_year":{"x":-0.01365,"y":0.06211,"z":0.03243},"position_epoch":"2010-01-01T00:00:00","sigma_range_m":0.01,"refraction":"laser","centre_of_mass_m":0.251},
        {"id":"7825","position_m":{"x":-4467064.7778,"y":2683034.8865,"z":-3667007.3186},"velocity_m_per_year":{"x":-0.0363,"y":0.00067,"z":0.0455},"position_epoch":"2010-01-01T00:00:00","sigma_range_m":0.01,"refraction":"laser","centre_of_mass_m":0.251},
        {"id":"7941","position_m":{"x":4641978.6171,"y":1393067.7231,"z":4133249.6227},"velocity_m_per_year":{"x":-0.01881,"y":0.01904,"z":0.01449},"position_epoch":"2010-01-01T00:00:00","sigma_range_m":0.01,"refraction":"laser","centre_of_mass_m":0.251}]}
        """;

    /// <summary>The independent orbit, rounded to 10 m and 1 m/s.</summary>
    private const string Lageos = """
        CCSDS_OPM_VERS = 2.0
        CREATION_DATE = 2016-02-15T00:00:00
        ORIGINATOR = TEST
        OBJECT_NAME = LAGEOS-2
        OBJECT_ID = 1992-070B
        CENTER_NAME = EARTH
        REF_FRAME = EME2000
        TIME_SYSTEM = UTC
        EPOCH = 2016-02-13T16:00:00
        X = 7526.990
        Y = -9646.310
        Z = 1464.110
        X_DOT = 3.033
        Y_DOT = 1.715
        Z_DOT = -4.447

        """;

    private const string Sensor = """{"format":"ssashare-sensors/1","sensors":[{"id":"932","latitude_deg":21.57208,"longitude_deg":-158.26674,"height_m":300.2,"sigma_range_m":92.5,"sigma_azimuth_deg":0.0224,"sigma_elevation_deg":0.0139}]}""";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Od_OfGeos3_HasResidualsAtTheNoiseOfTheRadar()
    {
        var end = await OrbitFolder.SsaAsync("od", ReferenceData.File("obs/ssn-b3/7734.OBS"), "--sensors", ReferenceData.File("obs/ssn-b3/SENSOR.DAT"), "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        var root = JsonDocument.Parse(end.Output).RootElement;
        var range = Statistics(root, "932", "range");
        Tell("GEOS-3, one radar, five days", root, "932");
        Assert.InRange(range.GetProperty("used").GetInt32(), 330, 342);
        Assert.InRange(range.GetProperty("rms").GetDouble(), 5, 20);
        Assert.InRange(Statistics(root, "932", "elevation").GetProperty("rms").GetDouble(), 0.005, 0.0139);
        Assert.Contains(root.GetProperty("edited").EnumerateArray(), edit => edit.GetProperty("reason").GetString()!.EndsWith("sigma", StringComparison.Ordinal) && edit.GetProperty("epoch_utc").GetString() == "1995-01-29T13:58:17Z");
        Assert.Equal(80, root.GetProperty("biases").EnumerateArray().First(bias => bias.GetProperty("type").GetString() == "range").GetProperty("published").GetDouble(), 1e-9);
        Assert.Equal(("positions_of_a_pass", "full"), (root.GetProperty("begun_from").GetProperty("method").GetString(), root.GetProperty("forces").GetProperty("set").GetString()));
        Assert.Equal(["DRAG", "RADIATION", "BIAS 932 RANGE", "BIAS 932 AZIMUTH", "BIAS 932 ELEVATION"], root.GetProperty("estimated").EnumerateArray().Select(one => one.GetString()));
        var realism = root.GetProperty("realism");
        Assert.Equal(["range", "azimuth", "elevation"], realism.GetProperty("residuals").EnumerateArray().Select(one => one.GetProperty("type").GetString()));
        Assert.InRange(realism.GetProperty("residuals")[0].GetProperty("correlation_s").GetDouble(), 1, 300);
        Assert.InRange(realism.GetProperty("p_value").GetDouble(), 0, 1);
        Assert.Contains("Not used; the angles are", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Od_OfThreeDaysOfThreeRadars_FindsTheOrbitAndItsPictures()
    {
        string json = _folder.In("fit.json");
        var end = await OrbitFolder.SsaAsync("od", ReferenceData.File("obs/ssn-b3/5398.obs.gz"), "--sensors", ReferenceData.File("obs/ssn-b3/SENSOR.DAT"), "--start", "1996-12-15", "--stop", "1996-12-18", "--to", "json", "-o", json);
        Assert.True(end.ExitCode == 0, end.ToString());
        var root = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement;
        foreach (string sensor in (string[])["363", "932", "354"]) Tell("LCS-1, three radars, three days", root, sensor);
        foreach (var (sensor, rms) in (IEnumerable<(string, double)>)[("363", 30), ("932", 25), ("354", 101.7)])
            Assert.InRange(Statistics(root, sensor, "range").GetProperty("rms").GetDouble(), 1, rms);
        Assert.InRange(root.GetProperty("position_sigma_m").GetProperty("transverse").GetDouble(), 5, 500);
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "residuals", json, "-o", _folder.In("r.svg")));
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "covariance", json, "-o", _folder.In("c.svg"), "--title", "LCS-1 & friends"));
        Assert.Equal(3, Texts("r.svg").Count(text => text.EndsWith("(deg)", StringComparison.Ordinal) || text.EndsWith("(m)", StringComparison.Ordinal)));
        Assert.Contains("LCS-1 & friends", Texts("c.svg"));
    }

    [Theory]
    [InlineData("ocm", "COV_ORDERING = LTM")]
    [InlineData("ocm", "\nWET_MASS = 1\nSRP_CONST_AREA = 1\nSOLAR_RAD_COEFF = 0.02\n")]
    [InlineData("ocm", "\nOD_METHOD = BWLS\nOD_EPOCH = 1995-01-29T")]
    [InlineData("oem", "COVARIANCE_START")]
    public async Task Od_AsMessage_IsValidAndCarriesTheCovariance(string to, string holds)
    {
        var end = await OrbitFolder.SsaAsync("od", ReferenceData.File("obs/ssn-b3/7734.OBS"), "--sensors", ReferenceData.File("obs/ssn-b3/SENSOR.DAT"), "--stop", "1995-01-30", "--surface", "fixed", "--to", to, "-o", _folder.In("fit"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains(holds, await File.ReadAllTextAsync(_folder.In("fit")), StringComparison.Ordinal);
        Assert.Equal(0, (await OrbitFolder.SsaAsync("validate", _folder.In("fit"))).ExitCode);
        // What was written is an orbit that the other tools take.
        end = await OrbitFolder.SsaAsync("propagate", _folder.In("fit"), "--model", "numerical", "--minutes", "0:60:60");
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    [Fact]
    public async Task Od_OfLageosByLaser_IsWithinMetresOfTheIndependentOrbit()
    {
        var end = await OrbitFolder.SsaAsync("od", ReferenceData.File("obs/lageos2/lageos2_20160214.npt"), "--sensors", _folder.Write("stations.json", Stations), "--prior", _folder.Write("a.opm", Lageos),
            "--ballistic", "0", "--radiation", "7.9e-4", "--correlation", "0", "--biases", "fixed", "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        var root = JsonDocument.Parse(end.Output).RootElement;
        Assert.Equal("2016-02-13T16:00:00Z", root.GetProperty("epoch_utc").GetString());
        // Two ranges in the first minutes of the arc lie on the verge of being left out: 7.4 and 7.8 cm off, the limit is about 7.1.
        Assert.InRange(root.GetProperty("used").GetInt32(), 93, 95);
        Assert.Equal("prior", root.GetProperty("begun_from").GetProperty("method").GetString());
        Assert.All(root.GetProperty("statistics").EnumerateArray(), one => Assert.InRange(one.GetProperty("rms").GetDouble(), 0.001, 0.06));
        var (expected, expectedVelocity) = (SsaShare.Orbits.Fk5.GcrfToEme2000.TransposedTimes(new(7526.994072, -9646.309832, 1464.110239)), SsaShare.Orbits.Fk5.GcrfToEme2000.TransposedTimes(new(3.033794, 1.715265, -4.447659)));
        double off = Distance(root, "", expected), speedOff = Distance(root, "v", expectedVelocity);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MEASURED ssa od, LAGEOS-2 from the independent orbit, {off * 1e3:F2} m and {speedOff * 1e6:F2} mm/s"));
        Assert.InRange(off * 1e3, 0, 3);
        Assert.InRange(speedOff * 1e6, 0, 2);
    }

    [Fact]
    public async Task Table_ForPeople_HasStateStatisticsAndEdits()
    {
        var end = await OrbitFolder.SsaAsync("od", ReferenceData.File("obs/ssn-b3/7734.OBS"), "--sensors", ReferenceData.File("obs/ssn-b3/SENSOR.DAT"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("Orbit of 7734 at 1995-02-02T04:57:26Z, GCRF\n", end.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n932 +range +\d+ +\d+ ", end.Output);
        Assert.Contains("Edited (", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("U0773433395029023837000161932 0604991 20475022                            2     00000\n", 1, "has no sensor '333' (1 observations, first at ", "--to", "json")]
    [InlineData("U0773493295029023837000161932 0604991 20475022                            2     00000\n", 1, "No orbit from 1 observations (TooFewObservations)", "--to", "json")]
    [InlineData("U0773493295029023837000161932 0604991 20475022                            2     00000\nU0773593295029023837000161932 0604991 20475022                            2     00000\n", 2, "of 2 objects (7734, 7735); choose one with --object", "--to", "json")]
    [InlineData("U0773493295029023837000161932 0604991 20475022                            2     00000\n", 1, "no observations that can be used between --start and --stop", "--start", "2000-01-01")]
    [InlineData("U0773493295029023837000161932 0604991 20475022                            2     00000\n", 2, "--reject is 1; expected 2 to 1000 sigmas", "--reject", "1")]
    [InlineData("what is this\n", 1, "a.obs:1: file: what is this: no format that is known here", "--to", "json")]
    public async Task BadInput_IsToldWithWhatToDo(string observations, int exitCode, string says, params string[] words)
    {
        var end = await OrbitFolder.SsaAsync(["od", _folder.Write("a.obs", observations), "--sensors", _folder.Write("s.json", Sensor), .. words]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.Equal("", end.Output);
    }

    [Fact]
    public async Task BadSensors_AreToldByLineAndField()
    {
        var end = await OrbitFolder.SsaAsync("od", _folder.Write("a.obs", "U0773493295029023837000161932 0604991 20475022                            2     00000\n"), "--sensors", _folder.Write("s.json", Sensor.Replace("21.57208", "121.57", StringComparison.Ordinal)));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("s.json:1: latitude_deg: 121.57: expected geodetic latitude: a number from -90 to 90", end.Errors, StringComparison.Ordinal);
    }

    private static void Tell(string what, JsonElement root, string sensor)
    {
        foreach (string type in (string[])["range", "azimuth", "elevation"])
        {
            var one = Statistics(root, sensor, type);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MEASURED ssa od, {what}, {sensor} {type} rms {one.GetProperty("rms").GetDouble():G4} (median {one.GetProperty("median_absolute").GetDouble():G4}) {one.GetProperty("unit").GetString()}"));
        }
    }

    private static JsonElement Statistics(JsonElement root, string sensor, string type)
        => root.GetProperty("statistics").EnumerateArray().Single(one => one.GetProperty("sensor").GetString() == sensor && one.GetProperty("type").GetString() == type);

    private static double Distance(JsonElement root, string prefix, Domain.Vector3d from)
    {
        string unit = prefix.Length == 0 ? "km" : "km_s";
        double Of(char axis) => root.GetProperty($"{prefix}{axis}_{unit}").GetDouble();
        return new Domain.Vector3d(Of('x'), Of('y'), Of('z')).DistanceTo(from);
    }

    private string[] Texts(string name) => [.. XDocument.Load(_folder.In(name)).Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];
}
