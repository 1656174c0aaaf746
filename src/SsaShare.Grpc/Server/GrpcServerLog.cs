using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Every log message of the server side. Event ids 9000 to 9099.</summary>
internal static partial class GrpcServerLog
{
    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "The handler of {Method} threw an exception.")]
    public static partial void HandlerFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Information, Message = "The call {Method} ended with {Status}: {Detail}")]
    public static partial void CallRefused(ILogger logger, string method, Core.StatusCode status, string detail);

    [LoggerMessage(EventId = 9003, Level = LogLevel.Debug, Message = "The call {Path} was given up by its client.")]
    public static partial void CallAbandoned(ILogger logger, string path, Exception exception);

    [LoggerMessage(EventId = 9004, Level = LogLevel.Warning, Message = "A request for {Path} was not a gRPC call: {Reason}.")]
    public static partial void NotACall(ILogger logger, string path, string reason);

    public static void ResponseLost(HttpContext http, Exception exception)
        => CallAbandoned(Logger(http), http.Request.Path, exception);

    public static ILogger Logger(HttpContext http)
        => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server");
}
