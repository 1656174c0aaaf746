using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>A call that arrived as an HTTP/2 request. What a handler does not ask for is not made.</summary>
internal sealed partial class HttpContextCallContext(HttpContext http, IMethod method, MethodOptions options) : ServerCallContext
{
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private string? _peer;
    private bool _headersWritten;

    public HttpContext Http { get; } = http;

    public MethodOptions Options { get; } = options;

    public bool HasTrailers => _responseTrailers is { Count: > 0 };

    protected override string MethodCore => method.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => _peer ??= FormatPeer(Http.Connection);

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadHeaders(Http.Request.Headers);

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= PeerCertificate.ToAuthContext(Http.Connection.ClientCertificate);

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (_headersWritten || Http.Response.HasStarted)
        {
            throw new InvalidOperationException("The response headers have been sent.");
        }

        _headersWritten = true;
        foreach (Metadata.Entry entry in responseHeaders)
        {
            if (!GrpcProtocol.IsReserved(entry.Key))
            {
                Http.Response.Headers.Append(entry.Key, MetadataCodec.ValueOf(entry));
            }
        }

        StartResponse();
        await Http.Response.BodyWriter.FlushAsync(CancellationToken);
    }

    private static Metadata ReadHeaders(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach ((string name, var values) in headers)
        {
            foreach (string? value in values)
            {
                MetadataCodec.Add(metadata, name, value ?? "");
            }
        }

        return metadata.Freeze();
    }

    private static string FormatPeer(ConnectionInfo connection)
    {
        IPAddress? address = connection.RemoteIpAddress;
        return address?.AddressFamily switch
        {
            null => "unknown",
            AddressFamily.InterNetwork => string.Create(CultureInfo.InvariantCulture, $"ipv4:{address}:{connection.RemotePort}"),
            AddressFamily.InterNetworkV6 => string.Create(CultureInfo.InvariantCulture, $"ipv6:[{address}]:{connection.RemotePort}"),
            _ => $"unknown:{address}",
        };
    }
}
