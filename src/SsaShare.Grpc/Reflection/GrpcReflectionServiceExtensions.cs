using Grpc.AspNetCore.Server;
using Grpc.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds reflection to a server.</summary>
public static class GrpcReflectionServiceExtensions
{
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new ReflectionV1ServiceImpl(
            provider.GetRequiredService<ServiceRegistry>().GetDescriptors()));
        return services;
    }
}
