using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grpc.AspNetCore.Server;

/// <summary>Decides whether a request is a gRPC call.</summary>
internal static class CallAdmission
{
    /// <summary>False, and the answer is set, for a request that is none.</summary>
    public static bool TryAdmit(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            return Refuse(http, StatusCodes.Status426UpgradeRequired, $"the protocol is {http.Request.Protocol}");
        }

        if (!GrpcProtocol.IsGrpcContentType(http.Request.ContentType))
        {
            return Refuse(http, StatusCodes.Status415UnsupportedMediaType, $"the content type is '{http.Request.ContentType}'");
        }

        return true;
    }

    /// <summary>Lifts the limits that are meant for uploads of one piece; each message has its own.</summary>
    public static void LiftBodyLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    /// <exception cref="RpcException">Unavailable: the host is stopping and takes no new calls.</exception>
    public static void ThrowIfStopping(HttpContext http)
    {
        if (http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping.IsCancellationRequested == true)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
        }
    }

    private static bool Refuse(HttpContext http, int httpStatus, string reason)
    {
        GrpcServerLog.NotACall(GrpcServerLog.Logger(http), http.Request.Path, reason);
        http.Response.StatusCode = httpStatus;
        return false;
    }
}
