using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Turns what goes wrong inside a call into a status that tells a peer no more than it may know; the operator's log has the rest.</summary>
public sealed class FaultInterceptor(ILogger<FaultInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        => GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
        => GuardAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
        => GuardAsync(context, () => Empty(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        => GuardAsync(context, () => Empty(continuation(requestStream, responseStream, context)));

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is DbException or TimeoutException && !context.CancellationToken.IsCancellationRequested)
        {
            NodeLog.StoreFailed(logger, context.Method, e);
            throw Refusals.StoreUnavailable();
        }
        catch (Pkcs11Exception e)
        {
            NodeLog.CallFailed(logger, context.Method, e);
            throw Refusals.KeysUnavailable();
        }
        catch (SigningHeldException e)
        {
            throw Refusals.SigningHeld(e);
        }
        catch (Exception e) when (e is not RpcException and not OperationCanceledException)
        {
            NodeLog.CallFailed(logger, context.Method, e);
            throw Refusals.Internal();
        }
    }

    private static async Task<bool> Empty(Task call)
    {
        await call;
        return true;
    }
}
