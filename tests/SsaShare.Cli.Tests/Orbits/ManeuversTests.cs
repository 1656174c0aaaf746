using System.Globalization;
using System.Text.Json;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>`ssa maneuvers` on the element sets of CryoSat-2 and on what is no history.</summary>
public sealed class ManeuversTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Csv_OfCryoSat_HasTheBurnsOfTheOperator()
    {
        var end = await OrbitFolder.SsaAsync("maneuvers", ReferenceData.File("maneuvers/CryoSat-2.tle"), "--since", "2013-01-01", "--until", "2016-01-01");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("time_utc,delta_v_m_s,confidence\n2013-", end.Output, StringComparison.Ordinal);
        DateTime[] found = [.. OrbitFolder.Rows(end.Output).Select(row => Utc(row[0]))];
        // The list's days are a day late (docs/accuracy.md).
        DateTime[] burns = [.. ReferenceData.Lines("maneuvers/manoeuvres_CryoSat-2.yaml").Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => Utc(line[2..].Trim()).AddDays(-1)).Where(time => time.Year is 2013 or 2014 or 2015)];
        int hits = burns.Count(burn => found.Any(time => Math.Abs((time - burn).TotalHours) <= 12));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED ssa maneuvers, CryoSat-2 2013 to 2015, found {hits} of {burns.Length}, told {found.Length}");
        Assert.InRange(2.0 * hits / (found.Length + burns.Length), 0.85, 1);
        Assert.All(OrbitFolder.Rows(end.Output), row => Assert.InRange(double.Parse(row[2], CultureInfo.InvariantCulture), 0.5, 1));
    }

    [Fact]
    public async Task Json_OfASteppedHistory_HasTheStep()
    {
        var end = await OrbitFolder.SsaAsync("maneuvers", _folder.Write("a.json", History(2)), "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        var root = JsonDocument.Parse(end.Output).RootElement;
        Assert.Equal(("40000", 120), (root.GetProperty("id").GetString(), root.GetProperty("element_sets").GetInt32()));
        // How large and how many is for the detector's own tests to say.
        var all = root.GetProperty("maneuvers").EnumerateArray().ToList();
        Assert.All(all, one => Assert.StartsWith("2015-03-0", one.GetProperty("time_utc").GetString(), StringComparison.Ordinal));
        var found = all.MaxBy(one => one.GetProperty("delta_v_m_s").GetDouble());
        Assert.InRange(found.GetProperty("along_track_m_s").GetDouble(), -1, -0.2);
        Assert.Equal(found.GetProperty("delta_v_m_s").GetDouble(), Math.Abs(found.GetProperty("along_track_m_s").GetDouble()), 0.05);
        Assert.Contains($"40000: 120 element sets, {all.Count} manoeuvres", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfAQuietHistory_HasNone()
    {
        var end = await OrbitFolder.SsaAsync("maneuvers", _folder.Write("a.json", History(0)));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("time_utc,delta_v_m_s,confidence\n", end.Output);
    }

    [Fact]
    public async Task Table_OfASteppedHistory_HasARowForEachManoeuvreOfTheCsv()
    {
        string history = _folder.Write("a.json", History(2));
        string[][] rows = OrbitFolder.Rows((await OrbitFolder.SsaAsync("maneuvers", history)).Output);
        var end = await OrbitFolder.SsaAsync("maneuvers", history, "--to", "table");
        Assert.True(end.ExitCode == 0, end.ToString());
        string[] lines = end.Output.TrimEnd('\n').Split('\n');
        Assert.Equal($"Manoeuvres of 40000, from 120 element sets of 2015-01-01 to 2015-04-30: {rows.Length}", lines[0]);
        Assert.StartsWith("TIME (UTC)", lines[2], StringComparison.Ordinal);
        Assert.Equal(rows.Select(row => (row[0][..16] + "Z", row[1], row[2])), lines[3..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cells => (cells[0], cells[1], cells[4])));
    }

    [Fact]
    public async Task Table_OfAQuietHistory_SaysSo()
    {
        var end = await OrbitFolder.SsaAsync("maneuvers", _folder.Write("a.json", History(0)), "--to", "table");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("Manoeuvres of 40000, from 120 element sets of 2015-01-01 to 2015-04-30: none found\n", end.Output);
    }

    [Fact]
    public async Task SeveralObjects_AreRefusedUntilOneIsChosen()
    {
        string both = _folder.Write("a.json", History(2).Replace("]", ",", StringComparison.Ordinal) + History(0).Replace("40000", "40001", StringComparison.Ordinal)[1..]);
        var end = await OrbitFolder.SsaAsync("maneuvers", both);
        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains("several objects, 40000 and 40001 among them; choose one with --id", end.Errors, StringComparison.Ordinal);
        end = await OrbitFolder.SsaAsync("maneuvers", both, "--id", "40001", "-o", _folder.In("out.csv"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("time_utc,delta_v_m_s,confidence\n", await File.ReadAllTextAsync(_folder.In("out.csv")));
        end = await OrbitFolder.SsaAsync("maneuvers", both, "--id", "5");
        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains("has no element sets of 5", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFile_EndsWith3()
    {
        var end = await OrbitFolder.SsaAsync("maneuvers", _folder.In("none.tle"));
        Assert.True(end.ExitCode == 3, end.ToString());
        Assert.Contains("none.tle:1: file: there is no such file", end.Errors, StringComparison.Ordinal);
    }

    /// <summary>A set a day for 120 days at 720 km; from day 60 on the mean motion is larger by so many thousandths of a revolution a day.</summary>
    private static string History(int thousandths)
    {
        var sets = new List<string>();
        double anomaly = 10;
        for (int day = 0; day < 120; day++)
        {
            double motion = 14.5 + (day >= 60 ? thousandths * 1e-3 : 0);
            sets.Add(string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A","OBJECT_ID":"2014-001A","EPOCH":"{{new DateTime(2015, 1, 1).AddDays(day):yyyy-MM-dd}}T00:00:00","MEAN_MOTION":{{motion}},"ECCENTRICITY":0.001,"INCLINATION":92,"RA_OF_ASC_NODE":{{100 + 0.1 * day}},"ARG_OF_PERICENTER":90,"MEAN_ANOMALY":{{anomaly}},"NORAD_CAT_ID":40000,"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}"""));
            anomaly = (anomaly + 360 * (motion - 14)) % 360;
        }
        return $"[{string.Join(",\n", sets)}]";
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
