using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Maps every method that the generated <c>BindService</c> names to the method of <typeparamref name="TService"/>.</summary>
internal sealed class ServiceEndpoints<TService>(IEndpointRouteBuilder routes, MethodOptions options, ILogger logger) : ServiceBinderBase
    where TService : class
{
    private readonly CallPipeline<TService> _pipeline = new(options.Interceptors);
    private readonly List<IEndpointConventionBuilder> _endpoints = [];

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method, out MethodInfo info);
        var call = new UnaryCallHandler<TRequest, TResponse>(
            method, options, logger, _pipeline.Build<TRequest, TResponse>(implementation));
        Map(method, info, call.HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method, out MethodInfo info);
        var call = new ClientStreamingCallHandler<TRequest, TResponse>(
            method, options, logger, _pipeline.Build<TRequest, TResponse>(implementation));
        Map(method, info, call.HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method, out MethodInfo info);
        var call = new ServerStreamingCallHandler<TRequest, TResponse>(
            method, options, logger, _pipeline.Build<TRequest, TResponse>(implementation));
        Map(method, info, call.HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, out MethodInfo info);
        var call = new DuplexStreamingCallHandler<TRequest, TResponse>(
            method, options, logger, _pipeline.Build<TRequest, TResponse>(implementation));
        Map(method, info, call.HandleAsync);
    }

    /// <summary>The service's method as a delegate that takes the instance first, as there is one instance per call.</summary>
    private static TDelegate Find<TDelegate>(IMethod method, out MethodInfo info)
        where TDelegate : Delegate
    {
        Type[] types = typeof(TDelegate).GetGenericArguments();
        info = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, types[1..^1])
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return info.CreateDelegate<TDelegate>();
    }

    private void Map(IMethod method, MethodInfo info, RequestDelegate handle)
    {
        IEndpointConventionBuilder endpoint = routes.Map(RoutePatternFactory.Parse(method.FullName), handle);
        endpoint.Add(builder =>
        {
            builder.DisplayName = $"gRPC - {method.FullName}";
            builder.Metadata.Add(new GrpcMethodMetadata(typeof(TService), method));
            builder.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            foreach (object attribute in typeof(TService).GetCustomAttributes(inherit: true).Concat(info.GetCustomAttributes(inherit: true)))
            {
                builder.Metadata.Add(attribute);
            }
        });
        _endpoints.Add(endpoint);
    }
}
