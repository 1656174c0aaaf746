using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>The paths below /api/v1 without the gate before them, over HTTP/1.1.</summary>
public sealed class IngestEndpointsTests : IAsyncLifetime
{
    private readonly IngestHarness _node = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_node.Desk);
        builder.Services.AddSingleton(_node.QuarantineDesk);
        _app = builder.Build();
        _app.MapIngest();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _node.Dispose();
    }

    [Fact]
    public async Task Post_OfAFile_PublishesItUnderTheLabelOfTheQuery()
    {
        await PostAsync("publications?file=radar.json", IngestHarness.Sensor("RADAR"));
        var (status, type, body) = await PostAsync("publications?file=pass.tdm&level=restricted&mode=Exercise&releasable_to=pacific,arctic&originator_controlled=true",
            IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, "application/json"), (status, type));
        Assert.Equal(("pass.tdm", "TDM", 2, 0, 1, 1), (Text(body, "file"), Text(body, "format"), Number(body, "accepted"), Number(body, "duplicates"), Number(body, "refused"), Number(body, "quarantined")));
        Assert.Equal((14, "RANGE", "far", true), (Number(body.GetProperty("issues")[0], "line"), Text(body.GetProperty("issues")[0], "field"), Text(body.GetProperty("issues")[0], "value"), body.GetProperty("issues")[0].GetProperty("refused").GetBoolean()));
        var stored = await _node.Records.ReadAsync(0, [RecordClass.Observation], 10, CancellationToken.None);
        Assert.All(stored, one => Assert.Equal(new Label(HandlingLevel.Restricted, DataMode.Exercise, ["arctic", "pacific"], true), one.Record.Facts.Label));
        Assert.Equal(IngestSource.Rest, Assert.Single(_node.Quarantine.All).Place.Source);
    }

    [Fact]
    public async Task Post_OfAFileThatIsNotReadToItsEnd_IsUnprocessable()
    {
        await PostAsync("publications", IngestHarness.Sensor("RADAR"));
        string lines = string.Concat(Enumerable.Range(0, 1_001).Select(i => IngestHarness.Range(i + 10, "far")));
        var (status, _, body) = await PostAsync("publications", IngestHarness.Tdm("RADAR", 3).Replace("DATA_STOP\n", lines + "DATA_STOP\n", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 3, "tag:ssashare,2026:file-not-read-to-end"), (status, Number(body, "accepted"), Text(body, "type")));
    }

    [Fact]
    public async Task Post_TheSameAgain_AddsNothing()
    {
        await PostAsync("publications", IngestHarness.Sensor("RADAR"));
        var (status, _, body) = await PostAsync("publications", IngestHarness.Sensor("RADAR"));
        Assert.Equal((HttpStatusCode.OK, 0, 1), (status, Number(body, "accepted"), Number(body, "duplicates")));
    }

    [Fact]
    public async Task Post_OfNoKnownFormat_IsAProblemWithTheIssues()
    {
        var (status, type, body) = await PostAsync("publications?file=notes.txt", "nothing of the kind\n");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (status, type));
        Assert.Equal(("File refused", 422, "/api/v1/publications", 1), (Text(body, "title"), Number(body, "status"), Text(body, "instance"), Number(body, "quarantined")));
        Assert.Equal("file", Text(body.GetProperty("issues")[0], "field"));
    }

    [Theory]
    [InlineData("levl=Public"), InlineData("level=Secret"), InlineData("level=1"), InlineData("mode=x"), InlineData("releasable_to="), InlineData("originator_controlled=yes"), InlineData("level=Public&level=Restricted")]
    public async Task Post_WithAQueryThatIsNone_IsAProblemAndPublishesNothing(string query)
    {
        var (status, type, body) = await PostAsync($"publications?{query}", IngestHarness.Sensor("RADAR"));
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json", "about:blank", "Bad Request"), (status, type, Text(body, "type"), Text(body, "title")));
        Assert.NotEmpty(Text(body, "detail"));
        Assert.Equal(0, await _node.CountAsync());
    }

    [Fact]
    public async Task Quarantine_ListedByPages_GivesEachOnce()
    {
        await PostAsync("publications", IngestHarness.Sensor("RADAR"));
        await PostAsync("publications", IngestHarness.Tdm("RADAR", 5).Replace(" 200", " x200", StringComparison.Ordinal));
        var ids = new List<string>();
        string path = "quarantine?limit=2";
        while (path.Length > 0)
        {
            var (status, _, body) = await GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, status);
            ids.AddRange(body.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "id")));
            Assert.Equal(5, Number(body.GetProperty("totals"), "open"));
            path = body.TryGetProperty("next", out var next) ? $"quarantine?limit=2&after={next.GetString()}" : "";
        }
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(5, ids.Count);
        Assert.Empty((await GetAsync("quarantine?state=mended")).Body.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Quarantine_Entry_IsShownMendedReplayedAndDismissed()
    {
        await PostAsync("publications", IngestHarness.Tdm("LATE", 2));
        await PostAsync("publications", IngestHarness.Sensor("LATE"));
        await PostAsync("publications", IngestHarness.Sensor("RADAR"));
        await PostAsync("publications", IngestHarness.Tdm("RADAR", 2).Replace(" 200", " x200", StringComparison.Ordinal));
        string late = Id(_node.Quarantine.Open.Single(entry => entry.Place.MayPass)), bad = Id(_node.Quarantine.Open.First(entry => !entry.Place.MayPass)), other = Id(_node.Quarantine.Open.Last(entry => !entry.Place.MayPass));

        var (status, _, body) = await PostAsync($"quarantine/{late}/replay", "");
        Assert.Equal((HttpStatusCode.OK, 1, 2), (status, Number(body, "closed"), Number(body, "accepted")));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"quarantine/{late}/replay", "")).Status);

        (status, _, body) = await GetAsync($"quarantine/{bad[..8]}");
        Assert.Equal((HttpStatusCode.OK, bad, "open"), (status, Text(body, "id"), Text(body, "state")));
        string text = Text(body, "text");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync($"quarantine/{bad}/mend", text)).Status);
        (status, _, body) = await PostAsync($"quarantine/{bad}/mend", text.Replace(" x2", " 2", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, 1), (status, Number(body, "accepted")));

        using var dismissed = await _http.PostAsync($"api/v1/quarantine/{other}/dismiss?reason=noise", null);
        Assert.Equal(HttpStatusCode.NoContent, dismissed.StatusCode);
        Assert.Empty(_node.Quarantine.Open);
    }

    [Theory]
    [InlineData("quarantine/00000000", HttpStatusCode.NotFound), InlineData("quarantine/zz", HttpStatusCode.BadRequest), InlineData("quarantine?limit=0", HttpStatusCode.BadRequest), InlineData("quarantine?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("quarantine?state=closed", HttpStatusCode.BadRequest), InlineData("quarantine?after=x", HttpStatusCode.BadRequest), InlineData("quarantine?page=1", HttpStatusCode.BadRequest)]
    public async Task Quarantine_AskedForWhatIsNone_IsAProblem(string path, HttpStatusCode expected)
    {
        var (status, type, body) = await GetAsync(path);
        Assert.Equal((expected, "application/problem+json", (int)expected), (status, type, Number(body, "status")));
    }

    [Fact]
    public async Task Mend_LongerThanAnEntry_IsRefusedWithoutReadingItAll()
    {
        await PostAsync("publications", IngestHarness.Tdm("LATE", 2));
        var (status, _, body) = await PostAsync($"quarantine/{Id(_node.Quarantine.All[0])}/mend", new string('x', 1 << 20));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("longer", Text(body, "detail"), StringComparison.Ordinal);
    }

    private static string Id(QuarantineEntry entry) => entry.Id.ToString();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> PostAsync(string path, string content)
    {
        using var response = await _http.PostAsync($"api/v1/{path}", new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        return await ReadAsync(response);
    }

    private async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> GetAsync(string path)
    {
        using var response = await _http.GetAsync($"api/v1/{path}");
        return await ReadAsync(response);
    }

    private static async Task<(HttpStatusCode, string?, JsonElement)> ReadAsync(HttpResponseMessage response)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }
}
