using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Lets in whom the pinned cards name, before a byte of the request's body is read. Health alone is open, for small requests.</summary>
public sealed class CallerGate(RequestDelegate next, NodeIdentity identity, PeerDirectory directory, ILogger<CallerGate> logger)
{
    private const long HealthRequestBytesMax = 1_024;

    public Task InvokeAsync(HttpContext http)
    {
        string method = http.Request.Path.Value ?? "";
        if (CallerRules.IsOpen(method))
        {
            LimitBody(http);
            return next(http);
        }
        string peer = $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            NodeLog.CallerWithoutCertificate(logger, peer, method);
            return RefuseAsync(http, Refusals.NoCertificate());
        }
        var pin = SpkiPin.Of(certificate);
        if (directory.FindCaller(pin) is not { } caller)
        {
            NodeLog.CallerUnknown(logger, peer, pin, method);
            return RefuseAsync(http, Refusals.UnknownCertificate(pin));
        }
        if (!CallerRules.MayCall(method, caller, identity.Partner))
        {
            NodeLog.CallerNotAllowed(logger, caller.Partner, caller.Kind, method);
            return RefuseAsync(http, Refusals.NotAllowed(caller, method));
        }
        Callers.Remember(http, caller);
        return next(http);
    }

    /// <summary>The gRPC runtime lifts the server's limit where it may, so it is shown one that it may not change.</summary>
    private static void LimitBody(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit) return;
        limit.MaxRequestBodySize = HealthRequestBytesMax;
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(new FixedLimit());
    }

    /// <summary>A trailers-only answer, as the gRPC protocol wants refusals.</summary>
    private static Task RefuseAsync(HttpContext http, Grpc.Core.RpcException refusal)
    {
        NodeMetrics.Refused();
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-status"] = ((int)refusal.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = Uri.EscapeDataString(refusal.Status.Detail);
        return http.Response.CompleteAsync();
    }

    private sealed class FixedLimit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize
        {
            get => HealthRequestBytesMax;
            set => throw new InvalidOperationException("The limit is fixed.");
        }
    }
}
