using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>`ssa propagate` as people run it: the real program, without a node.</summary>
public sealed class PropagateTests : IDisposable
{
    private const string Header = "id,epoch_utc,x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s";

    /// <summary>Decayed by the time that is asked for (28872 of the verification set).</summary>
    private const string Decaying = "1 28872U 05037B   05333.02012661  .25992681  00000-0  24476-3 0  1534\n2 28872  96.4736 157.9986 0303955 244.0492 110.6523 16.46015938 10708\n";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Csv_AcrossALeapSecond_CountsItLikeAnyOther()
    {
        var end = await OrbitFolder.SsaAsync("propagate", Station, "--start", "2016-12-31T23:59:59", "--stop", "2017-01-01T00:00:01", "--step", "0.5");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith($"{Header}\n25544,2016-12-31T23:59:59Z,-3143.1074015", end.Output, StringComparison.Ordinal);
        string[][] rows = OrbitFolder.Rows(end.Output);
        Assert.Equal(["2016-12-31T23:59:59Z", "2016-12-31T23:59:59.500Z", "2016-12-31T23:59:60Z", "2016-12-31T23:59:60.500Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:00.500Z", "2017-01-01T00:00:01Z"], rows.Select(row => row[1]));
        // 7.66 km/s at each half second: no second is missing, none is twice.
        for (int i = 1; i < rows.Length; i++) Assert.Equal(3.83, Distance(rows[i - 1], rows[i]), 0.01);
        Assert.All(rows, row => Assert.Equal((9, 12), (Decimals(row[2]), Decimals(row[5]))));
    }

