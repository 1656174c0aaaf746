using System.Net;
using System.Net.Http.Headers;

namespace SsaShare.Grpc.Tests;

/// <summary>A call made of bytes, past our own client, so that a test can send what it would not and see what it hides.</summary>
public sealed class RawCall : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler());

    public HttpRequestHeaders Headers => Request.Headers;

    public HttpRequestMessage Request { get; }

    public RawCall(TestServer server, string method, byte[] body)
    {
        Request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.Port}/grpc.testing.TestService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        Request.Headers.TE.ParseAdd("trailers");
    }

    /// <summary>A frame: flag, length as claimed, and the payload as it is.</summary>
    public static byte[] Frame(byte flag, uint claimedLength, params byte[] payload)
        => [flag, (byte)(claimedLength >> 24), (byte)(claimedLength >> 16), (byte)(claimedLength >> 8), (byte)claimedLength, .. payload];

    public static byte[] Frame(byte[] payload) => Frame(0, (uint)payload.Length, payload);

    public async Task<RawResponse> SendAsync()
    {
        using HttpResponseMessage response = await _invoker.SendAsync(Request, CancellationToken.None);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return new RawResponse(
            response.StatusCode,
            response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase),
            response.TrailingHeaders.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase),
            body);
    }

    public void Dispose()
    {
        Request.Dispose();
        _invoker.Dispose();
    }
}

public sealed record RawResponse(
    HttpStatusCode HttpStatus, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Trailers, byte[] Body)
{
    public string? Status => Headers.GetValueOrDefault("grpc-status") ?? Trailers.GetValueOrDefault("grpc-status");
}
