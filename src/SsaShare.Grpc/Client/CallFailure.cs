using System.Net;
using System.Net.Http;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>What went wrong below gRPC, as a status.</summary>
internal static class CallFailure
{
    public static Status ForCause(CancelCause cause, Exception? exception) => cause switch
    {
        CancelCause.Deadline => new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed.", exception),
        CancelCause.Disposed => new Status(StatusCode.Cancelled, "The call was disposed before it had ended.", exception),
        CancelCause.ChannelDisposed => new Status(StatusCode.Cancelled, "The channel was disposed.", exception),
        _ => new Status(StatusCode.Cancelled, "The call was cancelled by its caller.", exception),
    };

    public static Status ToStatus(Exception exception) => Find<HttpProtocolException>(exception) is { } protocol
        ? new Status(FromHttp2Error(protocol.ErrorCode), $"The server reset the stream with HTTP/2 error {protocol.ErrorCode}.", exception)
        : exception switch
        {
            HttpRequestException => new Status(StatusCode.Unavailable, $"The server cannot be reached: {Innermost(exception).Message}", exception),
            IOException => new Status(StatusCode.Unavailable, $"The connection was lost: {Innermost(exception).Message}", exception),
            OperationCanceledException => new Status(StatusCode.Cancelled, "The call was cancelled.", exception),
            _ => new Status(StatusCode.Internal, $"The call failed: {exception.Message}", exception),
        };

    /// <summary>The status for a response that is not one of gRPC, as the protocol maps it.</summary>
    public static Status FromHttpStatus(HttpStatusCode code, string? contentType) => code == HttpStatusCode.OK
        ? new Status(StatusCode.Unknown, $"The response has the content type '{contentType}', not that of gRPC.")
        : new Status(
            code switch
            {
                HttpStatusCode.BadRequest => StatusCode.Internal,
                HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
                HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
                HttpStatusCode.NotFound => StatusCode.Unimplemented,
                HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
                _ => StatusCode.Unknown,
            },
            $"The server answered with HTTP status {(int)code}.");

    /// <summary>The protocol's table of RST_STREAM codes (RFC 9113 section 7).</summary>
    private static StatusCode FromHttp2Error(long error) => error switch
    {
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM
        0x8 => StatusCode.Cancelled, // CANCEL
        0xb => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xc => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
