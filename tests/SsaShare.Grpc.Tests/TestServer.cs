using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SsaShare.Grpc.Tests;

/// <summary>A server on a free loopback port that speaks HTTP/2 in clear text.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app)
    {
        _app = app;
        Port = new Uri(app.Urls.Single()).Port;
        Channel = CreateChannel();
    }

    public int Port { get; }

    public GrpcChannel Channel { get; }

    public TestService.TestServiceClient Client => new(Channel);

    public IServiceProvider Services => _app.Services;

    public static Task<TestServer> StartAsync(
        Action<GrpcServiceOptions>? options = null, Action<IServiceCollection>? services = null, HttpProtocols protocols = HttpProtocols.Http2)
        => StartAsync<InteropTestService>(options, services, protocols: protocols);

    public static Task<TestServer> StartAsync(ScriptedService service, Action<GrpcServiceOptions>? options = null)
        => StartAsync<ScriptedService>(options, services => services.AddSingleton(service));

    public static async Task<TestServer> StartAsync<TService>(
        Action<GrpcServiceOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        HttpProtocols protocols = HttpProtocols.Http2)
        where TService : class
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddGrpc(options ?? (_ => { }));
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapGrpcService<TService>();
        map?.Invoke(app);
        await app.StartAsync();
        return new TestServer(app);
    }

    public GrpcChannel CreateChannel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return GrpcChannel.ForAddress($"http://127.0.0.1:{Port}", options);
    }

    /// <summary>Stops as a host does that was told to: calls in flight have the shutdown timeout to finish.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
