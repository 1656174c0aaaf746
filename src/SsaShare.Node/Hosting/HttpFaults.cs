using System.Data.Common;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What <see cref="FaultInterceptor"/> is to gRPC calls, for plain HTTP: a status that tells no more than a caller may know.</summary>
internal static class HttpFaults
{
    public static RequestDelegate Guard(RequestDelegate handler) => async http =>
    {
        try
        {
            await handler(http);
        }
        catch (RpcException refusal) when (!http.Response.HasStarted)
        {
            await HttpRefusals.WriteAsync(http, refusal);
        }
        catch (Exception e) when (e is DbException or TimeoutException && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            NodeLog.StoreFailed(Logger(http), http.Request.Path, e);
            await HttpRefusals.WriteAsync(http, Refusals.StoreUnavailable());
        }
        catch (Pkcs11Exception e) when (!http.Response.HasStarted)
        {
            NodeLog.CallFailed(Logger(http), http.Request.Path, e);
            await HttpRefusals.WriteAsync(http, Refusals.KeysUnavailable());
        }
        catch (Exception e) when (e is not (RpcException or OperationCanceledException or BadHttpRequestException) && !http.Response.HasStarted)
        {
            NodeLog.CallFailed(Logger(http), http.Request.Path, e);
            await HttpRefusals.WriteAsync(http, Refusals.Internal());
        }
    };

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HttpFaults));
}
