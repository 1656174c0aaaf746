using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsaShare.Cli.Tests.Orbits;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa pc --history` on a made series: the same approach, its error smaller from message to message.</summary>
public sealed partial class PcHistoryTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_OfASeries_HasEachMessageInOrderOfCreation()
    {
        string[] files = await SeriesAsync();
        Assert.Equal(0, await OrbitFolder.SsaHereAsync(["pc", .. files.Reverse(), "--history", "--to", "json", "-o", _folder.In("out.json")]));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.In("out.json"), TestContext.Current.CancellationToken));
        // One pair meets at both nodes of its planes: two events.
        Assert.Equal(2, document.RootElement.GetArrayLength());
        foreach (var one in document.RootElement.EnumerateArray())
        {
            var messages = one.GetProperty("messages").EnumerateArray().ToArray();
            Assert.Equal(["2024-10-28T00:00:00Z", "2024-10-29T00:00:00Z", "2024-10-30T00:00:00Z"], messages.Select(message => message.GetProperty("created_utc").GetString()));
            Assert.Equal(24, messages[0].GetProperty("hours_to_tca").GetDouble() - messages[1].GetProperty("hours_to_tca").GetDouble(), 1e-6);
            double[] sigmas = [.. messages.Select(message => message.GetProperty("sigma_major_m").GetDouble())], distances = [.. messages.Select(message => message.GetProperty("mahalanobis").GetDouble())];
            Assert.Equal(10, sigmas[0] / sigmas[1], 1e-6);
            Assert.Equal(10, sigmas[1] / sigmas[2], 1e-6);
            Assert.Equal(10, distances[2] / distances[1], 1e-6);
            // The peak over all sizes of the error does not depend on its size.
            double[] peaks = [.. messages.Select(message => message.GetProperty("pc_max").GetDouble())];
            Assert.All(peaks, peak => Assert.Equal(1, peak / peaks[0], 1e-4));
            Assert.All(messages, message => Assert.InRange(message.GetProperty("probability").GetDouble(), 0, 1.001 * peaks[0]));
            Assert.True(messages[0].GetProperty("diluted").GetBoolean());
            Assert.False(messages[2].GetProperty("diluted").GetBoolean());
            Assert.Equal("falling", one.GetProperty("trend").GetString());
            Assert.Equal(0, one.GetProperty("last_change_sigmas").GetDouble(), 1e-6);
        }
    }

    [Fact]
    public async Task TableAndCsv_OfASeries_ShowTheSame()
    {
        string[] files = await SeriesAsync();
        var end = await OrbitFolder.SsaAsync(["pc", .. files, "--history"]);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("00005 x 00900, 2024-11-01T00:", end.Output, StringComparison.Ordinal);
        foreach (string said in (string[])["CREATED UTC", "MAHALANOBIS", ", falling; highest ", "Not diluted: ", "The place of passing moved by 0.0 sigma of the message before."]) Assert.Contains(said, end.Output, StringComparison.Ordinal);
        end = await OrbitFolder.SsaAsync(["pc", .. files, "--history", "--to", "csv"]);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("event,object_1,object_2,message_id,created_utc,", end.Output, StringComparison.Ordinal);
        string[][] rows = OrbitFolder.Rows(end.Output);
        Assert.Equal(["1", "1", "1", "2", "2", "2"], rows.Select(row => row[0]));
        Assert.Equal("10", rows[0][8]);
    }

    [Fact]
    public async Task Csv_WithoutHistory_IsRefused() => Assert.Equal(2, await OrbitFolder.SsaHereAsync("pc", _folder.In("none.cdm"), "--to", "csv"));

    /// <summary>Two crossings of one pair in three messages each, a day apart; sigmas are a tenth of those of the message before.</summary>
    private async Task<string[]> SeriesAsync()
    {
        string catalog = _folder.Write("a.json", $"[{Set(5, 80, 350)},{Set(900, 50, 350.02)}]");
        List<string> files = [];
        foreach (var (day, scale) in new[] { (28, 1e4), (29, 1e2), (30, 1.0) })
        {
            string file = _folder.In($"{day}.cdm");
            Assert.Equal(0, await OrbitFolder.SsaHereAsync("screen", catalog, "--start", "2024-11-01", "--hours", "1.5", "--threshold-km", "30", "--to", "cdm", "--radius-m", "5", "--created", $"2024-10-{day}", "-o", file));
            string text = Covariance().Replace(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                match => string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * scale}"));
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            files.Add(file);
        }
        return [.. files];
    }

    private static string Set(int id, double inclination, double anomaly)
        => string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A{{id}}","OBJECT_ID":"2014-001A","EPOCH":"2024-11-01T00:00:00","MEAN_MOTION":14.6,"ECCENTRICITY":0.0001,"INCLINATION":{{inclination}},"RA_OF_ASC_NODE":100,"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":{{anomaly}},"NORAD_CAT_ID":{{id}},"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}""");

    [GeneratedRegex(@"(?m)^(C[RTN][A-Z]*_[RTN][A-Z]* = )(\S+)")]
    private static partial Regex Covariance();
}
