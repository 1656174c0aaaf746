namespace Grpc.Wire;

/// <summary>Names and sizes of the gRPC protocol over HTTP/2.</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string TimeoutHeader = "grpc-timeout";

    /// <summary>Set in a call's headers, and not sent: the encoding of the request's messages.</summary>
    public const string RequestEncodingHeader = "grpc-internal-encoding-request";

    public const string IdentityEncoding = "identity";

    /// <summary>Bytes before each message: a flag and a big-endian length.</summary>
    public const int FrameHeaderBytes = 5;

    /// <summary>Whether this is the content type of gRPC, with or without a message format or a parameter.</summary>
    public static bool IsGrpcContentType(string? contentType)
        => contentType is not null
            && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
            && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ');

    /// <summary>Whether a header belongs to the protocol and not to the call's metadata.</summary>
    public static bool IsReserved(string name) => name.Length == 0 || name[0] == ':' || name.Length switch
    {
        2 => Is(name, "te"),
        11 => Is(name, StatusHeader),
        12 => Is(name, MessageHeader) || Is(name, TimeoutHeader) || Is(name, "content-type"),
        13 => Is(name, EncodingHeader),
        14 => Is(name, "content-length"),
        16 => Is(name, "content-encoding"),
        20 => Is(name, AcceptEncodingHeader),
        30 => Is(name, RequestEncodingHeader),
        _ => false,
    };

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
}
