using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SsaShare.Node;

/// <summary>What went wrong with a request of plain HTTP, as RFC 9457 wants it told.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">For people: what is wrong and what to do.</param>
public sealed record Problem(int Status, string Detail)
{
    public const string MediaType = "application/problem+json";

    /// <summary>What tells this kind of problem from others of the same status; by default nothing does.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The same for every problem of the type; by default the name of the status.</summary>
    public string? Title { get; init; }

    /// <summary>A refusal as it would go out by gRPC.</summary>
    public static Problem Of(RpcException refusal) => new(
        refusal.StatusCode switch
        {
            StatusCode.InvalidArgument or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
            // Certificates are shown when the connection is made: 401 would ask for credentials that HTTP does not carry here.
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.NotFound => StatusCodes.Status404NotFound,
            StatusCode.FailedPrecondition or StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        }, refusal.Status.Detail);

    /// <param name="more">Further members of this type of problem.</param>
    public async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter>? more = null)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("title", Title ?? ReasonPhrases.GetReasonPhrase(Status));
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        json.WriteString("instance", http.Request.Path.Value);
        more?.Invoke(json);
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }
}
