using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SsaShare.Node;

/// <summary>
/// What the server bounds for each connection, before any code of ours: streams, headers, windows, time. Streams that are opened and reset
/// again it bounds by itself (it closes the connection with ENHANCE_YOUR_CALM).
/// </summary>
internal static class KestrelLimits
{
    /// <summary>What a connection may have sent that nobody has read yet, bytes; a stream, so much of it.</summary>
    private const int ConnectionWindowBytes = 256 * 1024, StreamWindowBytes = 128 * 1024;

    private const int StreamsMax = 100, HeaderBytesMax = 32 * 1024, HeadersMax = 64;

    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        LimitOptions.Add(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GuardedConnections>();
        services.AddSingleton<RefusalPace>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<AnswerLimits>();
        return services;
    }

    public static void Set(KestrelServerOptions kestrel)
    {
        var options = Options(kestrel.ApplicationServices);
        var limits = kestrel.Limits;
        // By method, see RequestLimits: the operator streams files of any length.
        limits.MaxRequestBodySize = null;
        limits.MaxConcurrentConnections = options.Connections;
        limits.MaxRequestHeaderCount = HeadersMax;
        limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        // Lifted for streams of the own operator alone, see RequestLimits.
        limits.MinRequestBodyDataRate = new MinDataRate(options.RequestBytesPerSecondMin, options.RequestGrace);
        limits.RequestHeadersTimeout = options.HandshakeTimeout;
        limits.Http2.MaxStreamsPerConnection = StreamsMax;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        // A peer that vanished does not keep its connection, and an answer under way to it not its room.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    /// <summary>Counts connections. Comes first, before TLS.</summary>
    public static void Guard(ListenOptions listen)
    {
        var connections = listen.ApplicationServices.GetRequiredService<GuardedConnections>();
        listen.Use(next => connection => connections.GuardAsync(connection, next));
    }

    public static void Set(HttpsConnectionAdapterOptions https, IServiceProvider services) => https.HandshakeTimeout = Options(services).HandshakeTimeout;

    private static LimitOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<LimitOptions>>().Value;
}
