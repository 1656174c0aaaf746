using System.Globalization;
using System.Text.Json;
using SsaShare.Cli.Tests.Orbits;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa screen --to cdm`: what it writes the strict reader takes, and `ssa pc` finds the probability that is stated.</summary>
public sealed class ScreenMessageTests : IDisposable
{
    private const string Created = "2024-10-31T06:00:00Z";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cdm")]
    [InlineData("cdm-xml")]
    [InlineData("cdm-json")]
    public async Task File_OfACrowd_IsReadByTheStrictReaderAndAssessedAsStated(string to)
    {
        string catalog = Crowd(200);
        Assert.Equal(0, await ScreenAsync(catalog, "-o", _folder.In("a.csv")));
        string[][] rows = OrbitFolder.Rows(await File.ReadAllTextAsync(_folder.In("a.csv"), TestContext.Current.CancellationToken));
        Assert.InRange(rows.Length, 20, 2_000);
        Assert.Equal(0, await ScreenAsync(catalog, "--to", to, "--radius-m", "5", "--created", Created, "--originator", "ALPHA SSA", "-o", _folder.In("a.cdm")));
        var messages = Read("a.cdm");
        Assert.Equal(rows.Length, messages.Count);
        foreach (var (row, message) in rows.Zip(messages))
        {
            Assert.Equal((row[0], row[1]), (message.First.Designator, message.Second.Designator));
            Assert.Equal("ALPHA SSA", message.Maker);
            Assert.True(Utc.TryParse(row[2], out var time));
            Assert.InRange(Math.Abs(message.Approach.Time.SecondsSince(time)), 0, 2e-6);
            Assert.Equal(Number(row[3]), message.Approach.MissDistanceKm, 1e-5);
            Assert.Equal(Number(row[4]), message.Approach.RelativeSpeedKmPerS!.Value, 1e-5);
        }
        await AssertAssessedAsStatedAsync("a.cdm", messages);
        // And by the table of the standard: nothing unknown, nothing missing, nothing out of its place.
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("convert", _folder.In("a.cdm"), "--to", "ndm-kvn", "-o", _folder.In("b.cdm")));
    }

    [Fact]
    public async Task Folder_HasAFileForEachMessage()
    {
        string catalog = Crowd(80);
        Assert.Equal(0, await ScreenAsync(catalog, "--to", "cdm", "--radius-m", "5", "--created", Created, "-o", _folder.In("a.cdm")));
        Assert.Equal(0, await ScreenAsync(catalog, "--to", "cdm", "--radius-m", "5", "--created", Created, "-o", _folder.In("messages") + "/"));
        var messages = Read("a.cdm");
        string[] files = [.. Directory.GetFiles(_folder.In("messages")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(messages.Select(message => $"{message.MessageId}.cdm").Order(StringComparer.Ordinal), files);
        // One after another they are the file, byte for byte.
        var texts = messages.Select(message => File.ReadAllText(Path.Combine(_folder.In("messages"), $"{message.MessageId}.cdm")));
        Assert.Equal(await File.ReadAllTextAsync(_folder.In("a.cdm"), TestContext.Current.CancellationToken), string.Concat(texts));
        // The same again, to the folder that is there now: nothing more in it, and nothing left beside it.
        Assert.Equal(0, await ScreenAsync(catalog, "--to", "cdm", "--radius-m", "5", "--created", Created, "-o", _folder.In("messages")));
        Assert.Equal(files, Directory.GetFiles(_folder.In("messages")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(["messages"], Directory.GetDirectories(_folder.In(".")).Select(folder => Path.GetFileName(folder)));
    }

    /// <summary>Without approaches there is no file, nor an older one that would pass for the result.</summary>
    [Theory]
    [InlineData("cdm")]
    [InlineData("cdm-xml")]
    [InlineData("cdm-json")]
    public async Task NoApproach_IsNoFileAndNoFault(string to)
    {
        string older = _folder.Write("a.cdm", "of yesterday");
        var end = await OrbitFolder.SsaAsync("screen", Crowd(1), "--start", "2024-11-01", "--hours", "0.1", "--threshold-km", "1", "--to", to, "-o", older);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("3 objects, 0 approaches; without a message there is no ", end.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(older));
    }

    [Fact]
    public async Task WithoutARadius_NoProbabilityIsStatedAndThatIsToldOnce()
    {
        var end = await OrbitFolder.SsaAsync("screen", Crowd(80), "--start", "2024-11-01", "--hours", "2", "--threshold-km", "20", "--to", "cdm", "-o", _folder.In("a.cdm"));
        Assert.True(end.ExitCode == 0, end.ToString());
        var messages = Read("a.cdm");
        Assert.All(messages, message => Assert.Null(message.Probability));
        Assert.Contains($"notice: {messages.Count} of {messages.Count} messages state no probability, as a hard-body radius is not known; give --radius-m", end.Errors, StringComparison.Ordinal);
        Assert.Single(end.Errors.Split('\n'), line => line.Contains("--radius-m", StringComparison.Ordinal));
        Assert.All(messages, message => Assert.DoesNotContain(message.Comments, comment => comment.StartsWith("HBR", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Eme2000_IsTheSameInAnotherFrame()
    {
        string catalog = Crowd(80);
        Assert.Equal(0, await ScreenAsync(catalog, "--to", "cdm", "--created", Created, "-o", _folder.In("a.cdm")));
        Assert.Equal(0, await ScreenAsync(catalog, "--to", "cdm", "--created", Created, "--frame", "eme2000", "-o", _folder.In("b.cdm")));
        foreach (var (one, other) in Read("a.cdm").Zip(Read("b.cdm"))) Assert.InRange(one.First.State.SeparationKm(other.First.State).Norm, 0, 1e-8);
        string[] texts = [await File.ReadAllTextAsync(_folder.In("a.cdm"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_folder.In("b.cdm"), TestContext.Current.CancellationToken)];
        Assert.DoesNotContain("EME2000", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("REF_FRAME = GCRF", texts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--radius-m is for --to cdm.", "--radius-m", "5")]
    [InlineData("--frame is for --to cdm.", "--to", "json", "--frame", "gcrf")]
    [InlineData("--radius-m is 0; expected more than 0", "--to", "cdm", "--radius-m", "0")]
    [InlineData("--originator is ' '", "--to", "cdm", "--originator", " ")]
    public async Task BadOptions_AreRefused(string says, params string[] words)
    {
        var end = await OrbitFolder.SsaAsync(["screen", _folder.In("none.json"), "--start", "2024-11-01", "--hours", "1", "--threshold-km", "5", .. words]);
        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatCannotBe_IsRefusedBeforeAnythingIsDone()
    {
        string catalog = Crowd(3);
        Assert.NotEqual(0, await ScreenAsync(catalog, "--to", "cdm", "-o", _folder.In("none/messages/")));
        Assert.Equal(["crowd.json"], _folder.Files());
        Assert.Empty(Directory.GetDirectories(_folder.In(".")));
    }

    [Fact]
    public async Task File_OfThePublishedCatalog_IsReadAndAssessedAsStated()
    {
        int code = await OrbitFolder.SsaHereAsync("screen", ReferenceData.File("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz"), "--start", "2024-11-01", "--hours", "0.5", "--threshold-km", "5", "--to", "cdm", "--radius-m", "5", "-o", _folder.In("a.cdm"));
        Assert.InRange(code, 0, 1);
        var messages = Read("a.cdm");
        Assert.InRange(messages.Count, 500, 700);
        double largest = await AssertAssessedAsStatedAsync("a.cdm", messages);
        TestContext.Current.TestOutputHelper?.WriteLine($"{messages.Count} messages of half an hour of 2024-11-01: probability by ssa pc against that stated, largest relative difference {largest:G2}");
    }

    /// <returns>The largest relative difference.</returns>
    private async Task<double> AssertAssessedAsStatedAsync(string file, List<ConjunctionMessage> messages)
    {
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("pc", _folder.In(file), "--strict", "--method", "pc_2d", "--method", "nc_2d", "--to", "json", "-o", _folder.In("pc.json")));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.In("pc.json"), TestContext.Current.CancellationToken));
        Assert.Equal(messages.Count, document.RootElement.GetArrayLength());
        double largest = 0;
        foreach (var (message, found) in messages.Zip(document.RootElement.EnumerateArray()))
        {
            Assert.Equal(message.MessageId, found.GetProperty("message_id").GetString());
            Assert.Equal(10, found.GetProperty("radius_m").GetDouble(), 1e-9);
            if (message.Probability is null)
            {
                Assert.Contains(message.Comments, comment => comment.StartsWith("The objects touch and move together", StringComparison.Ordinal));
                continue;
            }
            double stated = message.Probability.Value, again = found.GetProperty("recommended_probability").GetDouble();
            double difference = stated == again ? 0 : Math.Abs(again / stated - 1);
            Assert.True(difference <= 1e-6, $"{message.MessageId}: {stated} stated, {again} by ssa pc");
            largest = Math.Max(largest, difference);
            string method = found.GetProperty("recommended").GetString() switch { "pc_2d" => "FOSTER-1992", "nc_2d" => "HALL-2D-NC", var other => other == "nc_3d" ? "HALL-3D-NC" : "" };
            Assert.Equal(method, message.Probability.Method);
        }
        return largest;
    }

    private static Task<int> ScreenAsync(string catalog, params string[] words)
        => OrbitFolder.SsaHereAsync(["screen", catalog, "--start", "2024-11-01", "--hours", "2", "--threshold-km", "20", .. words]);

    /// <summary>By the strict reader.</summary>
    private List<ConjunctionMessage> Read(string file)
    {
        using var stream = File.OpenRead(_folder.In(file));
        Assert.True(Utc.TryParse("2024-11-01T00:00:00", out var now));
        var items = new CdmReader(stream, new CdmReadOptions { FileName = file, Now = now }).Read().ToList();
        Assert.All(items, item => Assert.True(item.Issue is null, item.Issue?.ToString()));
        return [.. items.Select(item => item.Message!)];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>In one crowded shell, some moving together.</summary>
    private string Crowd(int count)
    {
        var random = new Random(11);
        var sets = Enumerable.Range(0, count).Select(i => Set(10_001 + i, 180 * random.NextDouble(), 360 * random.NextDouble(), 360 * random.NextDouble(), 14.5 + 0.003 * random.NextDouble())).ToList();
        sets.Add(Set(20_001, 50, 100, 350, 14.5));
        sets.Add(Set(20_002, 50, 100, 350.01, 14.5));
        return _folder.Write("crowd.json", $"[{string.Join(",\n", sets)}]");
    }

    private static string Set(int id, double inclination, double node, double anomaly, double motion)
        => string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A{{id}}","OBJECT_ID":"2014-001A","EPOCH":"2024-11-01T00:00:00","MEAN_MOTION":{{motion}},"ECCENTRICITY":0.0001,"INCLINATION":{{inclination}},"RA_OF_ASC_NODE":{{node}},"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":{{anomaly}},"NORAD_CAT_ID":{{id}},"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}""");
}
