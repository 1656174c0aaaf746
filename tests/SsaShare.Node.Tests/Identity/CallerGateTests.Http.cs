using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SsaShare.Node.Tests;

/// <summary>Plain HTTP at the same gate: refusals are HTTP answers.</summary>
public sealed partial class CallerGateTests
{
    public static TheoryData<string> Versions => ["1.1", "2.0"];

    [Theory, MemberData(nameof(Versions))]
    public async Task Path_OfWhomeverIsPinned_IsLetInAndNamed(string version)
    {
        Assert.Equal((HttpStatusCode.OK, "pacific Node"), await GetAsync("/log/caller", _pacific.Identity.TlsCertificate, version));
        Assert.Equal((HttpStatusCode.OK, "pacific Operator"), await GetAsync("/log/caller", Operator(_pacific), version));
        Assert.Equal((HttpStatusCode.OK, "atlantic Operator"), await GetAsync("/log/caller", Operator(_atlantic), version));
    }

    [Fact]
    public async Task Path_OfTheLog_IsOpenToAnAuditor()
    {
        await AddAuditorAsync();
        Assert.Equal((HttpStatusCode.OK, "atlantic Auditor"), await GetAsync("/log/caller", Operator(_stranger)));
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/other", Operator(_stranger))).Status);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Path_OfWhoIsNotPinned_IsForbiddenInHttp(string version)
    {
        var (status, text) = await GetAsync("/log/caller", null, version);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("certificate", text, StringComparison.Ordinal);
        (status, text) = await GetAsync("/log/caller", _stranger.Identity.TlsCertificate, version);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("No pinned node card", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_OfAPublicLog_IsOpenToEverybodyAndStillKnowsWhoIsPinned()
    {
        _app.Services.GetRequiredService<IOptions<LogOptions>>().Value.Public = true;
        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync("/log/caller", null));
        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync("/log/caller", _stranger.Identity.TlsCertificate));
        Assert.Equal((HttpStatusCode.OK, "pacific Node"), await GetAsync("/log/caller", _pacific.Identity.TlsCertificate));
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/ssashare.log.v1.LogService/GetCheckpoint", null)).Status);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Path_OfTheOperator_IsOpenToTheOwnOperatorAlone(string version)
    {
        await AddAuditorAsync();
        Assert.Equal((HttpStatusCode.OK, "atlantic Operator"), await GetAsync("/api/v1/caller", Operator(_atlantic), version));
        foreach (var other in new[] { Operator(_pacific), _pacific.Identity.TlsCertificate, _atlantic.Identity.TlsCertificate, Operator(_stranger), _stranger.Identity.TlsCertificate, null })
        {
            var (status, text) = await GetAsync("/api/v1/caller", other, version);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            var problem = System.Text.Json.JsonDocument.Parse(text).RootElement;
            Assert.Equal((403, "/api/v1/caller"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("instance").GetString()));
        }
    }

    [Theory]
    [InlineData("/"), InlineData("/api/v1"), InlineData("/api/v2/caller"), InlineData("/log"), InlineData("/Log/caller"), InlineData("/logs/caller"), InlineData("/x/log/caller"), InlineData("/log%2fcaller"), InlineData("/favicon.ico")]
    public async Task Path_NotListed_IsClosedEvenToTheOwnOperator(string path) => Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(path, Operator(_atlantic))).Status);

    [Theory, MemberData(nameof(Versions))]
    public async Task Path_WithALargerBodyThanItsRule_IsRefused(string version)
    {
        using var http = new HttpClient(Handler(_pacific.Identity.TlsCertificate));
        using var request = Request(HttpMethod.Post, "/log/body", version);
        request.Content = new ByteArrayContent(new byte[100]);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static void MapPaths(WebApplication app)
    {
        app.MapGet("/{**path}", (HttpContext http) => Callers.Find(http) is { } caller ? $"{caller.Partner} {caller.Kind}" : "nobody");
        app.MapPost("/log/body", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            return "read";
        });
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, X509Certificate2? certificate, string version = "1.1")
    {
        using var http = new HttpClient(Handler(certificate));
        using var request = Request(HttpMethod.Get, path, version);
        using var response = await http.SendAsync(request);
        Assert.False(response.Headers.Contains("grpc-status"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string version)
        => new(method, $"{Address}{path}") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}
