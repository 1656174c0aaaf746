using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How services answer calls.</summary>
public class GrpcServiceOptions
{
    /// <summary>Bytes of the largest message taken, after decompression. Default 4 MB; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of the largest message sent, before compression. Default null: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Whether the text of an unexpected exception travels to the client. Default false.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Compresses responses for clients that accept this encoding. Default null: none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The encodings that are understood. Default: gzip.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [new GzipCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>The first one sees a call first.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}
