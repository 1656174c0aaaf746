using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Who is calling, as <see cref="CallerGate"/> found from the client certificate of the connection.</summary>
public static class Callers
{
    private static readonly object Key = new();

    /// <exception cref="InvalidOperationException">The call did not come through the gate.</exception>
    public static Caller Of(ServerCallContext context)
        => context.GetHttpContext().Items.TryGetValue(Key, out object? caller) ? (Caller)caller! : throw new InvalidOperationException($"{context.Method} is not guarded.");

    /// <summary>Of plain HTTP; null where the path is open and the caller nobody that is pinned.</summary>
    public static Caller? Find(HttpContext http) => http.Items.TryGetValue(Key, out object? caller) ? (Caller)caller! : null;

    /// <summary>Who is calling what is open to anybody; null for a stranger.</summary>
    public static Caller? Find(ServerCallContext context)
        => context.GetHttpContext().Items.TryGetValue(Key, out object? caller) ? (Caller)caller! : null;

    internal static void Remember(HttpContext http, Caller caller) => http.Items[Key] = caller;
}
