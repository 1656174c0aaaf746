using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>The witness's HTTP as strangers meet it; who is a stranger is the gate's to say, and tested there.</summary>
public sealed class WitnessEndpointsTests : IAsyncLifetime
{
    private const int StrangersAtOnce = 16;
    private readonly ManualTime _time = new();
    private readonly MemoryWitnessStore _store = new();
    private readonly Party _atlantic, _pacific;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public WitnessEndpointsTests() => (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(_time).AddSingleton(_ => _atlantic.Identity).AddSingleton<IPeerStore>(new MemoryPeerStore()).AddSingleton<IWitnessStore>(_store)
            .AddSingleton<INodeLog>(new MemoryNodeLog()).AddSingleton<WitnessServer>().AddSingleton<WitnessEndpoints>();
        // Without the background work of a node.
        foreach (var one in new ServiceCollection().AddPeering().Where(one => one.ServiceType != typeof(Microsoft.Extensions.Hosting.IHostedService))) builder.Services.Add(one);
        _app = builder.Build();
        WitnessEndpoints.Map(_app);
        await _app.StartAsync(Token);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Assert.Null(await _app.Services.GetRequiredService<PeerDirectory>().TryAddAsync(_pacific.Card, Token));
        _app.Services.GetRequiredService<SigningPermit>().Grant();
    }

    [Fact]
    public async Task Read_ByAStranger_SaysNothingOfWhomTheNodeKnows()
    {
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync());
        foreach (string origin in new[] { _pacific.Identity.LogSigner.Name, "ssashare/nobody/log" })
        {
            using var response = await _http.GetAsync(new Uri($"witness/{WitnessClient.HashOf(origin)}/checkpoint", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Submit_StrangersThatNeverEnd_LeaveRoomOnceTheyAreGone()
    {
        var slow = new List<TcpClient>();
        for (int i = 0; i < StrangersAtOnce; i++)
        {
            var client = new TcpClient();
            slow.Add(client);
            await client.ConnectAsync(IPAddress.Loopback, new Uri(_app.Urls.Single()).Port, Token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /witness/add-checkpoint HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nold"), Token);
        }
        HttpStatusCode last = 0;
        for (int i = 0; i < 100 && last != HttpStatusCode.TooManyRequests; i++, await Task.Delay(10, Token)) last = await SubmitAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        foreach (var client in slow) client.Dispose();
        for (int i = 0; i < 500 && last != HttpStatusCode.OK; i++, await Task.Delay(10, Token)) last = await SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, last);
    }

    [Fact]
    public async Task Submit_KeyOrStoreThatIsAway_IsUnavailable()
    {
        _store.Fault = new Pkcs11Exception("The token is away.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SubmitAsync());
        _store.Fault = new TimeoutException();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SubmitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private async Task<HttpStatusCode> SubmitAsync()
    {
        var note = new Checkpoint(_pacific.Identity.LogSigner.Name, 5, Hash256.Of("a root"u8)).Sign(_pacific.Identity.LogSigner);
        using var body = new ByteArrayContent(new AddCheckpointRequest(_store.Cosigned.Count == 0 ? 0 : 5, [], note).ToBytes());
        using var response = await _http.PostAsync(new Uri("witness/add-checkpoint", UriKind.Relative), body, Token);
        return response.StatusCode;
    }
}
