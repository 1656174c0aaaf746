using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>The encodings that one side understands.</summary>
internal sealed class CompressionProviders
{
    public static readonly CompressionProviders Default = new([new GzipCompressionProvider(CompressionLevel.Fastest)], null);

    private readonly Dictionary<string, MessageCompressor> _byName;

    public CompressionProviders(IEnumerable<ICompressionProvider> providers, CompressionLevel? level)
    {
        _byName = providers.ToDictionary(
            provider => provider.EncodingName, provider => new MessageCompressor(provider, level), StringComparer.Ordinal);
        AcceptEncoding = string.Join(',', [GrpcProtocol.IdentityEncoding, .. _byName.Keys]);
    }

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public string AcceptEncoding { get; }

    /// <summary>Null when the encoding is not known.</summary>
    public MessageCompressor? Find(string encoding) => _byName.GetValueOrDefault(encoding);

    public static bool Accepts(string? acceptEncoding, string encoding)
        => acceptEncoding is not null
            && acceptEncoding.Split(',', StringSplitOptions.TrimEntries).Contains(encoding, StringComparer.Ordinal);
}
