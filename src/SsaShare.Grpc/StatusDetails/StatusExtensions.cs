using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Grpc.Core;

/// <summary>The rich status in metadata.</summary>
public static class MetadataExtensions
{
    /// <summary>The trailer that carries it.</summary>
    public const string StatusDetailsTrailerName = "grpc-status-details-bin";

    /// <param name="metadata">Trailers of a call.</param>
    /// <param name="ignoreParseError">Whether a damaged one counts as none.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidProtocolBufferException">It is damaged.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        if (metadata.GetValueBytes(StatusDetailsTrailerName) is not { } bytes)
        {
            return null;
        }

        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Puts it in, in place of one that may be there.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        if (metadata.Get(StatusDetailsTrailerName) is { } old)
        {
            metadata.Remove(old);
        }

        metadata.Add(StatusDetailsTrailerName, status.ToByteArray());
    }
}

/// <summary>The rich status of an exception.</summary>
public static class RpcExceptionExtensions
{
    /// <inheritdoc cref="MetadataExtensions.GetRpcStatus"/>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex, bool ignoreParseError = false)
        => ex.Trailers.GetRpcStatus(ignoreParseError);
}

/// <summary>From the rich status to an exception, and to its details.</summary>
public static class RpcStatusExtensions
{
    /// <summary>The exception by which a handler ends its call with this status.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status) => new(PlainStatus(status), Trailers(status));

    /// <inheritdoc cref="ToRpcException(Google.Rpc.Status)"/>
    public static RpcException ToRpcException(this Google.Rpc.Status status, string message) => new(PlainStatus(status), Trailers(status), message);

    /// <summary>The first detail of this type; null when there is none.</summary>
    public static T? GetDetail<T>(this Google.Rpc.Status status)
        where T : class, IMessage<T>, new()
    {
        foreach (Any detail in status.Details)
        {
            if (detail.TryUnpack(out T message))
            {
                return message;
            }
        }

        return null;
    }

    private static Status PlainStatus(Google.Rpc.Status status) => new((StatusCode)status.Code, status.Message);

    private static Metadata Trailers(Google.Rpc.Status status)
    {
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return trailers;
    }
}
