using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>The options of a service in the form that calls use.</summary>
internal sealed class MethodOptions
{
    public MethodOptions(GrpcServiceOptions options)
    {
        MaxReceiveMessageBytes = options.MaxReceiveMessageSize;
        MaxSendMessageBytes = options.MaxSendMessageSize;
        DetailedErrors = options.EnableDetailedErrors == true;
        Compression = new CompressionProviders(options.CompressionProviders, options.ResponseCompressionLevel);
        Interceptors = [.. options.Interceptors];
        if (options.ResponseCompressionAlgorithm is { } algorithm and not GrpcProtocol.IdentityEncoding)
        {
            ResponseCompressor = Compression.Find(algorithm)
                ?? throw new InvalidOperationException($"There is no compression provider for {nameof(options.ResponseCompressionAlgorithm)} '{algorithm}'.");
        }
    }

    public int? MaxReceiveMessageBytes { get; }

    public int? MaxSendMessageBytes { get; }

    public bool DetailedErrors { get; }

    public CompressionProviders Compression { get; }

    /// <summary>For clients that accept it; null for none.</summary>
    public MessageCompressor? ResponseCompressor { get; }

    public IReadOnlyList<InterceptorRegistration> Interceptors { get; }
}
