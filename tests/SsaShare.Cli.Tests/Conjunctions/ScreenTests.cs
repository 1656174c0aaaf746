using System.Globalization;
using System.Text.Json;
using SsaShare.Cli.Tests.Orbits;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa screen` on a small catalog with a known crossing, on a published one, and on what cannot be screened.</summary>
public sealed class ScreenTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Csv_OfTwoCrossingOrbits_HasEachCrossingWhereThePropagatorPutsIt()
    {
        string catalog = _folder.Write("a.json", Catalog(Crossing(900, 50), Crossing(5, 80), Crossing(70, 20, anomaly: 120)));
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("screen", catalog, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30", "-o", _folder.In("out.csv")));
        string csv = await File.ReadAllTextAsync(_folder.In("out.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("id_1,id_2,tca_utc,miss_km,relative_speed_km_s\n5,900,2024-11-01T00:0", csv, StringComparison.Ordinal);
        string[][] rows = OrbitFolder.Rows(csv);
        // Both nodes of the first revolution; by the second, the Earth's oblateness has parted them.
        Assert.Equal(2, rows.Length);
        Assert.Equal(rows.Select(row => row[2]).Order(StringComparer.Ordinal), rows.Select(row => row[2]));
        foreach (string[] row in rows)
        {
            Assert.Equal(("5", "900"), (row[0], row[1]));
            Assert.Equal(6, row[3].Split('.')[1].Length);
            var (distance, speed) = await ApartAsync(catalog, row[2]);
            Assert.Equal(distance, Number(row[3]), 1.1e-6);
            Assert.Equal(speed, Number(row[4]), 1.1e-6);
        }
    }

    [Fact]
    public async Task Json_WithABoxAndAPrimary_HasThePairsThatMoveTogether()
    {
        // The last two are the same orbit a kilometre apart.
        string catalog = _folder.Write("a.json", Catalog(Crossing(1, 50), Crossing(2, 80), Crossing(3, 80, anomaly: 350.008)));
        var end = await OrbitFolder.SsaAsync("screen", catalog, "--primary", "3", "--start", "2024-11-01T00:00:00Z", "--hours", "0.25", "--box-km", "30,30,30", "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        var root = JsonDocument.Parse(end.Output).RootElement;
        Assert.Equal(["2 3"], root.GetProperty("co_moving_groups").EnumerateArray().Select(group => string.Join(' ', group.EnumerateArray())));
        var pairs = root.GetProperty("approaches").EnumerateArray().ToLookup(one => (one.GetProperty("id_1").GetInt64(), one.GetProperty("id_2").GetInt64()));
        var together = Assert.Single(pairs[(2, 3)]);
        Assert.True(together.GetProperty("co_moving").GetBoolean());
        Assert.Equal("2024-11-01T00:00:00Z", together.GetProperty("inside_from_utc").GetString());
        Assert.False(Assert.Single(pairs[(1, 3)]).GetProperty("co_moving").GetBoolean());
        Assert.Empty(pairs[(1, 2)]);
        Assert.Contains("3 objects, 2 approaches, 1 of them of pairs that move together, in 1 group", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadInput_IsToldWithReasonsAndTheRestScreened()
    {
        string good = _folder.Write("a.json", Catalog(
            Crossing(1, 50), Crossing(1, 50), Crossing(2, 80), Crossing(2, 80, epoch: "2024-10-20T00:00:00"), Crossing(3, 20, anomaly: 90, epoch: "2023-11-01T00:00:00"),
            Crossing(4, 20, anomaly: 90, motion: 17.2, bStar: 0.5, epoch: "2024-10-30T00:00:00"), Crossing(6, 40).Replace("\"ECCENTRICITY\":0.0001", "\"ECCENTRICITY\":1.5", StringComparison.Ordinal)));
        string state = _folder.Write("b.opm", "CCSDS_OPM_VERS = 2.0\nCREATION_DATE = 2024-11-01T00:00:00\nORIGINATOR = X\nOBJECT_NAME = A\nOBJECT_ID = 2020-001A\nCENTER_NAME = EARTH\nREF_FRAME = GCRF\nTIME_SYSTEM = UTC\n"
            + "EPOCH = 2024-11-01T00:00:00\nX = 7000\nY = 0\nZ = 0\nX_DOT = 0\nY_DOT = 7.5\nZ_DOT = 0\n");
        var end = await OrbitFolder.SsaAsync("screen", good, state, "--primary", "1", "77", "--start", "2024-11-01", "--hours", "1", "--threshold-km", "30");
        Assert.True(end.ExitCode == 1, end.ToString());
        foreach (string said in (string[])["A (2020-001A): has no catalogue number; called 1", "1: notice: Given again", "2: notice: elements of 2024-10-20", "3: notice: elements of 2023-11-01", "4: 2024-11-01T00:00:00Z to 2024-11-01T01:00:00Z: Not screened: ", "ECCENTRICITY", "77: A primary that is not among"])
            Assert.Contains(said, end.Errors, StringComparison.Ordinal);
        Assert.All(OrbitFolder.Rows(end.Output), row => Assert.Equal(("1", "2"), (row[0], row[1])));
        Assert.NotEmpty(OrbitFolder.Rows(end.Output));
    }

    /// <summary>A quarter of a million pairs that would all be followed.</summary>
    [Fact]
    public async Task NearlyOneOrbit_ManyTimes_RefusedInPlainWords()
    {
        string catalog = _folder.Write("a.json", Catalog([.. Enumerable.Range(1, 700).Select(i => Crossing(i, 50, anomaly: 350 + 1e-7 * i))]));
        var end = await OrbitFolder.SsaAsync("screen", catalog, "--start", "2024-11-01", "--hours", "1", "--threshold-km", "5");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("More than 200,000 pairs move together", end.Errors, StringComparison.Ordinal);
        Assert.Contains("Screen one object for each such group", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        Assert.Empty(end.Output);
    }

    [Theory]
    [InlineData(2, "Give --threshold-km or --box-km.", "--hours", "1")]
    [InlineData(2, "--threshold-km is 0; expected more than 0", "--hours", "1", "--threshold-km", "0")]
    [InlineData(2, "--hours is 745; expected more than 0 and at most 744 hours", "--hours", "745", "--threshold-km", "5")]
    public async Task BadOptions_AreRefused(int code, string says, params string[] words)
    {
        var end = await OrbitFolder.SsaAsync(["screen", _folder.In("none.json"), "--start", "2024-11-01", .. words]);
        Assert.True(end.ExitCode == code, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2,25")]
    [InlineData("2,0,25")]
    [InlineData("2,25,200")]
    [InlineData("2,25,NaN")]
    public async Task BadBoxes_AreRefused(string box)
        => Assert.Equal(2, await OrbitFolder.SsaHereAsync("screen", _folder.In("none.json"), "--start", "2024-11-01", "--hours", "1", "--box-km", box));

    [Fact]
    public async Task MissingFile_EndsWith3()
        => Assert.Equal(3, await OrbitFolder.SsaHereAsync("screen", _folder.In("none.json"), "--start", "2024-11-01", "--hours", "1", "--threshold-km", "5"));

    /// <summary>Listed: found by the official SGP4 and an exhaustive search, faster than 10 m/s.</summary>
    [Fact]
    public async Task Csv_OfThePublishedCatalog_HasAllListedApproachesAndNoneBesides()
    {
        string[] listed = [.. ReferenceData.Lines("catalogs/2024-11-01/truth_first_hour_5km.csv").Skip(1)];
        int code = await OrbitFolder.SsaHereAsync("screen", ReferenceData.File("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz"), "--start", "2024-11-01", "--hours", "1", "--threshold-km", "5", "-o", _folder.In("out.csv"));
        Assert.InRange(code, 0, 1);
        var found = OrbitFolder.Rows(await File.ReadAllTextAsync(_folder.In("out.csv"), TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(1_013, listed.Length);
        double time = 0, distance = 0;
        foreach (string[] words in listed.Select(line => line.Split(',')))
        {
            string[]? row = found.Find(row => (row[0], row[1]) == (words[0], words[1]) && Math.Abs(Seconds(row[2]) - Number(words[2])) < 0.005);
            Assert.True(row is not null, string.Join(',', words));
            found.Remove(row);
            time = Math.Max(time, Math.Abs(Seconds(row[2]) - Number(words[2])));
            distance = Math.Max(distance, Math.Abs(Number(row[3]) - Number(words[3])));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED ssa screen, first hour of 2024-11-01, largest difference of time {1e3 * time:F3} ms, of distance {1e3 * distance:F3} m");
        Assert.InRange(distance, 0, 0.001);
        Assert.All(found, row => Assert.InRange(Number(row[4]), 0, 0.010_001));
    }

    private static double Seconds(string utc) => (DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) - new DateTime(2024, 11, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Distance and relative speed of the first two objects, by `ssa propagate`.</summary>
    private async Task<(double DistanceKm, double SpeedKmPerS)> ApartAsync(string catalog, string utc)
    {
        string states = _folder.In("states.csv");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", catalog, "--start", utc, "--stop", utc, "--step", "1", "-o", states));
        double[][] rows = [.. OrbitFolder.Rows(await File.ReadAllTextAsync(states, TestContext.Current.CancellationToken)).Select(row => row[2..].Select(Number).ToArray())];
        double Norm(int from) => Math.Sqrt(Enumerable.Range(from, 3).Sum(i => (rows[0][i] - rows[1][i]) * (rows[0][i] - rows[1][i])));
        return (Norm(0), Norm(3));
    }

    private static string Catalog(params string[] sets) => $"[{string.Join(",\n", sets)}]";

    /// <summary>An orbit at 700 km whose ascending node is where those of the others are; two of one mean anomaly are there together.</summary>
    private static string Crossing(int id, double inclination, double anomaly = 350, double motion = 14.6, double bStar = 0, string epoch = "2024-11-01T00:00:00")
        => string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A{{id}}","OBJECT_ID":"2014-001A","EPOCH":"{{epoch}}","MEAN_MOTION":{{motion}},"ECCENTRICITY":0.0001,"INCLINATION":{{inclination}},"RA_OF_ASC_NODE":100,"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":{{anomaly}},"NORAD_CAT_ID":{{id}},"BSTAR":{{bStar}},"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}""");
}
