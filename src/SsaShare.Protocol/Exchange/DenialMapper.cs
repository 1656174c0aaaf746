using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol;

/// <summary>Signed denials as details of a status (google.rpc.Status).</summary>
public static class DenialMapper
{
    /// <summary>The same refusal with a signed denial among its details.</summary>
    public static RpcException With(this RpcException refusal, SignedDocument denial)
        => new Google.Rpc.Status { Code = (int)refusal.StatusCode, Message = refusal.Status.Detail, Details = { Any.Pack(new V1.Denial { Document = denial.ToWire() }) } }.ToRpcException();

    /// <returns>The denial that came with a refusal, not verified; null when there is none that can be read. Total.</returns>
    public static SignedDocument? TryReadDenial(this RpcException refusal)
    {
        try
        {
            return DocumentMapper.TryRead(refusal.GetRpcStatus(ignoreParseError: true)?.GetDetail<V1.Denial>()?.Document);
        }
        catch (InvalidProtocolBufferException)
        {
            // A detail says that it is a denial, and is not.
            return null;
        }
    }
}
