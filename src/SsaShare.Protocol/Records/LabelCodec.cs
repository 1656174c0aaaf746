using System.Collections.Immutable;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>Labels to the bytes that travel, and back.</summary>
public static class LabelCodec
{
    private static readonly MessageParser<V1.Label> Parser = V1.Label.Parser.WithDiscardUnknownFields(true);

    public static SealedLabel Seal(Label label) => new(ToWire(label).ToByteArray(), label);

    public static V1.Label ToWire(Label label)
    {
        var wire = new V1.Label
        {
            HandlingLevel = WireEnums.Write(label.Level),
            DataMode = WireEnums.Write(label.Mode),
            OriginatorControlled = label.OriginatorControlled,
            ReleasableToListedOnly = label.ReleasableTo is not null,
        };
        if (label.ReleasableTo is not null) wire.ReleasableTo.AddRange(label.ReleasableTo);
        return wire;
    }

    /// <returns>Null when the bytes are not a label, a field or a value is unknown, or a releasable-to name is not a partner id.</returns>
    public static SealedLabel? TryOpen(ByteString bytes)
    {
        if (bytes.Length > SealedLabel.LongestBytes) return null;
        try
        {
            var wire = Parser.ParseFrom(bytes);
            // A field that this version does not know may be a caveat: what is not understood is not taken.
            return wire.CalculateSize() == bytes.Length && TryRead(wire) is { } label ? new SealedLabel(bytes.Memory, label) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <returns>Null when a value is unknown or a releasable-to name is not a partner id.</returns>
    public static Label? TryRead(V1.Label? wire)
    {
        if (wire is null || !WireEnums.TryRead(wire.HandlingLevel, out var level) || !WireEnums.TryRead(wire.DataMode, out var mode)) return null;
        if (!wire.ReleasableTo.All(name => PartnerId.TryParse(name, out _))) return null;
        if (!wire.ReleasableToListedOnly && wire.ReleasableTo.Count > 0) return null;
        var releasable = wire.ReleasableToListedOnly ? wire.ReleasableTo.ToImmutableSortedSet(StringComparer.Ordinal) : null;
        return new Label(level, mode, releasable, wire.OriginatorControlled);
    }
}
