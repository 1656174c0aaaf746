using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Event.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class event notice.</summary>
public static class EventCodec
{
    /// <summary>Most objects that one notice names.</summary>
    public const int ObjectsMax = 100;

    private const double FarthestKm = 610_000;

    public static byte[] Encode(EventNotice notice)
    {
        var wire = new V1.EventNotice
        {
            Kind = (V1.EventKind)notice.Kind,
            Epoch = notice.Epoch.ToWire(),
            PositionKm = notice.Position?.PositionKm.ToWire(),
            Confidence = notice.Confidence,
            Text = notice.Text ?? "",
        };
        if (notice.Position is { } position) wire.Frame = WireEnums.Write(position.Frame);
        if (notice.EpochSigmaS is { } sigma) wire.EpochSigmaS = sigma;
        wire.ObjectTags.AddRange(notice.ObjectTags);
        return wire.ToByteArray();
    }

    /// <returns>Null when the bytes are not a notice of a known kind with an epoch and a confidence, or a text or figure in it is none that can be.</returns>
    public static EventNotice? TryDecode(ReadOnlySpan<byte> payload)
    {
        try
        {
            var wire = V1.EventNotice.Parser.ParseFrom(payload);
            var kind = (EventKind)wire.Kind;
            if (kind == EventKind.Unspecified || !Enum.IsDefined(kind) || !SpaceMapper.TryRead(wire.Epoch, out var epoch) || wire.Confidence is not (>= 0 and <= 1)) return null;
            if (wire.HasEpochSigmaS && !(wire.EpochSigmaS >= 0 && double.IsFinite(wire.EpochSigmaS))) return null;
            if (wire.ObjectTags.Count > ObjectsMax || wire.ObjectTags.Any(tag => tag.Length == 0 || !WireText.IsShort(tag, ObservationCodec.LongestTag)) || !WireText.IsShort(wire.Text, NoticeText.LongestText)) return null;
            return TryReadPosition(wire, out var position)
                ? new EventNotice(kind, epoch, wire.HasEpochSigmaS ? wire.EpochSigmaS : null, [.. wire.ObjectTags], position, wire.Confidence, NoticeText.OrNull(wire.Text))
                : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool TryReadPosition(V1.EventNotice wire, out EventPosition? position)
    {
        position = null;
        if (wire.PositionKm is null) return wire.Frame == Common.V1.Frame.Unspecified;
        if (!WireEnums.TryRead(wire.Frame, out var frame) || wire.PositionKm.FromWire() is var place && !(place.Norm <= FarthestKm)) return false;
        position = new EventPosition(frame, place);
        return true;
    }
}
