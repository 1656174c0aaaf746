namespace Grpc.Core;

/// <summary>Told of every method of a service by its generated <c>BindService</c>.</summary>
/// <remarks>The handler is null when <c>BindService</c> was called without an instance, as servers do that make one per call.</remarks>
public abstract class ServiceBinderBase
{
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
        => throw new NotSupportedException($"This binder takes no method such as {method.FullName}.");

    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
        => throw new NotSupportedException($"This binder takes no method such as {method.FullName}.");

    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
        => throw new NotSupportedException($"This binder takes no method such as {method.FullName}.");

    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
        => throw new NotSupportedException($"This binder takes no method such as {method.FullName}.");
}

/// <summary>On a generated service base: where its <c>BindService</c> is.</summary>
/// <param name="bindType">The type that has the method.</param>
/// <param name="bindMethodName">Its name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    public Type BindType { get; } = bindType;

    public string BindMethodName { get; } = bindMethodName;
}
