using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SsaShare.Node;

/// <summary>Writes a refusal before anything else is written: to a gRPC call as gRPC says, below /api as problem details, to any other request as an HTTP status and a line of text.</summary>
internal static class HttpRefusals
{
    public static Task WriteAsync(HttpContext http, RpcException refusal)
    {
        NodeMetrics.Refused();
        return IsGrpc(http.Request) ? WriteTrailersAsync(http.Response, refusal)
            : http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? WriteProblemAsync(http, refusal)
            : WriteTextAsync(http.Response, refusal);
    }

    private static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) ?? false;

    private static async Task WriteProblemAsync(HttpContext http, RpcException refusal)
    {
        await Problem.Of(refusal).WriteAsync(http);
        await http.Response.CompleteAsync();
    }

    /// <summary>A trailers-only answer, as the gRPC protocol wants refusals.</summary>
    private static Task WriteTrailersAsync(HttpResponse response, RpcException refusal)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(refusal.Status.Detail);
        foreach (var trailer in refusal.Trailers.Where(trailer => !trailer.IsBinary)) response.Headers[trailer.Key] = trailer.Value;
        return response.CompleteAsync();
    }

    private static async Task WriteTextAsync(HttpResponse response, RpcException refusal)
    {
        response.StatusCode = refusal.StatusCode switch
        {
            // Certificates are shown when the connection is made: 401 would ask for credentials that HTTP does not carry here.
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.NotFound => StatusCodes.Status404NotFound,
            StatusCode.Unavailable or StatusCode.FailedPrecondition => StatusCodes.Status503ServiceUnavailable,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status500InternalServerError,
        };
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (refusal.StatusCode == StatusCode.ResourceExhausted) response.Headers.RetryAfter = "1";
        await response.WriteAsync($"{refusal.Status.Detail}\n");
        await response.CompleteAsync();
    }
}
