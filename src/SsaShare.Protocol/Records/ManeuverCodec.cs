using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Event.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class manoeuvre notice.</summary>
public static class ManeuverCodec
{
    /// <summary>Greatest change of velocity along an axis, km/s.</summary>
    private const double DeltaVMaxKmPerS = 20;

    public static byte[] Encode(ManeuverNotice notice) => new V1.ManeuverNotice
    {
        ObjectTag = notice.ObjectTag,
        Status = (V1.ManeuverStatus)notice.Status,
        Start = notice.Start.ToWire(),
        End = notice.End.ToWire(),
        DeltaVRtnKmPerS = notice.DeltaVRtnKmPerS?.ToWire(),
        SigmaRtnKmPerS = notice.SigmaRtnKmPerS?.ToWire(),
        Text = notice.Text ?? "",
    }.ToByteArray();

    /// <returns>Null when the bytes are not a notice of an object with a status and a span of time, or a figure in it is none that can be.</returns>
    public static ManeuverNotice? TryDecode(ReadOnlySpan<byte> payload)
    {
        try
        {
            var wire = V1.ManeuverNotice.Parser.ParseFrom(payload);
            if (wire.ObjectTag.Length == 0 || !WireText.IsShort(wire.ObjectTag, ObservationCodec.LongestTag) || !WireText.IsShort(wire.Text, NoticeText.LongestText)) return null;
            if (wire.Status is not (V1.ManeuverStatus.Planned or V1.ManeuverStatus.Performed)) return null;
            if (!SpaceMapper.TryRead(wire.Start, out var start) || !SpaceMapper.TryRead(wire.End, out var end) || end < start) return null;
            Vector3d? change = wire.DeltaVRtnKmPerS?.FromWire(), sigma = wire.SigmaRtnKmPerS?.FromWire();
            if (change is { } velocity && !IsBelow(velocity) || sigma is { } error && !(IsBelow(error) && error is { X: >= 0, Y: >= 0, Z: >= 0 })) return null;
            return new ManeuverNotice(wire.ObjectTag, (ManeuverStatus)wire.Status, start, end, change, sigma, NoticeText.OrNull(wire.Text));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool IsBelow(Vector3d velocity) => Math.Abs(velocity.X) <= DeltaVMaxKmPerS && Math.Abs(velocity.Y) <= DeltaVMaxKmPerS && Math.Abs(velocity.Z) <= DeltaVMaxKmPerS;
}
