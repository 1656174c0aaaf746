using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>Adds to the request's own activity and metrics what is known about the call (OpenTelemetry conventions for RPC).</summary>
internal static class CallTelemetry
{
    public static void OnEnded(HttpContext http, IMethod method, StatusCode status)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag("rpc.system", "grpc");
            activity.SetTag("rpc.service", method.ServiceName);
            activity.SetTag("rpc.method", method.Name);
            activity.SetTag("rpc.grpc.status_code", (int)status);
            if (IsServerError(status))
            {
                activity.SetStatus(ActivityStatusCode.Error);
            }
        }

        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new KeyValuePair<string, object?>("rpc.grpc.status_code", (int)status));
    }

    private static bool IsServerError(StatusCode status) => status
        is StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
        or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
