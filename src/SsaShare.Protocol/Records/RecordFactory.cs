using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Protocol;

/// <summary>Makes records of domain values, and opens records that came as bytes.</summary>
public static class RecordFactory
{
    public static SealedRecord Seal(Domain.Observation observation, PartnerId originator, SealedLabel label, DegradationMark? mark = null)
        => Seal(ObservationCodec.Encode(observation, mark), label, Facts(observation, originator, label.Parsed), mark);

    public static SealedRecord Seal(OrbitState orbit, PartnerId originator, SealedLabel label, DegradationMark? mark = null)
        => Seal(OrbitStateCodec.Encode(orbit, mark), label, Facts(orbit, originator, label.Parsed), mark);

    public static SealedRecord Seal(ElementSet elements, PartnerId originator, SealedLabel label, DegradationMark? mark = null)
        => Seal(ElementSetCodec.Encode(elements, mark), label, Facts(elements, originator, label.Parsed), mark);

    public static SealedRecord Seal(ConjunctionMessage message, PartnerId originator, SealedLabel label)
        => SealedRecord.Seal(ConjunctionCodec.Encode(message), label, Facts(message, originator, label.Parsed));

    public static SealedRecord Seal(ManeuverNotice notice, PartnerId originator, SealedLabel label)
        => SealedRecord.Seal(ManeuverCodec.Encode(notice), label, Facts(notice, originator, label.Parsed));

    public static SealedRecord Seal(EventNotice notice, PartnerId originator, SealedLabel label)
        => SealedRecord.Seal(EventCodec.Encode(notice), label, Facts(notice, originator, label.Parsed));

    /// <param name="now">The sensor's description holds from then; it is the record's epoch.</param>
    public static SealedRecord Seal(Sensor sensor, SealedLabel label, Epoch now)
        => SealedRecord.Seal(SensorCodec.Encode(sensor), label, Facts(sensor, label.Parsed, now));

    /// <summary>Reads what an agreement may ask about a record out of its bytes, and whether it is degraded.</summary>
    /// <param name="published">Epoch of records whose payload has none.</param>
    /// <returns>Null when the payload is not of its class, or the class is not exchanged yet.</returns>
    public static SealedRecord? TryOpen(RecordClass recordClass, ReadOnlyMemory<byte> payload, SealedLabel label, PartnerId originator, Epoch published)
    {
        if (payload.Length > SealedRecord.LongestPayloadBytes) return null;
        DegradationMark? mark = null;
        RecordFacts? facts = recordClass switch
        {
            RecordClass.Observation => ObservationCodec.TryDecode(payload.Span, out mark) is { } observation ? Facts(observation, originator, label.Parsed) : null,
            RecordClass.OrbitState => OrbitStateCodec.TryDecode(payload.Span, out mark) is { } orbit ? Facts(orbit, originator, label.Parsed) : null,
            RecordClass.ElementSet => ElementSetCodec.TryDecode(payload.Span, out mark) is { } elements ? Facts(elements, originator, label.Parsed) : null,
            RecordClass.ConjunctionMessage => ConjunctionCodec.TryDecode(payload.Span) is { } message ? Facts(message, originator, label.Parsed) : null,
            RecordClass.ManeuverNotice => ManeuverCodec.TryDecode(payload.Span) is { } maneuver ? Facts(maneuver, originator, label.Parsed) : null,
            RecordClass.EventNotice => EventCodec.TryDecode(payload.Span) is { } notice ? Facts(notice, originator, label.Parsed) : null,
            RecordClass.Sensor => SensorCodec.TryDecode(payload.Span, originator) is { } sensor ? Facts(sensor, label.Parsed, published) : null,
            _ => null,
        };
        return facts is { } known ? Seal(payload, label, known, mark) : null;
    }

    private static SealedRecord Seal(ReadOnlyMemory<byte> payload, SealedLabel label, RecordFacts facts, DegradationMark? mark)
    {
        if (mark is null) return SealedRecord.Seal(payload, label, facts);
        var stated = facts with { Form = ReleaseForm.Degraded(mark.Profile), TagRemoved = mark.Removed.Contains(RemovedField.ObjectTag), DegradedUnder = mark.Agreement };
        return SealedRecord.Seal(payload, label, stated) with { Mark = mark };
    }

    private static RecordFacts Facts(Domain.Observation observation, PartnerId originator, Label label)
        => new(RecordClass.Observation, originator, observation.Sensor, observation.ObjectTag, OrbitalRegime.Unspecified, observation.Epoch, label);

    private static RecordFacts Facts(OrbitState orbit, PartnerId originator, Label label)
        => new(RecordClass.OrbitState, originator, null, orbit.ObjectTag, RecordRegimes.Of(orbit.State), orbit.State.Epoch, label);

    private static RecordFacts Facts(ElementSet elements, PartnerId originator, Label label)
        => new(RecordClass.ElementSet, originator, null, elements.ObjectTag, RecordRegimes.Of(elements), elements.Epoch, label);

    /// <summary>
    /// A message about two objects: an agreement that names objects is asked about both. Its regime is that of both, if they share it.
    /// </summary>
    private static RecordFacts Facts(ConjunctionMessage message, PartnerId originator, Label label)
    {
        OrbitalRegime first = RecordRegimes.Of(message.First.State), second = RecordRegimes.Of(message.Second.State);
        return new(RecordClass.ConjunctionMessage, originator, null, RecordObjects.Of(message), first == second ? first : OrbitalRegime.Unspecified, message.Approach.Time, label);
    }

    private static RecordFacts Facts(ManeuverNotice notice, PartnerId originator, Label label)
        => new(RecordClass.ManeuverNotice, originator, null, notice.ObjectTag, OrbitalRegime.Unspecified, notice.Start, label);

    private static RecordFacts Facts(EventNotice notice, PartnerId originator, Label label)
        => new(RecordClass.EventNotice, originator, null, RecordObjects.Of(notice), OrbitalRegime.Unspecified, notice.Epoch, label);

    private static RecordFacts Facts(Sensor sensor, Label label, Epoch epoch)
        => new(RecordClass.Sensor, sensor.Owner, sensor.Id, null, OrbitalRegime.Unspecified, epoch, label);
}
