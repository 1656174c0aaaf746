using System.Collections.ObjectModel;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>The interceptors of a server.</summary>
public class InterceptorCollection : Collection<InterceptorRegistration>
{
    /// <summary>Adds an interceptor. One that the container has is taken from there, else one is made for each call.</summary>
    /// <param name="args">Arguments of its constructor that the container does not have.</param>
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor
        => Add(typeof(TInterceptor), args);

    public void Add(Type interceptorType, params object[] args) => Add(new InterceptorRegistration(interceptorType, args));
}

/// <summary>One interceptor of a server.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!typeof(Interceptor).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} is not an interceptor.", nameof(type));
        }

        Type = type;
        _arguments = arguments;
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>The interceptor for one call, and whether the call owns it.</summary>
    internal (Interceptor Interceptor, bool Owned) Resolve(IServiceProvider services)
        => _arguments.Length == 0 && services.GetService(Type) is Interceptor registered
            ? (registered, false)
            : ((Interceptor)ActivatorUtilities.CreateInstance(services, Type, _arguments), true);
}
