namespace Grpc.Core.Interceptors;

/// <summary>The call that a client interceptor is about to pass on.</summary>
/// <param name="method">Its method.</param>
/// <param name="host">The authority to ask for; null for the channel's own.</param>
/// <param name="options">Its options.</param>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(
    Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    public Method<TRequest, TResponse> Method { get; } = method;

    public string? Host { get; } = host;

    public CallOptions Options { get; } = options;
}
