using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>On an endpoint: which method it is.</summary>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    public Type ServiceType { get; } = serviceType;

    public IMethod Method { get; } = method;
}
