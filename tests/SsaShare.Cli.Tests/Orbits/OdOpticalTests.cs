using System.Globalization;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>`ssa od` on right ascensions and declinations alone: from the ground, from orbit, by people with binoculars.</summary>
public sealed class OdOpticalTests : IDisposable
{
    private const double NoiseRad = 1e-5;

    private static readonly Epoch Begin = OpticalScene.At("2016-02-14T02:00:00");
    private static readonly (string Id, double Latitude, double Longitude)[] Sites = [("A", 28.3, -16.5), ("B", -30.2, -70.8), ("C", 47.4, 11.0)];
    private static readonly string Telescopes = $$"""{"format":"ssashare-sensors/1","sensors":[{{string.Join(',', Sites.Select(site => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{site.Id}}","latitude_deg":{{site.Latitude}},"longitude_deg":{{site.Longitude}},"height_m":1000,"sigma_right_ascension_deg":0.00057,"sigma_declination_deg":0.00057}""")))}}]}""";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("low", 7_300, 0.01, 86, 20, 150)]
    [InlineData("geostationary", 42_164, 0.001, 3, 300, 2_000)]
    [InlineData("Molniya", 26_560, 0.7, 63.4, 180, 1_000)]
    public async Task Od_OfSightingsAlone_FindsTheOrbit(string name, double semiMajorAxisKm, double eccentricity, double inclinationDeg, double everySeconds, double withinM)
    {
        var truth = new KeplerianElements(semiMajorAxisKm, eccentricity, inclinationDeg * Math.PI / 180, 1, 4.7, name == "geostationary" ? 4 : 0.3).ToState(Begin, Frame.Gcrf);
        // A night in exposures; low orbit passes in it a few times.
        double[] seconds = [.. Enumerable.Range(0, (int)(12 * 3_600 / everySeconds)).Select(i => i * everySeconds)];
        string tdm = OpticalScene.Message(Sites.Select((site, i) => OpticalScene.Seen(truth, site.Id, new SensorSite(new Geodetic(site.Latitude * Math.PI / 180, site.Longitude * Math.PI / 180, 1)), seconds, NoiseRad, i)));
        var fit = await FitAsync(tdm, Telescopes, "--biases", "fixed");
        double offM = OffM(truth, fit, out double sigmaM);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MEASURED ssa od, sightings alone, {name}, {fit.GetProperty("used").GetInt32()} of a night, {offM:F1} m off, sigma {sigmaM:F1} m; {fit.GetProperty("begun_from").GetProperty("detail").GetString()}"));
        Assert.Equal("lines_of_sight", fit.GetProperty("begun_from").GetProperty("method").GetString());
        Assert.InRange(fit.GetProperty("used").GetInt32(), fit.GetProperty("observations").GetInt32() * 0.98, int.MaxValue);
        Assert.InRange(fit.GetProperty("reduced_chi_square").GetDouble(), 0.5, 1.6);
        Assert.InRange(offM, 0, withinM);
        Assert.InRange(offM, 0, 4 * sigmaM);
    }

    [Fact]
    public async Task Od_FromAPlatform_CountsTheErrorOfItsEphemeris()
    {
        var platform = new KeplerianElements(7_000, 0.001, 98 * Math.PI / 180, 2, 1, 0).ToState(Begin, Frame.Gcrf);
        var truth = new KeplerianElements(42_164, 0.001, 0.05, 1, 0.5, 0.3).ToState(Begin, Frame.Gcrf);
        double[] seconds = [.. Enumerable.Range(0, 60).Select(i => i * 300.0)];
        const string Eye = """{"format":"ssashare-sensors/1","sensors":[{"id":"EYE","platform_ephemeris":"eye.oem","sigma_right_ascension_deg":0.00057,"sigma_declination_deg":0.00057}]}""";
        double[] sigmas = new double[2];
        foreach (double? known in (double?[])[null, 500])
        {
            _folder.Write("eye.oem", OpticalScene.Ephemeris(platform, 6, known, out var observer));
            var fit = await FitAsync(OpticalScene.Message(OpticalScene.Seen(truth, "EYE", observer, seconds, NoiseRad, 7)), Eye, "--biases", "fixed");
            double offM = OffM(truth, fit, out double sigmaM);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MEASURED ssa od, geostationary from low orbit, platform known to {known ?? 0} m, {offM:F1} m off, sigma {sigmaM:F1} m"));
            Assert.InRange(offM, 0, 4 * sigmaM);
            Assert.Equal(known is null ? [] : ["PLATFORM EYE"], fit.GetProperty("considered").EnumerateArray().Select(one => one.GetString()!));
            sigmas[known is null ? 0 : 1] = sigmaM;
        }
        Assert.InRange(sigmas[1], Math.Sqrt(sigmas[0] * sigmas[0] + 500 * 500), 20 * sigmas[0] + 5_000);
    }

    [Theory]
    [InlineData("RADEC\nREFERENCE_FRAME = GCRF", 0, "")]
    [InlineData("RADEC\nREFERENCE_FRAME = ITRF", 1, "equinox: ITRF: right ascensions in these axes are not taken; give them in GCRF, EME2000, TEME or TOD")]
    public async Task Axes_OfTheMessage_AreTakenOrRefused(string angles, int exitCode, string says)
    {
        var truth = new KeplerianElements(7_300, 0.01, 1.5, 1, 4.7, 0.3).ToState(Begin, Frame.Gcrf);
        var site = new SensorSite(new Geodetic(28.3 * Math.PI / 180, -16.5 * Math.PI / 180, 1));
        string tdm = OpticalScene.Message(OpticalScene.Seen(truth, "A", site, Enumerable.Range(0, 43_200 / 20).Select(i => i * 20.0), NoiseRad, 1)).Replace("RADEC\nREFERENCE_FRAME = EME2000", angles, StringComparison.Ordinal);
        var end = await OrbitFolder.SsaAsync("od", _folder.Write("a.tdm", tdm), "--sensors", _folder.Write("s.json", Telescopes), "--forces", "precise", "--ballistic", "0", "--radiation", "0");
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    /// <summary>Eighteen seconds of ranges and angles from a satellite, and the catalog of the day: what it saw is a piece of debris of 1961 in an orbit that hardly another has.</summary>
    [Fact]
    public async Task Od_OfAnArcFromOrbit_IsTheCatalogsObject()
    {
        string[][] rows = [.. ReferenceData.Lines("obs/orbdtools/test1/optical_obs.dat").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length >= 7)];
        double[][] places = [.. rows.Select(row => row[1..4].Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        string Velocity(int i)
        {
            int at = Math.Clamp(i, 1, rows.Length - 2);
            return string.Join(' ', Enumerable.Range(0, 3).Select(axis =>
            {
                double along = (places[at + 1][axis] - places[at - 1][axis]) / 2, bend = places[at + 1][axis] - 2 * places[at][axis] + places[at - 1][axis];
                return (along + (i - at) * bend).ToString("F7", CultureInfo.InvariantCulture);
            }));
        }

        _folder.Write("eye.oem", $"CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2022-05-25T00:00:00\nORIGINATOR = TEST\nMETA_START\nOBJECT_NAME = EYE\nOBJECT_ID = UNKNOWN\nCENTER_NAME = EARTH\nREF_FRAME = EME2000\nTIME_SYSTEM = UTC\nSTART_TIME = {rows[0][0]}\nSTOP_TIME = {rows[^1][0]}\nMETA_STOP\n{string.Concat(rows.Select((row, i) => $"{string.Join(' ', row[..4])} {Velocity(i)}\n"))}");
        string tdm = OpticalScene.Message($"META_START\nTIME_SYSTEM = UTC\nPARTICIPANT_1 = EYE\nPARTICIPANT_2 = UNKNOWN\nMODE = SEQUENTIAL\nPATH = 2,1\nRANGE_UNITS = km\nANGLE_TYPE = RADEC\nREFERENCE_FRAME = EME2000\nMETA_STOP\nDATA_START\n{string.Concat(rows.Select(row => $"RANGE = {row[0]} {row[6]}\nANGLE_1 = {row[0]} {row[4]}\nANGLE_2 = {row[0]} {row[5]}\n"))}DATA_STOP\n");
        const string Eye = """{"format":"ssashare-sensors/1","sensors":[{"id":"EYE","platform_ephemeris":"eye.oem","sigma_range_m":1000,"sigma_right_ascension_deg":0.0022,"sigma_declination_deg":0.0022}]}""";
        var fit = await FitAsync(tdm, Eye, "--biases", "fixed", "--correlation", "0");
        var position = Vector(fit, "x_km", "y_km", "z_km");
        string time = fit.GetProperty("epoch_utc").GetString()!;
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", ReferenceData.File("obs/orbdtools/test1/tle_20220524.txt"), "--start", time, "--stop", time, "--step", "1", "--frame", "gcrf", "-o", _folder.In("catalog.csv")));
        var nearest = OrbitFolder.Rows(await File.ReadAllTextAsync(_folder.In("catalog.csv"))).Select(row => (Id: row[0], OffKm: position.DistanceTo(new Vector3d(Number(row[2]), Number(row[3]), Number(row[4]))))).OrderBy(one => one.OffKm).Take(2).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MEASURED ssa od, 18 s of range and angles from orbit, {nearest[0].Id} of the catalog {nearest[0].OffKm * 1e3:F0} m off, the next {nearest[1].OffKm:F0} km"));
        Assert.Equal("1616", nearest[0].Id);
        Assert.InRange(nearest[0].OffKm, 0, 1);
        Assert.InRange(nearest[1].OffKm, 100, double.PositiveInfinity);
    }

    /// <summary>Four sightings of one evening over Toronto, to a hundredth of a degree: an orbit, and the admission that it is hardly known.</summary>
    [Fact]
    public async Task Od_OfFourSightingsByEye_FindsAnOrbitAndSaysHowLittleItKnows()
    {
        string iod = string.Join('\n', ReferenceData.Lines("obs/visual-formats/IOD_data_compliant.txt").Where(line => line.StartsWith("90019", StringComparison.Ordinal))) + "\n";
        var fit = await FitAsync(iod, """{"format":"ssashare-sensors/1","sensors":[{"id":"2701","latitude_deg":43.6876,"longitude_deg":-79.3924,"height_m":230,"sigma_right_ascension_deg":0.02,"sigma_declination_deg":0.02}]}""", "--biases", "fixed");
        Assert.Equal((4, "lines_of_sight"), (fit.GetProperty("used").GetInt32(), fit.GetProperty("begun_from").GetProperty("method").GetString()));
        Assert.InRange(fit.GetProperty("position_sigma_m").GetProperty("radial").GetDouble(), 10_000, 1_000_000);
        Assert.InRange(Vector(fit, "x_km", "y_km", "z_km").Norm, 6_600, 20_000);
    }

    private async Task<JsonElement> FitAsync(string observations, string sensors, params string[] words)
    {
        string json = _folder.In("fit.json");
        int exitCode = await OrbitFolder.SsaHereAsync(["od", _folder.Write("a.obs", observations), "--sensors", _folder.Write("s.json", sensors), "--forces", "precise", "--ballistic", "0", "--radiation", "0", "--to", "json", "-o", json, .. words]);
        Assert.Equal(0, exitCode);
        return JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement;
    }

    /// <summary>At the epoch of the fit.</summary>
    /// <param name="sigmaM">Of the position, all three axes together.</param>
    private static double OffM(CartesianState truth, JsonElement fit, out double sigmaM)
    {
        Assert.True(OpticalScene.Propagator.TryPropagate(truth, default, OpticalScene.At(fit.GetProperty("epoch_utc").GetString()!), false, out var there));
        var sigmas = fit.GetProperty("position_sigma_m");
        sigmaM = new Vector3d(sigmas.GetProperty("radial").GetDouble(), sigmas.GetProperty("transverse").GetDouble(), sigmas.GetProperty("normal").GetDouble()).Norm;
        return Vector(fit, "x_km", "y_km", "z_km").DistanceTo(there.PositionKm) * 1_000;
    }

    private static Vector3d Vector(JsonElement fit, string x, string y, string z) => new(fit.GetProperty(x).GetDouble(), fit.GetProperty(y).GetDouble(), fit.GetProperty(z).GetDouble());

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
