using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>`ssa decay` under a Sun that does not change, of an object that falls in days, one that stays, and what cannot be answered.</summary>
public sealed class DecayTests : IDisposable
{
    private const string Vanguard = "1 00005U 58002B   24303.51297610  .00000150  00000-0  20000-3 0  9999\n2 00005  34.2500 100.0000 1840000 200.0000 150.0000 10.85700000 10000\n";

    private const string Falling = "1 25544U 98067A   24303.52007259  .02000000  00000-0  40000-3 0  9994\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 16.30000000567468\n";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Csv_OfAFallingAndALastingOrbit_HasTheBandOfOneAndTheReasonOfTheOther()
    {
        var end = await OrbitFolder.SsaAsync("decay", Both(), "--space-weather", Weather(1_000), "--years", "2", "--samples", "8");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("id,epoch_utc,ballistic_m2_kg,nominal_utc,early_utc,median_utc,late_utc,latitude_deg,reason\n", end.Output, StringComparison.Ordinal);
        string[][] rows = OrbitFolder.Rows(end.Output);
        Assert.Equal((2, "5", "too_long", ""), (rows.Length, rows[0][0], rows[0][8], rows[0][3]));
        Assert.Equal(("25544", "2024-10-29T12:28:54Z", ""), (rows[1][0], rows[1][1], rows[1][8]));
        var (early, median, late) = (Utc(rows[1][4]), Utc(rows[1][5]), Utc(rows[1][6]));
        Assert.True(Utc(rows[1][1]) < early && early < median && median < late);
        Assert.InRange((Utc(rows[1][3]) - Utc(rows[1][1])).TotalDays, 0.5, 60);
        Assert.InRange(double.Parse(rows[1][7], CultureInfo.InvariantCulture), 51, 52.5);
        Assert.Contains("2 objects, 1 predicted", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TableAndJson_OfTheSame_SayTheSame()
    {
        string[] words = ["decay", Both(), "--space-weather", Weather(1_000), "--years", "2", "--samples", "8", "--to"];
        string[] falling = OrbitFolder.Rows((await OrbitFolder.SsaAsync([.. words, "csv"])).Output)[1];
        var table = await OrbitFolder.SsaAsync([.. words, "table"]);
        Assert.True(table.ExitCode == 0, table.ToString());
        string[] lines = table.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("Down to 80 km", lines[0], StringComparison.Ordinal);
        string[] cells = lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((falling[0], Minute(falling[4]), Minute(falling[5]), Minute(falling[6])), (cells[0], cells[3], cells[4], cells[5]));
        Assert.Equal(["Not predicted (1):", "  5: The object stays in orbit for more than 2 years."], lines[5..]);

        var json = await OrbitFolder.SsaAsync([.. words, "json"]);
        Assert.True(json.ExitCode == 0, json.ToString());
        var objects = JsonDocument.Parse(json.Output).RootElement.GetProperty("objects");
        Assert.Equal(("too_long", "The object stays in orbit for more than 2 years."), (objects[0].GetProperty("reason").GetString(), objects[0].GetProperty("explanation").GetString()));
        Assert.Equal((falling[5], JsonValueKind.Null), (objects[1].GetProperty("median_utc").GetString(), objects[1].GetProperty("reason").ValueKind));
    }

    [Fact]
    public async Task Csv_OfTwoSetsOfOneObject_TakesTheNewer()
    {
        string older = Falling.Replace("24303.", "24300.", StringComparison.Ordinal);
        var end = await OrbitFolder.SsaAsync("decay", _folder.Write("a.tle", Falling), _folder.Write("b.tle", older), "--space-weather", Weather(400), "--samples", "8", "-o", _folder.In("out.csv"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("2024-10-29T12:28:54Z", Assert.Single(OrbitFolder.Rows(await File.ReadAllTextAsync(_folder.In("out.csv"))))[1]);
        Assert.Contains("1 older orbits of them left out", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_NeedsACoefficientAndFallsWithOne()
    {
        string opm = _folder.Write("a.opm", Opm);
        var end = await OrbitFolder.SsaAsync("decay", opm, "--space-weather", Weather(400));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.EndsWith(",coefficient_unknown\n", end.Output, StringComparison.Ordinal);
        double[] days = [.. await Task.WhenAll(new[] { "0.02", "0.04" }.Select(async coefficient =>
        {
            var fall = await OrbitFolder.SsaAsync("decay", opm, "--space-weather", Weather(400), "--ballistic", coefficient, "--samples", "8");
            Assert.True(fall.ExitCode == 0, fall.ToString());
            string[] row = OrbitFolder.Rows(fall.Output).Single();
            return (Utc(row[3]) - Utc(row[1])).TotalDays;
        }))];
        Assert.InRange(days[1] / days[0], 0.4, 0.6);
    }

    [Fact]
    public async Task ActivityThatEnds_IsAFailureThatIsTold()
    {
        var end = await OrbitFolder.SsaAsync("decay", _folder.Write("a.tle", Vanguard), "--space-weather", Weather(200), "--to", "table");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("5: The object is still in orbit where the table of solar activity ends", end.Output, StringComparison.Ordinal);
        // What went before goes on for as long as is asked.
        end = await OrbitFolder.SsaAsync("decay", _folder.In("a.tle"), "--space-weather", Weather(200), "--known-until", "2024-10-29", "--years", "2");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.EndsWith(",too_long\n", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--height-km is 150; expected 70 to 120.", "--height-km", "150")]
    [InlineData(2, "--samples is 1; expected 8 to 10000.", "--samples", "1")]
    [InlineData(2, "--ballistic-sigma is 3; expected 0 to 1.", "--ballistic-sigma", "3")]
    [InlineData(2, "has not that day and the 81 days before it", "--known-until", "2020-01-01")]
    [InlineData(1, "77: no orbit of it in the files", "--id", "77")]
    public async Task Options_ThatMakeNoSense_AreToldAndNothingIsWritten(int exitCode, string told, params string[] words)
    {
        var end = await OrbitFolder.SsaAsync(["decay", _folder.Write("a.tle", Falling), "--space-weather", Weather(200), .. words]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(told, end.Errors, StringComparison.Ordinal);
        Assert.Empty(end.Output);
    }

    private string Both() => _folder.Write("both.tle", Vanguard + Falling);

    /// <summary>From 2024-07-01 on, so many days alike.</summary>
    private string Weather(int days)
    {
        var text = new StringBuilder("DATE,AP1,AP2,AP3,AP4,AP5,AP6,AP7,AP8,AP_AVG,F10.7_OBS,F10.7_ADJ,F10.7_DATA_TYPE,F10.7_OBS_CENTER81,F10.7_OBS_LAST81\n");
        for (int i = 0; i < days; i++) text.Append(CultureInfo.InvariantCulture, $"{new DateOnly(2024, 7, 1).AddDays(i):yyyy-MM-dd},8,8,8,8,8,8,8,8,8,150.0,150.0,OBS,150.0,150.0\n");
        return _folder.Write($"weather-{days}.csv", text.ToString());
    }

    private static string Minute(string second) => $"{second[..16]}Z";

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private const string Opm = """
        CCSDS_OPM_VERS = 2.0
        CREATION_DATE = 2024-10-29T00:00:00
        ORIGINATOR = TEST
        OBJECT_NAME = FALLING
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = GCRF
        TIME_SYSTEM = UTC
        EPOCH = 2024-10-29T12:00:00
        X = 6630.0
        Y = 0.0
        Z = 0.0
        X_DOT = 0.0
        Y_DOT = 4.8
        Z_DOT = 6.0894

        """;
}
