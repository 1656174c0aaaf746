using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Finds the service instance for a call: the container's, or one made for this call and disposed after it.</summary>
internal static class ServiceActivator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>
    where TService : class
{
    private static readonly Lazy<ObjectFactory<TService>> Factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public static TService Get(IServiceProvider services, out bool owned)
    {
        var registered = (TService?)services.GetService(typeof(TService));
        owned = registered is null;
        return registered ?? Factory.Value(services, []);
    }
}

/// <summary>Disposes what was made for one call, after the call.</summary>
internal static class CallOwned
{
    public static bool MustDispose(object instance, bool owned) => owned && instance is (IDisposable or IAsyncDisposable);

    public static async Task<T> DisposeAfterAsync<T>(Task<T> call, object instance)
    {
        try
        {
            return await call;
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    public static async Task DisposeAfterAsync(Task call, object instance)
    {
        try
        {
            await call;
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    private static async ValueTask DisposeAsync(object instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            ((IDisposable)instance).Dispose();
        }
    }
}
