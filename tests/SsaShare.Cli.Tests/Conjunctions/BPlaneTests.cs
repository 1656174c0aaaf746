using System.Globalization;
using System.Xml.Linq;
using SsaShare.Cli.Tests.Orbits;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa plot bplane`: what is drawn stands where the figures say, for ordinary, extreme and bad messages.</summary>
public sealed class BPlaneTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OneMessage_HasMissSigmasAndBodiesToScale()
    {
        var svg = await DrawAsync(0, _folder.Write("a.cdm", CrossingMessage.Text()), "--radius-m", "200");
        string[] texts = Texts(svg);
        Assert.Equal("Encounter plane, A1 (00001) and A2 (00002)", texts[0]);
        foreach (string text in (string[])["400 m", "500 m", "200 m", "0.800", "first", "second", "1σ", "3σ", "X (m), across", "Y (m), up: radial of the first object"]) Assert.Contains(text, texts);
        // The error is round, 500 m: circles of one, two and three sigma about the second object, 400 m above the first; the bodies 200 m.
        var circles = Ellipses(svg, "#0072b2");
        var bodies = Ellipses(svg, "#d55e00")[0];
        Assert.Equal([3, 2, 1], circles[..3].Select(one => Math.Round(one.RadiusX / circles[2].RadiusX, 3)));
        Assert.Equal(circles[0].RadiusX, circles[0].RadiusY, 0.02);
        double pixelsPerM = circles[2].RadiusX / 500;
        Assert.Equal(200, bodies.RadiusX / pixelsPerM, 0.1);
        Assert.Equal(400, (bodies.Y - circles[0].Y) / pixelsPerM, 0.2);
        Assert.Equal(0, (bodies.X - circles[0].X) / pixelsPerM, 0.2);
        Assert.All(circles, one => Assert.InRange(one.X, 80, 950));
        // For those who do not see it.
        Assert.Equal(texts[0], svg.Root!.Elements().First(one => one.Name.LocalName == "title").Value);
        Assert.Contains("miss 400 m", svg.Root.Elements().First(one => one.Name.LocalName == "desc").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorAThousandTimesTheBodies_ShowsThemLargerBeside()
    {
        var svg = await DrawAsync(0, _folder.Write("a.cdm", CrossingMessage.Text(sigmaM: 5_000)));
        string inset = Assert.Single(Texts(svg), text => text.StartsWith("About the first object, ", StringComparison.Ordinal));
        double times = double.Parse(inset.Split(' ')[4], NumberStyles.Number, CultureInfo.InvariantCulture);
        double[] bodies = [.. Ellipses(svg, "#d55e00").Select(one => one.RadiusX)];
        // The circle itself, a ring to find it by, the circle in the inset, and in sigmas.
        Assert.Equal(4, bodies.Length);
        Assert.True(bodies[0] < 1 && bodies[1] == 6 && bodies[2] > 25);
        Assert.Equal(1, bodies[2] / (bodies[0] * times), 0.2);
    }

    [Fact]
    public async Task SeveralMessages_AreLighterTheOlderTheyAre()
    {
        string old = _folder.Write("old.cdm", CrossingMessage.Text(sigmaM: 900, created: "2024-10-28T06:00:00")), middle = _folder.Write("middle.cdm", CrossingMessage.Text(sigmaM: 700, created: "2024-10-29T00:00:00"));
        // Given out of order.
        var svg = await DrawAsync(0, _folder.Write("new.cdm", CrossingMessage.Text()), old, middle);
        double[] opacities = [.. svg.Descendants().Where(one => one.Name.LocalName == "ellipse" && one.Attribute("stroke")!.Value == "#0072b2").Take(7).Select(one => double.Parse(one.Attribute("stroke-opacity")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal([0.2, 0.2, 0.6, 0.6, 1, 1, 1], opacities);
        string[] texts = Texts(svg);
        foreach (string text in (string[])["made", "10-28 06:00", "900 m", "10-29 00:00", "10-30 00:00"]) Assert.Contains(text, texts);
        Assert.Contains("3 messages, oldest first: 2024-10-28T06:00:00Z miss 400 m", svg.Root!.Elements().First(one => one.Name.LocalName == "desc").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessagesOfTwoPairsOrTwoEvents_AreNotOnePicture()
    {
        string one = _folder.Write("a.cdm", CrossingMessage.Text()), other = _folder.Write("b.cdm", CrossingMessage.Text().Replace("OBJECT_DESIGNATOR = 00002", "OBJECT_DESIGNATOR = 00003", StringComparison.Ordinal));
        string later = _folder.Write("c.cdm", CrossingMessage.Text().Replace("TCA = 2024-11-01T00", "TCA = 2024-11-01T03", StringComparison.Ordinal));
        foreach (var (second, says) in new[] { (other, "of one pair"), (later, "of one event") })
        {
            var end = await OrbitFolder.SsaAsync("plot", "bplane", one, second, "-o", _folder.In("x.svg"));
            Assert.Equal(2, end.ExitCode);
            Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("x.svg", _folder.Files());
    }

    [Theory]
    [InlineData(0, "a covariance is missing")]
    [InlineData(500, "no relative velocity")]
    public async Task NothingToDraw_IsToldAndNoFileWritten(double sigmaM, string says)
    {
        string text = CrossingMessage.Text(sigmaM: sigmaM);
        // The second object's velocity becomes the first's.
        if (sigmaM > 0) text = text.Replace("Y_DOT = 0.000000000000000", "Y_DOT = 7.500000000000000", StringComparison.Ordinal).Replace("Z_DOT = 7.500000000000000", "Z_DOT = 0.000000000000000", StringComparison.Ordinal);
        var end = await OrbitFolder.SsaAsync("plot", "bplane", _folder.Write("a.cdm", text), "-o", _folder.In("x.svg"));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.cdm"], _folder.Files());
    }

    [Fact]
    public async Task PublishedMessages_AreAllDrawnWithinTheirPicture()
    {
        int drawn = 0;
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(ReferenceData.File("pc/cara-cdms/expected.csv"))!, "*.cdm").Concat(Directory.GetFiles(Path.GetDirectoryName(ReferenceData.File("pc/cara-sample-cdms/AlfanoTestCase01.cdm"))!, "Omitron*.cdm")))
        {
            var svg = await DrawAsync(0, file, "--radius-m", "10");
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
            Assert.All(svg.Descendants().Where(one => one.Name.LocalName == "text"), one => Assert.True(double.Parse(one.Attribute("x")!.Value, CultureInfo.InvariantCulture) is >= 0 and <= 950, $"{file}: {one}"));
            drawn++;
        }
        Assert.Equal(34, drawn);
    }

    private async Task<XDocument> DrawAsync(int code, params string[] words)
    {
        Assert.Equal(code, await OrbitFolder.SsaHereAsync(["plot", "bplane", .. words, "-o", _folder.In("out.svg")]));
        return XDocument.Load(_folder.In("out.svg"));
    }

    private static string[] Texts(XDocument svg) => [.. svg.Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];

    private static (double X, double Y, double RadiusX, double RadiusY)[] Ellipses(XDocument svg, string stroke)
    {
        return [.. svg.Descendants().Where(one => one.Name.LocalName == "ellipse" && one.Attribute("stroke")!.Value == stroke).Select(one => (Number(one, "cx"), Number(one, "cy"), Number(one, "rx"), Number(one, "ry")))];

        static double Number(XElement of, string name) => double.Parse(of.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }
}
