using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The headers of a request.</summary>
internal static class RequestHeaders
{
    public static readonly MediaTypeHeaderValue ContentType = new(GrpcProtocol.ContentType);

    private static readonly string UserAgent = $"ssashare-grpc/{typeof(RequestHeaders).Assembly.GetName().Version?.ToString(3)}";

    public static void Write(HttpRequestHeaders headers, Metadata? metadata, string acceptEncoding, string? encoding, TimeSpan? timeout)
    {
        headers.TryAddWithoutValidation("TE", "trailers");
        headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, acceptEncoding);
        if (encoding is not null)
        {
            headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, encoding);
        }

        if (timeout is { } left)
        {
            headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcTimeout.Encode(left));
        }

        string? userAgent = null;
        foreach (Metadata.Entry entry in metadata ?? Metadata.Empty)
        {
            if (entry.Key == "user-agent")
            {
                userAgent = entry.Value;
            }
            else if (!GrpcProtocol.IsReserved(entry.Key))
            {
                headers.TryAddWithoutValidation(entry.Key, MetadataCodec.ValueOf(entry));
            }
        }

        headers.TryAddWithoutValidation("User-Agent", userAgent is null ? UserAgent : $"{userAgent} {UserAgent}");
    }
}
