using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>The tiled log over HTTP, read by the verifier that reads any C2SP log. Who may read is the gate's, and tested there.</summary>
public sealed class LogEndpointsTests : IAsyncLifetime
{
    private readonly Party _atlantic = Party.Create("atlantic", new ManualTime());
    private readonly MemoryNodeLog _log = new();
    private readonly Cosigned _cosigned = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(_ => _atlantic.Identity);
        builder.Services.AddSingleton<ILastCheckpoint>(_atlantic.Folder);
        builder.Services.AddSingleton<INodeLog>(_log);
        builder.Services.AddSingleton<ICosignedCheckpoints>(_cosigned);
        builder.Services.AddSingleton<CheckpointSigner>();
        builder.Services.AddSingleton<LogServer>();
        _app = builder.Build();
        _app.MapLog();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(256), InlineData(700)]
    public async Task Log_OfASize_IsVerifiedAsAnyTiledLog(int size)
    {
        Grow(size);
        var found = await new TlogVerifier(new Web(_http), new LogTrust([_atlantic.Identity.LogSigner.Verifier])).VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found.Report.Steps, step => !step.Succeeded);
        Assert.Equal((size, size), (found.Checkpoint!.Size, found.Entries));
    }

    [Fact]
    public async Task Checkpoint_IsTextThatIsAskedForAnew()
    {
        using var response = await GetAsync("log/checkpoint");
        Assert.Equal(("text/plain", "utf-8"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentType?.CharSet));
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Checkpoint_ThatWitnessesHaveCosigned_IsTheOneShown()
    {
        using var witness = NoteSigner.Generate("ssashare/pacific/witness", NoteSignatureType.CosignatureV1);
        Grow(3);
        Assert.True(SignedNote.TryParse(await _http.GetByteArrayAsync(new Uri("log/checkpoint", UriKind.Relative)), out var signed, out _));
        string note = signed.Cosign(witness, 1_790_000_000).ToString();
        _cosigned.Newest = new CosignedCheckpoint(3, _log.Head.Root, note, []);
        Grow(2);
        Assert.Equal(note, await _http.GetStringAsync(new Uri("log/checkpoint", UriKind.Relative)));
        var policy = WitnessPolicy.OfMany(1, [witness.Verifier]);
        var found = await new TlogVerifier(new Web(_http), new LogTrust([_atlantic.Identity.LogSigner.Verifier], policy)).VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal((true, 3), (found.Report.Succeeded, found.Entries));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Tile_IsBytesThatMayBeKept(bool isPublic)
    {
        Grow(300);
        _app.Services.GetRequiredService<IOptions<LogOptions>>().Value.Public = isPublic;
        foreach (string path in new[] { "log/tile/0/000", "log/tile/0/001.p/44", "log/tile/1/000.p/1", "log/tile/entries/001.p/44" })
        {
            using var response = await GetAsync(path);
            Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
            Assert.Equal((isPublic, !isPublic), (response.Headers.CacheControl!.Public, response.Headers.CacheControl.Private));
            Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl.MaxAge);
            Assert.Contains(new NameValueHeaderValue("immutable"), response.Headers.CacheControl.Extensions);
        }
    }

    /// <summary>Partial tiles of every smaller size stay: a checkpoint may have been signed for each.</summary>
    [Theory]
    [InlineData("log/tile/0/001.p/43"), InlineData("log/tile/0/000.p/7"), InlineData("log/tile/entries/000.p/255")]
    public async Task Tile_NarrowerThanItIsByNow_IsThere(string path)
    {
        Grow(300);
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("log/tile/0/001"), InlineData("log/tile/0/001.p/45"), InlineData("log/tile/0/002.p/1"), InlineData("log/tile/1/000"), InlineData("log/tile/1/000.p/2"), InlineData("log/tile/2/000.p/1"), InlineData("log/tile/7/000.p/1")]
    [InlineData("log/tile/entries/001"), InlineData("log/tile/entries/001.p/45"), InlineData("log/tile/entries/x999/x999/999"), InlineData("log/tile/0/x036/x028/x797/x018/x963/967")]
    [InlineData("log/"), InlineData("log/tile"), InlineData("log/tile/"), InlineData("log/tile/0/0"), InlineData("log/tile/0/000/"), InlineData("log/tile/0/000.p/256"), InlineData("log/tile/8/000"), InlineData("log/tile/data/000"), InlineData("log/tile/0/%30%30%30x"), InlineData("log/checkpoint/more")]
    public async Task Path_OfWhatIsNotInTheTree_IsNotFound(string path)
    {
        Grow(300);
        using var response = await GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "no-store"), (response.StatusCode, response.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task Head_OfATile_SaysItsLengthAlone()
    {
        Grow(300);
        using var request = new HttpRequestMessage(HttpMethod.Head, "log/tile/0/000");
        using var response = await _http.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, 8_192), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Post_IsNotAllowed()
    {
        using var response = await _http.PostAsync("log/checkpoint", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Checkpoint_StoreThatIsAway_IsUnavailableAndOtherFaultsSayNothing()
    {
        Grow(1);
        _log.BeforeSaving = _ => throw new TimeoutException("secret");
        using var away = await GetAsync("log/checkpoint");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Grow(1);
        _log.BeforeSaving = _ => throw new InvalidDataException("secret");
        using var broken = await GetAsync("log/checkpoint");
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.DoesNotContain("secret", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _atlantic.Dispose();
    }

    private void Grow(int size) => _log.Grow([.. Enumerable.Range(0, size).Select(i => $"entry {i}")]);

    private Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>What witnesses have said; here only the newest is asked for.</summary>
    private sealed class Cosigned : ICosignedCheckpoints
    {
        public CosignedCheckpoint? Newest { get; set; }

        public Task<CosignedCheckpoint?> GetNewestAsync(CancellationToken cancellationToken) => Task.FromResult(Newest);

        public Task<CosignedCheckpoint?> GetNewestWithAsync(int quorum, IReadOnlySet<PartnerId> witnesses, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<CosignedCheckpoint> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<PartnerId, (long Size, Epoch At)>> ListWitnessesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AddAsync(LogHead head, string note, CosignatureLine cosignature, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Web(HttpClient http) : ITileSource
    {
        public async Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
        {
            using var response = await http.GetAsync(new Uri($"log/{path}", UriKind.Relative), cancellationToken);
            return response.StatusCode == HttpStatusCode.NotFound ? null : await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
        }
    }
}
