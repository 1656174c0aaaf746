using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SsaShare.Transparency;

namespace SsaShare.Cli.Tests.Log;

/// <summary>Reading a log from a server that answers oddly.</summary>
public sealed class HttpTilesTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private int _asked;

    /// <summary>What the server does with the n-th request, from 1.</summary>
    private Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(http => Answer(http, Interlocked.Increment(ref _asked)));
        await _app.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, AllowAutoRedirect = false });
    }

    [Theory]
    [InlineData(404), InlineData(410)]
    public async Task Read_OfWhatIsNotThere_IsNull(int status)
    {
        Answer = (http, _) => Status(http, status);
        Assert.Null(await ReadAsync(10));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData(500), InlineData(502), InlineData(503), InlineData(429)]
    public async Task Read_ServerThatFailsForAWhile_IsAskedAgain(int status)
    {
        Answer = (http, n) => n < 3 ? Status(http, status) : http.Response.WriteAsync("tile");
        Assert.Equal("tile"u8.ToArray(), await ReadAsync(10));
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task Read_ServerThatGoesOnFailing_SaysNothingAboutTheLog()
    {
        Answer = (http, _) => Status(http, 503);
        var fault = await Assert.ThrowsAsync<TileSourceException>(() => ReadAsync(10));
        Assert.False(fault.IsRefused);
        Assert.Contains("503", fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, _asked);
    }

    [Theory]
    [InlineData(401, true), InlineData(403, true), InlineData(400, false), InlineData(302, false)]
    public async Task Read_ServerThatRefuses_IsNotAskedAgainAndQuoted(int status, bool isRefused)
    {
        Answer = (http, _) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            http.Response.ContentType = "text/plain";
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("ask the\u001b[31m operator");
        };
        var fault = await Assert.ThrowsAsync<TileSourceException>(() => ReadAsync(10));
        Assert.Equal(isRefused, fault.IsRefused);
        Assert.Contains("ask the[31m operator", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _asked);
    }

    /// <summary>C2SP tlog-tiles: a log may compress without being asked to.</summary>
    [Fact]
    public async Task Read_CompressedBundle_IsUnpacked()
    {
        Answer = (http, _) => GzipAsync(http, 1_000);
        Assert.Equal(new byte[1_000], await ReadAsync(1_000));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Read_MoreThanItCanHave_IsCutOff(bool isCompressed)
    {
        Answer = (http, _) => isCompressed ? GzipAsync(http, 50_000_000) : http.Response.Body.WriteAsync(new byte[8_193]).AsTask();
        var fault = await Assert.ThrowsAsync<TileException>(() => ReadAsync(8_192));
        Assert.Equal("tile/0/000", fault.Path);
    }

    [Fact]
    public async Task Read_ConnectionThatBreaks_IsTriedAgain()
    {
        Answer = async (http, n) =>
        {
            http.Response.ContentLength = 4;
            await http.Response.WriteAsync(n < 2 ? "ti" : "tile");
            if (n < 2) http.Abort();
        };
        Assert.Equal("tile"u8.ToArray(), await ReadAsync(10));
    }

    [Fact]
    public async Task Read_GivenUpByTheCaller_Ends()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Answer = (http, _) => Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Tiles.ReadAsync("tile/0/000", 10, patience.Token));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private HttpTiles Tiles => new(_http, new Uri($"{_app.Urls.Single()}/log/"));

    private Task<byte[]?> ReadAsync(int bytesMax) => Tiles.ReadAsync("tile/0/000", bytesMax, TestContext.Current.CancellationToken);

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task GzipAsync(HttpContext http, int bytes)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        byte[] zeros = new byte[100_000];
        for (int rest = bytes; rest > 0; rest -= zeros.Length) await gzip.WriteAsync(zeros.AsMemory(0, int.Min(rest, zeros.Length)), http.RequestAborted);
    }
}
