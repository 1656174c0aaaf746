using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Puts the interceptors in front of a method of <typeparamref name="TService"/>.</summary>
internal sealed class CallPipeline<TService>(IReadOnlyList<InterceptorRegistration> interceptors)
    where TService : class
{
    public UnaryServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> method)
        where TRequest : class
        where TResponse : class
    {
        UnaryServerMethod<TRequest, TResponse> pipeline = (request, context) =>
        {
            TService service = ServiceActivator<TService>.Get(context.GetHttpContext().RequestServices, out bool owned);
            Task<TResponse> call = method(service, request, context);
            return CallOwned.MustDispose(service, owned) ? CallOwned.DisposeAfterAsync(call, service) : call;
        };
        foreach (InterceptorRegistration registration in interceptors.Reverse())
        {
            UnaryServerMethod<TRequest, TResponse> next = pipeline;
            pipeline = (request, context) =>
            {
                (Interceptor interceptor, bool owned) = registration.Resolve(context.GetHttpContext().RequestServices);
                Task<TResponse> call = interceptor.UnaryServerHandler(request, context, next);
                return CallOwned.MustDispose(interceptor, owned) ? CallOwned.DisposeAfterAsync(call, interceptor) : call;
            };
        }

        return pipeline;
    }

    public ClientStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> method)
        where TRequest : class
        where TResponse : class
    {
        ClientStreamingServerMethod<TRequest, TResponse> pipeline = (requests, context) =>
        {
            TService service = ServiceActivator<TService>.Get(context.GetHttpContext().RequestServices, out bool owned);
            Task<TResponse> call = method(service, requests, context);
            return CallOwned.MustDispose(service, owned) ? CallOwned.DisposeAfterAsync(call, service) : call;
        };
        foreach (InterceptorRegistration registration in interceptors.Reverse())
        {
            ClientStreamingServerMethod<TRequest, TResponse> next = pipeline;
            pipeline = (requests, context) =>
            {
                (Interceptor interceptor, bool owned) = registration.Resolve(context.GetHttpContext().RequestServices);
                Task<TResponse> call = interceptor.ClientStreamingServerHandler(requests, context, next);
                return CallOwned.MustDispose(interceptor, owned) ? CallOwned.DisposeAfterAsync(call, interceptor) : call;
            };
        }

        return pipeline;
    }

    public ServerStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> method)
        where TRequest : class
        where TResponse : class
    {
        ServerStreamingServerMethod<TRequest, TResponse> pipeline = (request, responses, context) =>
        {
            TService service = ServiceActivator<TService>.Get(context.GetHttpContext().RequestServices, out bool owned);
            Task call = method(service, request, responses, context);
            return CallOwned.MustDispose(service, owned) ? CallOwned.DisposeAfterAsync(call, service) : call;
        };
        foreach (InterceptorRegistration registration in interceptors.Reverse())
        {
            ServerStreamingServerMethod<TRequest, TResponse> next = pipeline;
            pipeline = (request, responses, context) =>
            {
                (Interceptor interceptor, bool owned) = registration.Resolve(context.GetHttpContext().RequestServices);
                Task call = interceptor.ServerStreamingServerHandler(request, responses, context, next);
                return CallOwned.MustDispose(interceptor, owned) ? CallOwned.DisposeAfterAsync(call, interceptor) : call;
            };
        }

        return pipeline;
    }

    public DuplexStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> method)
        where TRequest : class
        where TResponse : class
    {
        DuplexStreamingServerMethod<TRequest, TResponse> pipeline = (requests, responses, context) =>
        {
            TService service = ServiceActivator<TService>.Get(context.GetHttpContext().RequestServices, out bool owned);
            Task call = method(service, requests, responses, context);
            return CallOwned.MustDispose(service, owned) ? CallOwned.DisposeAfterAsync(call, service) : call;
        };
        foreach (InterceptorRegistration registration in interceptors.Reverse())
        {
            DuplexStreamingServerMethod<TRequest, TResponse> next = pipeline;
            pipeline = (requests, responses, context) =>
            {
                (Interceptor interceptor, bool owned) = registration.Resolve(context.GetHttpContext().RequestServices);
                Task call = interceptor.DuplexStreamingServerHandler(requests, responses, context, next);
                return CallOwned.MustDispose(interceptor, owned) ? CallOwned.DisposeAfterAsync(call, interceptor) : call;
            };
        }

        return pipeline;
    }
}
