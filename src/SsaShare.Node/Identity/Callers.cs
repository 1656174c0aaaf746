using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Who is calling, from the client certificate of the connection.</summary>
public static class Callers
{
    private const string Key = "ssashare.caller";

    /// <summary>The caller of a method that <see cref="CallerInterceptor"/> has let in.</summary>
    /// <exception cref="InvalidOperationException">The method is not guarded by the interceptor.</exception>
    public static Caller Of(ServerCallContext context)
        => context.UserState.TryGetValue(Key, out object? caller) ? (Caller)caller : throw new InvalidOperationException($"{context.Method} is not guarded.");

    internal static void Remember(ServerCallContext context, Caller caller) => context.UserState[Key] = caller;

    internal static SpkiPin? PinOf(ServerCallContext context)
        => context.GetHttpContext().Connection.ClientCertificate is { } certificate ? SpkiPin.Of(certificate) : null;
}
