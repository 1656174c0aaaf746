using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>From the call to the HTTP request that carries it.</summary>
public static class ServerCallContextExtensions
{
    /// <exception cref="InvalidOperationException">The call is not served over HTTP.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
        => serverCallContext is HttpContextCallContext context
            ? context.Http
            : throw new InvalidOperationException("This call is not served over HTTP.");
}
