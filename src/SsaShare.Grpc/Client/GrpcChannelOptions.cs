using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server. Copied when the channel is made.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Carries the calls; by default a <see cref="SocketsHttpHandler"/> of the channel's own. Not together with <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Carries the calls. Not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the channel disposes the handler or client it was given. Default false; its own it always disposes.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Bytes of the largest message taken, after decompression. Default 4 MB; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of the largest message sent, before compression. Default null: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The encodings that are understood. Default null: gzip.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Whether a call that its own token cancelled, or whose own deadline passed, throws
    /// <see cref="OperationCanceledException"/> instead of <see cref="Core.RpcException"/>. Default false.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }
}
