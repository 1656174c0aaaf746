using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Conjunction.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class conjunction message.</summary>
public static class ConjunctionCodec
{
    /// <summary>Farthest apart two objects can be, km, and fastest past each other, km/s.</summary>
    private const double FarthestKm = 1_300_000, FastestKmPerS = 220;

    public static byte[] Encode(ConjunctionMessage message)
    {
        var wire = new V1.ConjunctionMessage
        {
            MessageId = message.MessageId,
            Maker = message.Maker,
            MadeFor = message.MadeFor ?? "",
            Created = message.Created.ToWire(),
            TimeOfClosestApproach = message.Approach.Time.ToWire(),
            MissDistanceKm = message.Approach.MissDistanceKm,
            RelativePositionRtnKm = message.Approach.RelativePositionRtnKm?.ToWire(),
            RelativeVelocityRtnKmPerS = message.Approach.RelativeVelocityRtnKmPerS?.ToWire(),
            Screening = message.Screening is { } screening ? ToWire(screening) : null,
            CollisionProbabilityMethod = message.Probability?.Method ?? "",
            First = ConjunctionObjectMapper.ToWire(message.First),
            Second = ConjunctionObjectMapper.ToWire(message.Second),
        };
        if (message.Approach.RelativeSpeedKmPerS is { } speed) wire.RelativeSpeedKmPerS = speed;
        if (message.Probability is { } probability) wire.CollisionProbability = probability.Value;
        wire.Comments.AddRange(message.Comments);
        return wire.ToByteArray();
    }

    /// <returns>Null when the bytes are not a message of two objects with states, covariances and a time and distance of closest approach, or a text or figure in it is none that can be.</returns>
    public static ConjunctionMessage? TryDecode(ReadOnlySpan<byte> payload)
    {
        try
        {
            var wire = V1.ConjunctionMessage.Parser.ParseFrom(payload);
            if (!NoticeText.AreWords(wire.MessageId, wire.Maker) || !NoticeText.AreShort(wire.MadeFor, wire.CollisionProbabilityMethod) || !NoticeText.AreComments(wire.Comments)) return null;
            if (!SpaceMapper.TryRead(wire.Created, out var created) || TryReadApproach(wire) is not { } approach) return null;
            if (!TryReadProbability(wire, out var probability) || !TryRead(wire.Screening, out var screening)) return null;
            return ConjunctionObjectMapper.TryRead(wire.First, approach.Time) is { } first && ConjunctionObjectMapper.TryRead(wire.Second, approach.Time) is { } second
                ? new ConjunctionMessage(wire.MessageId, wire.Maker, NoticeText.OrNull(wire.MadeFor), created, approach, screening, probability, first, second, [.. wire.Comments])
                : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static ClosestApproach? TryReadApproach(V1.ConjunctionMessage wire)
    {
        if (!SpaceMapper.TryRead(wire.TimeOfClosestApproach, out var time) || wire.MissDistanceKm is not (>= 0 and <= FarthestKm)) return null;
        if (wire.HasRelativeSpeedKmPerS && wire.RelativeSpeedKmPerS is not (>= 0 and <= FastestKmPerS)) return null;
        Vector3d? position = wire.RelativePositionRtnKm?.FromWire(), velocity = wire.RelativeVelocityRtnKmPerS?.FromWire();
        return position is { IsFinite: false } || velocity is { IsFinite: false } ? null
            : new ClosestApproach(time, wire.MissDistanceKm, wire.HasRelativeSpeedKmPerS ? wire.RelativeSpeedKmPerS : null, position, velocity);
    }

    private static bool TryReadProbability(V1.ConjunctionMessage wire, out CollisionProbability? probability)
    {
        probability = null;
        if (!wire.HasCollisionProbability) return wire.CollisionProbabilityMethod.Length == 0;
        if (wire.CollisionProbability is not (>= 0 and <= 1)) return false;
        probability = new CollisionProbability(wire.CollisionProbability, NoticeText.OrNull(wire.CollisionProbabilityMethod));
        return true;
    }

    private static V1.Screening ToWire(ConjunctionScreening screening) => new()
    {
        Start = screening.Start?.ToWire(),
        Stop = screening.Stop?.ToWire(),
        Axes = screening.Axes ?? "",
        Shape = screening.Shape ?? "",
        SizeKm = screening.SizeKm?.ToWire(),
        Entry = screening.Entry?.ToWire(),
        Exit = screening.Exit?.ToWire(),
    };

    private static bool TryRead(V1.Screening? wire, out ConjunctionScreening? screening)
    {
        screening = null;
        if (wire is null) return true;
        Vector3d? size = wire.SizeKm?.FromWire();
        if (size is { IsFinite: false } || !NoticeText.AreShort(wire.Axes, wire.Shape)) return false;
        if (!NoticeText.TryRead(wire.Start, out var start) || !NoticeText.TryRead(wire.Stop, out var stop) || !NoticeText.TryRead(wire.Entry, out var entry) || !NoticeText.TryRead(wire.Exit, out var exit)) return false;
        screening = new ConjunctionScreening(start, stop, NoticeText.OrNull(wire.Axes), NoticeText.OrNull(wire.Shape), size, entry, exit);
        return true;
    }
}
