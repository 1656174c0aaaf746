using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, UnaryServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextCallContext context)
    {
        TRequest request = await ReadSingleAsync(context);
        await EndAsync(context, await invoke(request, context));
    }
}

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, ClientStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextCallContext context)
        => await EndAsync(context, await invoke(new HttpRequestStream<TRequest>(context, Deserialize), context));
}

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, ServerStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextCallContext context)
    {
        TRequest request = await ReadSingleAsync(context);
        await invoke(request, new HttpResponseStream<TResponse>(context, Serialize), context);
        await context.EndAsync(context.Status);
    }
}

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, DuplexStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextCallContext context)
    {
        var requests = new HttpRequestStream<TRequest>(context, Deserialize);
        await invoke(requests, new HttpResponseStream<TResponse>(context, Serialize), context);
        await context.EndAsync(context.Status);
    }
}
