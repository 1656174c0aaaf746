using System.Globalization;
using System.Text.Json;
using SsaShare.Cli.Tests.Orbits;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa screen` with operators' ephemerides, states, plans and tables beside a catalog.</summary>
public sealed class ScreenMixedTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two element sets that cross; the one as an ephemeris written by `ssa propagate` gives the same approach, by its number in the file or by its designator in the catalog.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ephemeris_InPlaceOfElements_SameApproaches(bool hasNumber)
    {
        string both = _folder.Write("both.json", Catalog(Set(5, 80), Set(900, 50)));
        string oem = await EphemerisAsync(Set(900, 50), hasNumber);
        string[] expected = await ScreenAsync(0, both), actual = await ScreenAsync(0, both, oem);
        Assert.Equal(2, expected.Length);
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, two) in expected.Zip(actual)) Assert.True(AreNear(one, two), $"{one} {two}");
        var end = await OrbitFolder.SsaAsync("screen", both, oem, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30");
        Assert.Contains("900: notice: elements of 2024-11-01T00:00:00Z left out; ephemeris from", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ephemeris_WithoutNumber_GoesByOneOfItsNameToldAndTheSameAgain()
    {
        string catalog = _folder.Write("a.json", Catalog(Set(5, 80))), oem = await EphemerisAsync(Set(900, 50), hasNumber: false);
        var end = await OrbitFolder.SsaAsync("screen", catalog, oem, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("A900 (2014-900A): has no catalogue number; called 1", end.Errors, StringComparison.Ordinal);
        var json = await OrbitFolder.SsaAsync("screen", catalog, oem, "--start", "2024-11-01", "--hours", "0.1", "--threshold-km", "30", "--to", "json");
        var assigned = Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("assigned_ids").EnumerateObject());
        Assert.Equal("A900 (2014-900A)", assigned.Value.GetString());
        Assert.Contains($"called {assigned.Name} here", end.Errors, StringComparison.Ordinal);
        string[] rows = await ScreenAsync(0, oem, catalog);
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.InRange(long.Parse(row.Split(',')[1], CultureInfo.InvariantCulture), 1_000_000_000, 2_000_000_000));
        Assert.Equal(OrbitFolder.Rows(end.Output).Select(row => string.Join(',', row)), rows);
    }

    /// <summary>The state that SGP4 gives at the start, as an OPM: a burn of 10 m/s half a revolution before parts it from the other by kilometres.</summary>
    [Fact]
    public async Task State_WithABurn_ApproachMoves()
    {
        string other = _folder.Write("a.json", Catalog(Set(5, 80)));
        string[] free = await ScreenAsync(0, other, await StateAsync("free.opm", "")), flown = await ScreenAsync(0, other, await StateAsync("flown.opm", Burn("2024-11-01T00:10:00", 0.01)));
        Assert.Equal(["5,900", "5,900"], free.Select(row => row[..5]));
        // The first meeting is before the burn.
        Assert.Equal(free[0], flown[0]);
        Assert.NotEqual(free[1], flown.ElementAtOrDefault(1));
    }

    [Fact]
    public async Task Plan_OfAnElementSet_IsFlownFromItsFirstBurn()
    {
        string both = _folder.Write("both.json", Catalog(Set(5, 80), Set(900, 50)));
        string plan = await StateAsync("plan.opm", Burn("2024-11-01T00:10:00", 0.01));
        string[] free = await ScreenAsync(0, both), flown = await ScreenAsync(0, both, "--plan", plan);
        Assert.True(AreNear(free[0], flown[0]), flown[0]);
        Assert.NotEqual(free[1], flown.ElementAtOrDefault(1));
        var end = await OrbitFolder.SsaAsync("screen", both, "--plan", plan, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30", "--forces", "light");
        Assert.Contains("900: notice: a burn of 10 m/s at 2024-11-01T00:10:00Z is flown", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_TableOfVolumes_CountsForTheirPairs()
    {
        string catalog = _folder.Write("a.json", Catalog(Set(5, 80), Set(900, 50), Set(901, 50)));
        string table = _folder.Write("t.csv", "id,radius_m,sphere_km,maneuverable,name\n5,3.5,30,YES,Five\n\n77,,,NO,\n");
        var end = await OrbitFolder.SsaAsync("screen", catalog, "--objects", table, "--start", "2024-11-01", "--hours", "0.5", "--threshold-km", "0.001", "--to", "json");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("77: of the table of objects (line 4), but in no file", end.Errors, StringComparison.Ordinal);
        var pairs = JsonDocument.Parse(end.Output).RootElement.GetProperty("approaches").EnumerateArray().Select(one => (one.GetProperty("id_1").GetInt64(), one.GetProperty("id_2").GetInt64())).ToHashSet();
        Assert.Contains((5, 900), pairs);
        Assert.Contains((5, 901), pairs);
    }

    /// <summary>By name whatever its case, or by designator, also where the object has a number; a name of several is told and means none.</summary>
    [Fact]
    public async Task Objects_ByNameOrDesignator_MeanTheObjectsSoCalled()
    {
        string catalog = _folder.Write("a.json", Catalog(Set(5, 80), Set(900, 50), Set(901, 50).Replace("A901", "A902", StringComparison.Ordinal), Set(902, 50))), table = _folder.Write("t.csv", "id,sphere_km\na5,30\n2014-900A,29\nA902,28\n");
        var end = await OrbitFolder.SsaAsync("screen", catalog, "--objects", table, "--start", "2024-11-01", "--hours", "0.2", "--threshold-km", "0.001", "--to", "json");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("A902: of the table of objects (line 4), but the name of several: 901, 902; give the number of one", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("in no file", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("has no catalogue number", end.Errors, StringComparison.Ordinal);
        var pairs = JsonDocument.Parse(end.Output).RootElement.GetProperty("approaches").EnumerateArray().Select(one => (one.GetProperty("id_1").GetInt64(), one.GetProperty("id_2").GetInt64())).ToHashSet();
        Assert.Contains((5, 900), pairs);
        Assert.Contains((5, 901), pairs);
    }

    [Fact]
    public async Task Objects_TwoLinesOfOneObject_AreRefusedWithBothLines()
    {
        var end = await OrbitFolder.SsaAsync("screen", _folder.Write("a.json", Catalog(Set(5, 80))), "--objects", _folder.Write("t.csv", "id,radius_m\n5,3\n2014-005A,4\n"), "--start", "2024-11-01", "--hours", "0.1", "--threshold-km", "5");
        Assert.True(end.ExitCode is 1 or 2, end.ToString());
        Assert.Contains("--objects: lines 2 (5) and 3 (2014-005A) are both of 5; give each object one line", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at SsaShare.", end.Errors, StringComparison.Ordinal);
    }

    /// <summary>A plan without mass and areas is flown with the drag of the elements, which is told.</summary>
    [Theory]
    [InlineData("0.001", "followed with the drag of its elements' B* (0.0127 m²/kg) and without radiation pressure")]
    [InlineData("0", "nor do its elements give a drag term above 0; followed without drag and radiation pressure")]
    public async Task Plan_WithoutMassAndAreas_TakesDragFromTheElementsAndTellsIt(string bStar, string says)
    {
        string catalog = _folder.Write("a.json", Catalog(Set(900, 50).Replace("\"BSTAR\":0", $"\"BSTAR\":{bStar}", StringComparison.Ordinal))), plan = await StateAsync("plan.opm", Burn("2024-11-01T00:03:00", 0.01));
        string[] lines = await File.ReadAllLinesAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(plan, lines.Where(line => !line.StartsWith("MASS", StringComparison.Ordinal) && !line.StartsWith("DRAG", StringComparison.Ordinal) && !line.StartsWith("SOLAR", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        var end = await OrbitFolder.SsaAsync("screen", catalog, "--plan", plan, "--start", "2024-11-01", "--hours", "0.1", "--threshold-km", "5", "--forces", "light");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("900: notice: its plan does not give MASS, DRAG_AREA and DRAG_COEFF", end.Errors, StringComparison.Ordinal);
        Assert.Contains("\n1 object, 0 approaches\n", end.Errors.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("radius_m\n3\n", "t.csv:1: id: no such column")]
    [InlineData("id,size\n3,4\n", "t.csv:1: size: no such column is read")]
    [InlineData("id,radius_m\n3,-4\n", "t.csv:2: radius_m: -4: not a number in its range; give one above 0 and up to 1000")]
    [InlineData("id,radius_m\n3\n", "t.csv:2: line: has 1 fields, its heading 2")]
    [InlineData("id,radial_km\n3,4\n", "not all three are given")]
    [InlineData("id,radius_m\n3,4\n3,4\n", "t.csv:3: id: 3: stands in an earlier line")]
    [InlineData("id,maneuverable\n3,PERHAPS\n", "t.csv:2: maneuverable: PERHAPS: neither YES nor NO")]
    [InlineData("id,object_type\n3,payload\n4,SATELLITE\n", "t.csv:3: object_type: SATELLITE: no such type; give one of PAYLOAD")]
    public async Task Objects_BadTable_IsRefusedWithLineAndField(string table, string says)
    {
        var end = await OrbitFolder.SsaAsync("screen", _folder.Write("a.json", Catalog(Set(5, 80))), "--objects", _folder.Write("t.csv", table), "--start", "2024-11-01", "--hours", "1", "--threshold-km", "5");
        Assert.True(end.ExitCode is 1 or 2, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadFiles_AreToldAndTheRestScreened()
    {
        string both = _folder.Write("both.json", Catalog(Set(5, 80), Set(900, 50)));
        string coarse = await EphemerisAsync(Set(7, 30), hasNumber: true, step: "3000"), gap = await StateAsync("mars.opm", "").ContinueWith(one => _folder.Write("mars.opm", File.ReadAllText(one.Result).Replace("EARTH", "MARS", StringComparison.Ordinal)), TaskScheduler.Default);
        var end = await OrbitFolder.SsaAsync("screen", both, coarse, gap, "--plan", both, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30");
        Assert.True(end.ExitCode == 1, end.ToString());
        foreach (string said in (string[])["7: not screened: between 2024-10-31T23:50:00Z and", "mars.opm:", "not about the Earth", "both.json:1: file: ", "has no manoeuvres that are read"]) Assert.Contains(said, end.Errors, StringComparison.Ordinal);
        Assert.Equal(2, OrbitFolder.Rows(end.Output).Length);
    }

    private async Task<string[]> ScreenAsync(int code, params string[] words)
    {
        string path = _folder.In("out.csv");
        Assert.Equal(code, await OrbitFolder.SsaHereAsync(["screen", .. words, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "30", "--forces", "light", "-o", path]));
        return [.. (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Skip(1)];
    }

    /// <summary>The same pair within a millisecond and a metre.</summary>
    private static bool AreNear(string one, string two)
    {
        string[] a = one.Split(','), b = two.Split(',');
        return (a[0], a[1]) == (b[0], b[1]) && Math.Abs((DateTime.Parse(a[2], CultureInfo.InvariantCulture) - DateTime.Parse(b[2], CultureInfo.InvariantCulture)).TotalSeconds) < 1e-3
            && Math.Abs(double.Parse(a[3], CultureInfo.InvariantCulture) - double.Parse(b[3], CultureInfo.InvariantCulture)) < 1e-3;
    }

    private async Task<string> EphemerisAsync(string set, bool hasNumber, string step = "60")
    {
        string path = _folder.In("operator.oem");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", _folder.Write("one.json", Catalog(set)), "--start", "2024-10-31T23:50:00Z", "--stop", "2024-11-01T02:20:00Z", "--step", step, "--to", "oem", "-o", path));
        if (!hasNumber) await File.WriteAllTextAsync(path, string.Join('\n', (await File.ReadAllLinesAsync(path)).Where(line => !line.Contains("NORAD_CAT_ID", StringComparison.Ordinal))) + "\n");
        return path;
    }

    /// <summary>Of object 900 at the start.</summary>
    private async Task<string> StateAsync(string name, string burn)
    {
        string csv = _folder.In("state.csv");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", _folder.Write("one.json", Catalog(Set(900, 50))), "--start", "2024-11-01", "--stop", "2024-11-01", "--step", "1", "-o", csv));
        string[] row = OrbitFolder.Rows(await File.ReadAllTextAsync(csv))[0];
        return _folder.Write(name, "CCSDS_OPM_VERS = 2.0\nCREATION_DATE = 2024-11-01T00:00:00\nORIGINATOR = X\nOBJECT_NAME = A900\nOBJECT_ID = 900\nCENTER_NAME = EARTH\nREF_FRAME = TEME\nTIME_SYSTEM = UTC\n"
            + $"EPOCH = 2024-11-01T00:00:00\nX = {row[2]}\nY = {row[3]}\nZ = {row[4]}\nX_DOT = {row[5]}\nY_DOT = {row[6]}\nZ_DOT = {row[7]}\nMASS = 500\nSOLAR_RAD_AREA = 2\nSOLAR_RAD_COEFF = 1.3\nDRAG_AREA = 2\nDRAG_COEFF = 2.2\n{burn}");
    }

    private static string Burn(string at, double kmPerS) => string.Create(CultureInfo.InvariantCulture, $"MAN_EPOCH_IGNITION = {at}\nMAN_DURATION = 0\nMAN_DELTA_MASS = -1\nMAN_REF_FRAME = RTN\nMAN_DV_1 = 0\nMAN_DV_2 = {kmPerS}\nMAN_DV_3 = 0\n");

    private static string Catalog(params string[] sets) => $"[{string.Join(",\n", sets)}]";

    /// <summary>At 700 km, all at their common node together every half revolution.</summary>
    private static string Set(int id, double inclination)
        => string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A{{id}}","OBJECT_ID":"2014-{{id:000}}A","EPOCH":"2024-11-01T00:00:00","MEAN_MOTION":14.6,"ECCENTRICITY":0.0001,"INCLINATION":{{inclination}},"RA_OF_ASC_NODE":100,"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":350,"NORAD_CAT_ID":{{id}},"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}""");
}
