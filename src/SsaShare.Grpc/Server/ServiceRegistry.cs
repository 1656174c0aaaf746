using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The services that are mapped, for reflection and for the answer to calls of unknown ones.</summary>
internal sealed class ServiceRegistry
{
    private readonly HashSet<Type> _bindTypes = [];

    /// <summary>Whether calls of unknown services have an answer.</summary>
    public bool UnknownServicesMapped { get; set; }

    /// <summary>The descriptors of the services, which their generated classes carry.</summary>
    public IReadOnlyCollection<ServiceDescriptor> GetDescriptors() => [.. _bindTypes.Select(DescriptorOf)];

    /// <summary>Tells <paramref name="binder"/> the methods of a service.</summary>
    /// <exception cref="InvalidOperationException">The type is not an implementation of a generated service base.</exception>
    public void Bind<TService>(ServiceBinderBase binder)
    {
        Type? type = typeof(TService);
        BindServiceMethodAttribute? attribute = null;
        while (type is not null && (attribute = type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false)) is null)
        {
            type = type.BaseType;
        }

        MethodInfo? bind = attribute?.BindType.GetMethod(
            attribute.BindMethodName, BindingFlags.Public | BindingFlags.Static, [typeof(ServiceBinderBase), type!]);
        if (bind is null)
        {
            throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated gRPC service base.");
        }

        bind.Invoke(null, [binder, null]);
        _bindTypes.Add(attribute!.BindType);
    }

    private static ServiceDescriptor DescriptorOf(Type bindType)
        => bindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor
            ?? throw new InvalidOperationException($"{bindType} carries no service descriptor.");
}
