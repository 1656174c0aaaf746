using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of a service.</summary>
    /// <typeparam name="TService">Derives from a generated service base. Taken from the container, else made for each call.</typeparam>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> has not been called, or the type is no service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ServiceRegistry registry = builder.ServiceProvider.GetService<ServiceRegistry>()
            ?? throw new InvalidOperationException("Call AddGrpc before gRPC services are mapped.");
        var options = new MethodOptions(builder.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value);
        ILogger logger = builder.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger<TService>();
        var endpoints = new ServiceEndpoints<TService>(builder, options, logger);
        registry.Bind<TService>(endpoints);
        if (!registry.UnknownServicesMapped)
        {
            registry.UnknownServicesMapped = true;
            UnknownCalls.Map(builder);
        }

        return new GrpcServiceEndpointConventionBuilder(endpoints.Endpoints);
    }
}
