using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Lets in whom the pinned cards name, and turns what goes wrong inside into a status that tells a peer no more than it may know.</summary>
public sealed class CallerInterceptor(NodeIdentity identity, PeerDirectory directory, ILogger<CallerInterceptor> logger) : Interceptor
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
        if (!CallerRules.IsOpen(context.Method)) Admit(context);
        try
        {
            return await call();
        }
        catch (Exception e) when (e is DbException or TimeoutException && !context.CancellationToken.IsCancellationRequested)
        {
            NodeLog.StoreFailed(logger, context.Method, e);
            throw Refusals.StoreUnavailable();
        }
        catch (Exception e) when (e is not RpcException and not OperationCanceledException)
        {
            NodeLog.CallFailed(logger, context.Method, e);
            throw Refusals.Internal();
        }
    }

    private void Admit(ServerCallContext context)
    {
        if (Callers.PinOf(context) is not { } pin)
        {
            NodeLog.CallerWithoutCertificate(logger, context.Peer, context.Method);
            throw Refusals.NoCertificate();
        }
        if (directory.FindCaller(pin) is not { } caller)
        {
            NodeLog.CallerUnknown(logger, context.Peer, pin, context.Method);
            throw Refusals.UnknownCertificate(pin);
        }
        if (!CallerRules.MayCall(context.Method, caller, identity.Partner))
        {
            NodeLog.CallerNotAllowed(logger, caller.Partner, caller.Kind, context.Method);
            throw Refusals.NotAllowed(caller, context.Method);
        }
        Callers.Remember(context, caller);
    }

    private static async Task<bool> Empty(Task call)
    {
        await call;
        return true;
    }
}
