using System.Xml.Linq;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>Pictures: well-formed SVG with titles, units and ticks, and every point where it belongs.</summary>
public sealed class PlotTests : IDisposable
{
    private const string Residuals = """
        {"id":"A","frame":"GCRF","residuals":[
        {"epoch_utc":"2016-12-31T23:00:00Z","sensor":"S1","type":"range","unit":"m","value":10,"normalised":1,"edited":false},
        {"epoch_utc":"2017-01-01T01:00:00Z","sensor":"S1","type":"range","unit":"m","value":-20,"normalised":-2,"edited":false},
        {"epoch_utc":"2017-01-01T00:00:00Z","sensor":"S<2>","type":"range","unit":"m","value":500,"normalised":50,"edited":true},
        {"epoch_utc":"2017-01-01T00:00:00Z","sensor":"S1","type":"declination","unit":"deg","value":0.0001,"normalised":1,"edited":false}],
        "states":[
        {"id":"A","epoch_utc":"2017-01-01T00:00:00Z","x_km":7000,"y_km":0,"z_km":0,"vx_km_s":0,"vy_km_s":7.5,"vz_km_s":0,"covariance_km_s":[1e-4,0,4e-4,0,0,9e-4,0,0,0,1e-9,0,0,0,0,1e-9,0,0,0,0,0,1e-9]},
        {"id":"A","epoch_utc":"2017-01-01T06:00:00Z","x_km":0,"y_km":7000,"z_km":0,"vx_km_s":-7.5,"vy_km_s":0,"vz_km_s":0,"covariance_km_s":[1,0,1,0,0,1,0,0,0,1e-9,0,0,0,0,1e-9,0,0,0,0,0,1e-9]}]}
        """;

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Residuals_OfTwoTypes_HaveAPanelEachWithUnits()
    {
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "residuals", _folder.Write("fit.json", Residuals), "-o", _folder.In("r.svg")));
        string[] texts = Texts("r.svg");
        Assert.Equal("Residuals, A", texts[0]);
        foreach (string text in (string[])["S1", "S<2>", "edited (1)", "range (m)", "declination (arcsec)", "UTC, 2016-12-31 to 2017-01-01", "23:30", "01-01"]) Assert.Contains(text, texts);
        // The two used ranges: early and late, the first above the line in the middle of the panel.
        string dots = Paths("r.svg").First(path => path.Attribute("stroke")!.Value == "#0072b2" && path.Attribute("d")!.Value.Split("h0").Length == 3).Attribute("d")!.Value;
        double[][] points = [.. dots.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Replace("h0", "", StringComparison.Ordinal).Split(',').Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        Assert.True(points[0][0] < points[1][0] && points[0][1] < points[1][1]);
    }

    [Fact]
    public async Task Residuals_OfTwoPassesADayApart_LeaveOutTheTimeBetween()
    {
        IEnumerable<string> Pass(string day) => Enumerable.Range(0, 10).Select(minute => $$"""{"epoch_utc":"{{day}}T10:0{{minute}}:00Z","sensor":"S1","type":"range","unit":"m","value":{{minute}},"normalised":1,"edited":false}""");
        string fit = $$"""{"id":"A","residuals":[{{string.Join(',', Pass("2016-12-30").Concat(Pass("2017-01-01")))}}]}""";
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "residuals", _folder.Write("fit.json", fit), "-o", _folder.In("r.svg")));
        foreach (string text in (string[])["30 10:00", "01 10:00", "UTC, 2016-12-30 to 2017-01-01: day and time at which passes begin, ticks every 1 min; gaps are left out"]) Assert.Contains(text, Texts("r.svg"));
        string dots = Paths("r.svg").First(path => path.Attribute("stroke")!.Value == "#0072b2" && path.Attribute("d")!.Value.Split("h0").Length == 21).Attribute("d")!.Value;
        double[] across = [.. dots.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(one => double.Parse(one.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        double[] steps = [.. across.Zip(across.Skip(1), (before, after) => after - before)];
        // Even minutes within a pass; two days between them are no wider than a gap and the room at its sides.
        Assert.All(steps[..9].Concat(steps[10..]), step => Assert.Equal(steps[0], step, 0.02));
        Assert.InRange(steps[9], 5, 20);
    }

    [Fact]
    public async Task Covariance_OfStates_IsDrawnAlongTheLocalAxes()
    {
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "covariance", _folder.Write("fit.json", Residuals), "-o", _folder.In("c.svg")));
        foreach (string text in (string[])["Position uncertainty, A", "radial", "transverse (along track)", "normal (cross track)", "standard deviation (m)", "100", "1,000"]) Assert.Contains(text, Texts("c.svg"));
        // 10, 20 and 30 m at first: radial lowest on the picture, so with the largest y.
        double[] starts = [.. Paths("c.svg").Where(path => path.Attribute("stroke-width")!.Value == "1.8").Select(path => double.Parse(path.Attribute("d")!.Value[1..].Split('L')[0].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(starts.OrderDescending(), starts);
        Assert.Equal(3, starts.Distinct().Count());
    }

    [Fact]
    public async Task GroundTrack_OfAStation_StaysOnTheMapAndBreaksAtItsSides()
    {
        string sensors = _folder.Write("s.json", """{"format":"ssashare-sensors/1","sensors":[{"id":"354","name":"ASCENSION","latitude_deg":-7.9,"longitude_deg":-14.4,"height_m":56}]}""");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("plot", "groundtrack", _folder.Write("a.tle", OrbitFolder.Station), "-o", _folder.In("t.svg"), "--minutes", "0:270:0.5", "--sensors", sensors));
        foreach (string text in (string[])["25544", "ASCENSION", "60° N", "120° W", "longitude", "latitude", "Ground track, 2016-12-31 12:28 to 2016-12-31 16:58 UTC"]) Assert.Contains(text, Texts("t.svg"));
        string[] strokes = Paths("t.svg").Single(path => path.Attribute("stroke-width")!.Value == "1.6").Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, strokes.Length);
        double[][] points = [.. strokes.SelectMany(stroke => stroke.Split('L')).Select(one => one.Split(',').Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        Assert.All(points, point => Assert.True(point[0] is >= 70 and <= 910 && point[1] is >= 78 and <= 498));
    }

    [Theory]
    [InlineData("residuals", "{}", "a.json: residuals: missing; give what 'ssa od --to json' wrote")]
    [InlineData("residuals", "{\"residuals\":[{\"epoch_utc\":\"2017-01-01T00:00:00Z\"}]}", "a.json: residuals[0].sensor: missing or not what it should be")]
    [InlineData("covariance", "{\n\"frame\":", "a.json:2: file: not JSON")]
    [InlineData("covariance", "{\"frame\":\"ITRF\"}", "a.json: frame: ITRF: the axes of the covariance turn with the Earth; propagate with --frame gcrf")]
    [InlineData("covariance", "{\"frame\":\"GCRF\",\"states\":[]}", "a.json: states: none has a covariance")]
    [InlineData("groundtrack", "what is this", "a.json:1: file: what is this: no format that is known here")]
    public async Task BadInput_IsToldWithWhatToDo(string plot, string input, string says)
    {
        var end = await OrbitFolder.SsaAsync("plot", plot, _folder.Write("a.json", input), "-o", _folder.In("x.svg"));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.json"], _folder.Files());
    }

    private string[] Texts(string name) => [.. XDocument.Load(_folder.In(name)).Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];

    private XElement[] Paths(string name) => [.. XDocument.Load(_folder.In(name)).Descendants().Where(one => one.Name.LocalName == "path")];
}