    [Fact]
    public async Task Csv_OneObjectFails_IsToldWithItsErrorAndTheRestGoesOn()
    {
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("two.tle", Decaying + OrbitFolder.Station), "--minutes", "0:60:30");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Equal(["28872", "28872", "25544", "25544", "25544"], OrbitFolder.Rows(end.Output).Select(row => row[0]));
        Assert.Contains("28872: no state at 2005-11-29T01:28:58.939104Z: SGP4 error 6: The satellite has decayed", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OneObjectFails_HasStatesAndFailures()
    {
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("two.tle", Decaying + OrbitFolder.Station), "--minutes", "0:60:30", "--to", "json", "--frame", "gcrf");
        Assert.True(end.ExitCode == 1, end.ToString());
        var root = JsonDocument.Parse(end.Output).RootElement;
        Assert.Equal(("sgp4", "GCRF", 5), (root.GetProperty("model").GetString(), root.GetProperty("frame").GetString(), root.GetProperty("states").GetArrayLength()));
        var failure = root.GetProperty("failures")[0];
        Assert.Equal(("28872", 1L), (failure.GetProperty("id").GetString(), failure.GetProperty("states").GetInt64()));
        Assert.StartsWith("SGP4 error 6: ", failure.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_OneObjectFails_HasTheStatesOfTheCsvRounded()
    {
        string two = _folder.Write("two.tle", Decaying + OrbitFolder.Station);
        string[][] rows = OrbitFolder.Rows((await OrbitFolder.SsaAsync("propagate", two, "--minutes", "0:60:30")).Output);
        var end = await OrbitFolder.SsaAsync("propagate", two, "--minutes", "0:60:30", "--to", "table");
        Assert.True(end.ExitCode == 1, end.ToString());
        string[] lines = end.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("SGP4, TEME", lines[0]);
        Assert.StartsWith("ID         EPOCH (UTC)", lines[1], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Equal(lines[1].Length, line.Length));
        string[][] cells = [.. lines[2..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(rows.Select(row => (row[0], row[1])), cells.Select(cell => (cell[0], cell[1])));
        foreach (var (row, cell) in rows.Zip(cells))
            for (int i = 2; i < 8; i++) Assert.Equal(double.Parse(row[i], CultureInfo.InvariantCulture), double.Parse(cell[i], CultureInfo.InvariantCulture), i < 5 ? 0.00051 : 0.00000051);
    }

    /// <summary>Programs that read the output get what they always got.</summary>
    [Theory]
    [InlineData(null, false, "table")]
    [InlineData(null, true, "csv")]
    [InlineData("out", false, "csv")]
    [InlineData("out", true, "csv")]
    public void Usual_ByWhereItGoes_IsTableForPeopleOnly(string? path, bool isRedirected, string expected) => Assert.Equal(expected, ResultFormat.Usual(path, isRedirected));

    [Theory]
    [InlineData("oem", "CCSDS_OEM_VERS", "REF_FRAME = TEME")]
    [InlineData("czml", "[", "\"referenceFrame\":\"FIXED\"")]
    public async Task Ephemeris_OfAStation_IsOneOfItsFormat(string to, string begins, string holds)
    {
        var end = await OrbitFolder.SsaAsync("propagate", Station, "--to", to, "-o", _folder.In("out"));
        Assert.True(end.ExitCode == 0, end.ToString());
        string text = await File.ReadAllTextAsync(_folder.In("out"));
        Assert.StartsWith(begins, text, StringComparison.Ordinal);
        Assert.Contains(holds, text, StringComparison.Ordinal);
        if (to == "oem") Assert.Equal(0, (await OrbitFolder.SsaAsync("validate", _folder.In("out"))).ExitCode);
    }

    [Fact]
    public async Task Oem_WithAGap_HasASegmentForEachRun()
    {
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("two.tle", Decaying + OrbitFolder.Station), "--minutes", "0:100:10", "--to", "oem", "-o", _folder.In("out.oem"));
        Assert.True(end.ExitCode == 1, end.ToString());
        string text = await File.ReadAllTextAsync(_folder.In("out.oem"));
        // SGP4 puts it below the ground at minute 60, and above it again later.
        Assert.Equal(4, text.Split("META_START").Length);
        Assert.Contains("STOP_TIME = 2005-11-29T01:18:58.939104", text, StringComparison.Ordinal);
        Assert.Contains("START_TIME = 2005-11-29T01:38:58.939104", text, StringComparison.Ordinal);
        Assert.Equal(0, (await OrbitFolder.SsaAsync("validate", _folder.In("out.oem"))).ExitCode);
    }

    [Fact]
    public async Task Numerical_FromElements_StaysNearSgp4AndKeepsItsFrames()
    {
        string[][] sgp4 = OrbitFolder.Rows((await OrbitFolder.SsaAsync("propagate", Station, "--minutes", "-60:60:60", "--frame", "gcrf")).Output);
        var end = await OrbitFolder.SsaAsync("propagate", Station, "--minutes", "-60:60:60", "--model", "numerical");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("Earth orientation on 2016-12-31 is extrapolated", end.Errors, StringComparison.Ordinal);
        string[][] numerical = OrbitFolder.Rows(end.Output);
        Assert.Equal(sgp4[1][2..5], numerical[1][2..5]);
        for (int i = 0; i < 3; i++) Assert.InRange(Distance(sgp4[i], numerical[i]), 0, 3);
        Assert.InRange(Distance(sgp4[0], numerical[0]), 0.001, 3);
    }

    [Fact]
    public async Task Numerical_FromAnOpm_CarriesItsCovarianceAndComesBack()
    {
        string opm = _folder.Write("a.opm", Opm);
        string oem = _folder.In("there.oem");
        var end = await OrbitFolder.SsaAsync("propagate", opm, "--model", "numerical", "--minutes", "0:1440:1440", "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        var states = JsonDocument.Parse(end.Output).RootElement.GetProperty("states");
        Assert.Equal(1e-4, states[0].GetProperty("covariance_km_s")[0].GetDouble(), 1e-12);
        Assert.InRange(states[1].GetProperty("covariance_km_s")[0].GetDouble(), 1e-4, 100);
        // From where it came to, a day back, is where it began.
        Assert.Equal(0, (await OrbitFolder.SsaAsync("propagate", opm, "--model", "numerical", "--minutes", "1440:1440:1", "--to", "oem", "-o", oem)).ExitCode);
        end = await OrbitFolder.SsaAsync("propagate", oem, "--model", "numerical", "--minutes", "-1440:-1440:1");
        Assert.True(end.ExitCode == 0, end.ToString());
        string[] row = OrbitFolder.Rows(end.Output).Single();
        Assert.Equal("1992-001A", row[0]);
        Assert.InRange(Distance(row, ["", "", "-6045", "-3490", "2500"]), 0, 1e-3);
    }

    [Fact]
    public async Task Numerical_BeyondItsEphemeris_IsToldWithoutAStateAndTheRestGoesOn()
    {
        string ephemeris = SsaShare.Orbits.Tests.ReferenceData.File("earth/orekit/lnxp2016.430");
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("a.opm", Opm), "--model", "numerical", "--minutes", "0:1440:1440", "--ephemeris", ephemeris);
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("1992-001A: no state at 2016-01-01T12:00:00Z and at 1 other times: the ephemeris of Sun and Moon does not cover 2016-01-01T12:00:00Z", end.Errors, StringComparison.Ordinal);
        end = await OrbitFolder.SsaAsync("propagate", _folder.Write("b.opm", Opm.Replace("2016-01-01T12", "2016-02-13T12", StringComparison.Ordinal)), "--model", "numerical", "--minutes", "0:1440:1440", "--ephemeris", ephemeris, "--ballistic", "0.02",
            "--space-weather", SsaShare.Orbits.Tests.ReferenceData.File("earth/celestrak/SpaceWeather-All-v1.2_2025-01-10.txt.gz"), "--eop", SsaShare.Orbits.Tests.ReferenceData.File("earth/celestrak/EOP-All-v1.1_2025-01-10.txt.gz"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(2, OrbitFolder.Rows(end.Output).Length);
        Assert.DoesNotContain("Earth orientation", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propagate_ToCompressedFileFromStandardInput_ReadsBack()
    {
        var end = await OrbitFolder.SsaWithInputAsync(OrbitFolder.Station, "propagate", "-", "-o", _folder.In("out.csv.gz"));
        Assert.True(end.ExitCode == 0, end.ToString());
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_folder.In("out.csv.gz")), CompressionMode.Decompress));
        Assert.Equal(145, OrbitFolder.Rows(await reader.ReadToEndAsync()).Length);
    }

    [Fact]
    public async Task Propagate_MoreTimesThanAreHeldAtOnce_IsTheSameAsInPieces()
    {
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", Station, "--start", "2016-12-31", "--stop", "2017-01-01", "--step", "0.9", "-o", _folder.In("long.csv")));
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", Station, "--start", "2016-12-31T18:00:00", "--stop", "2017-01-01", "--step", "0.9", "-o", _folder.In("short.csv")));
        string[] all = await File.ReadAllLinesAsync(_folder.In("long.csv")), late = await File.ReadAllLinesAsync(_folder.In("short.csv"));
        Assert.Equal(96_003, all.Length);
        Assert.Equal(late[1..], all[72_001..]);
    }

    [Theory]
    [InlineData(2, "expected a UTC time from 1972 on", "--start", "yesterday", "--stop", "2017-01-01")]
    [InlineData(2, "--stop is missing", "--start", "2017-01-01")]
    [InlineData(2, "--stop 2017-01-01T00:00:00Z is before --start 2017-01-02T00:00:00Z", "--start", "2017-01-02", "--stop", "2017-01-01")]
    [InlineData(2, "--step is 0; expected seconds", "--start", "2017-01-01", "--stop", "2017-01-01", "--step", "0")]
    [InlineData(2, "--minutes is '0:10'; expected FROM:TO:STEP", "--minutes", "0:10")]
    [InlineData(2, "STEP does not lead from 0 to 10", "--minutes", "0:10:-1")]
    [InlineData(2, "not both", "--minutes", "0:10:1", "--start", "2017-01-01")]
    [InlineData(2, "add --model numerical", "--gravity-degree", "20")]
    [InlineData(2, "--ballistic is -1; expected 0 to 1000 m2/kg", "--model", "numerical", "--ballistic", "-1")]
    [InlineData(2, "--gravity-degree is 1000; the built-in field goes from", "--model", "numerical", "--gravity-degree", "1000")]
    [InlineData(2, "CZML has no TEME", "--to", "czml", "--frame", "teme")]
    [InlineData(1, "a.tle:1: file: it is no file of Earth orientation that is known here; give CelesTrak", "--eop", "a.tle")]
    [InlineData(3, "none.txt", "--eop", "none.txt")]
    public async Task WrongWords_EndWithTheirCodeAndSayWhatToDo(int exitCode, string says, params string[] words)
    {
        string file = _folder.Write("a.tle", OrbitFolder.Station);
        var end = await OrbitFolder.SsaAsync(["propagate", file, .. words.Select(word => Path.GetExtension(word) is ".tle" or ".txt" ? _folder.In(word) : word)]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Header, end.Output.Split('\n'));
    }

    [Fact]
    public async Task BadRecord_IsToldByLineAndFieldAndTheRestGoesOn()
    {
        string broken = OrbitFolder.Station.Replace("51.6328", "51.63x8", StringComparison.Ordinal);
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("a.tle", broken + OrbitFolder.Station), "--minutes", "0:0:1");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains($"{_folder.In("a.tle")}:2: INCLINATION: ", end.Errors, StringComparison.Ordinal);
        Assert.Single(OrbitFolder.Rows(end.Output));
    }

    [Fact]
    public async Task WrongChecksum_IsTakenWithANoticeUnlessStrict()
    {
        string file = _folder.Write("a.tle", OrbitFolder.Station.Replace("9994\n", "9995\n", StringComparison.Ordinal));
        var end = await OrbitFolder.SsaAsync("propagate", file, "--minutes", "0:0:1");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("a.tle:1: CHECKSUM: notice: 5: the checksum of the line is 4; taken as it stands", end.Errors, StringComparison.Ordinal);
        end = await OrbitFolder.SsaAsync("propagate", file, "--minutes", "0:0:1", "--strict", "-o", _folder.In("out.csv"));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Equal(["a.tle"], _folder.Files());
    }

    [Fact]
    public async Task StateForSgp4_IsRefusedWithWhatToDo()
    {
        var end = await OrbitFolder.SsaAsync("propagate", _folder.Write("a.opm", Opm));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("1992-001A: a state, while SGP4 needs elements; take --model numerical", end.Errors, StringComparison.Ordinal);
    }

    private const string Opm = """
        CCSDS_OPM_VERS = 2.0
        CREATION_DATE = 2016-01-02T00:00:00
        ORIGINATOR = TEST
        OBJECT_NAME = A
        OBJECT_ID = 1992-001A
        CENTER_NAME = EARTH
        REF_FRAME = GCRF
        TIME_SYSTEM = UTC
        EPOCH = 2016-01-01T12:00:00
        X = -6045
        Y = -3490
        Z = 2500
        X_DOT = -3.457
        Y_DOT = 6.618
        Z_DOT = 2.533
        CX_X = 1e-4
        CY_X = 0
        CY_Y = 1e-4
        CZ_X = 0
        CZ_Y = 0
        CZ_Z = 1e-4
        CX_DOT_X = 0
        CX_DOT_Y = 0
        CX_DOT_Z = 0
        CX_DOT_X_DOT = 1e-10
        CY_DOT_X = 0
        CY_DOT_Y = 0
        CY_DOT_Z = 0
        CY_DOT_X_DOT = 0
        CY_DOT_Y_DOT = 1e-10
        CZ_DOT_X = 0
        CZ_DOT_Y = 0
        CZ_DOT_Z = 0
        CZ_DOT_X_DOT = 0
        CZ_DOT_Y_DOT = 0
        CZ_DOT_Z_DOT = 1e-10

        """;

    private string Station => _folder.Write("station.tle", OrbitFolder.Station);

    private static double Distance(string[] one, string[] other)
        => Math.Sqrt(Enumerable.Range(2, 3).Sum(axis => Math.Pow(Number(one[axis]) - Number(other[axis]), 2)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Decimals(string text) => text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1;
}
