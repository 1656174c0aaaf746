using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Protocol;

/// <summary>Makes records of domain values, and opens records that came as bytes.</summary>
public static class RecordFactory
{
    public static SealedRecord Seal(Domain.Observation observation, PartnerId originator, SealedLabel label)
        => SealedRecord.Seal(ObservationCodec.Encode(observation), label, Facts(observation, originator, label.Parsed));

    /// <param name="now">The sensor's description holds from then; it is the record's epoch.</param>
    public static SealedRecord Seal(Sensor sensor, SealedLabel label, Epoch now)
        => SealedRecord.Seal(SensorCodec.Encode(sensor), label, Facts(sensor, label.Parsed, now));

    /// <summary>Reads what an agreement may ask about a record out of its bytes.</summary>
    /// <param name="published">Epoch of records whose payload has none.</param>
    /// <returns>Null when the payload is not of its class, or the class is not exchanged yet.</returns>
    public static SealedRecord? TryOpen(RecordClass recordClass, ReadOnlyMemory<byte> payload, SealedLabel label, PartnerId originator, Epoch published)
    {
        if (payload.Length > SealedRecord.LongestPayloadBytes) return null;
        RecordFacts? facts = recordClass switch
        {
            RecordClass.Observation => ObservationCodec.TryDecode(payload.Span) is { } observation ? Facts(observation, originator, label.Parsed) : null,
            RecordClass.Sensor => SensorCodec.TryDecode(payload.Span, originator) is { } sensor ? Facts(sensor, label.Parsed, published) : null,
            _ => null,
        };
        return facts is { } known ? SealedRecord.Seal(payload, label, known) : null;
    }

    private static RecordFacts Facts(Domain.Observation observation, PartnerId originator, Label label)
        => new(RecordClass.Observation, originator, observation.Sensor, observation.ObjectTag, OrbitalRegime.Unspecified, observation.Epoch, label);

    private static RecordFacts Facts(Sensor sensor, Label label, Epoch epoch)
        => new(RecordClass.Sensor, sensor.Owner, sensor.Id, null, OrbitalRegime.Unspecified, epoch, label);
}
