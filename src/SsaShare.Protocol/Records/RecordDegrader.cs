using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Protocol;

/// <summary>Degrades observations, orbit states and element sets; other classes have nothing that a profile could hide and are not given.</summary>
/// <param name="key">This provider's own.</param>
public sealed class RecordDegrader(DegradationKey key) : IRecordDegrader
{
    public SealedRecord? Degrade(PublishedRecord original, DegradationProfile profile, AgreementId agreement, PartnerId provider, PartnerId recipient)
    {
        var degraded = Blur(original, profile, agreement, provider, recipient);
        // Noise may have led where no record can be, such as beyond the Moon: a recipient would refuse the whole answer.
        return degraded is not null && RecordFactory.TryOpen(degraded.Facts.Class, degraded.Payload, degraded.Label, degraded.Facts.Originator, degraded.Facts.Epoch) is not null ? degraded : null;
    }

    private SealedRecord? Blur(PublishedRecord original, DegradationProfile profile, AgreementId agreement, PartnerId provider, PartnerId recipient)
    {
        var record = original.Record;
        var noise = key.NoiseOf(MeasuredItem.Of(record.Facts, record.Payload.Span), recipient);
        DegradationMark Mark(AddedSigma added) => new(profile.Id, provider, agreement, original.LeafHash, added, profile.Remove);

        switch (record.Facts.Class)
        {
            case RecordClass.Observation:
                return ObservationCodec.TryDecode(record.Payload.Span) is { } observation && ObservationDegradation.Apply(observation, profile, noise) is var (seen, seenAdded)
                    ? RecordFactory.Seal(seen, record.Facts.Originator, record.Label, Mark(seenAdded))
                    : null;
            case RecordClass.OrbitState:
                return OrbitStateCodec.TryDecode(record.Payload.Span, out var stateMark) is { } orbit && stateMark is null && StateDegradation.Apply(orbit, profile, noise) is var (state, stateAdded)
                    ? RecordFactory.Seal(state, record.Facts.Originator, record.Label, Mark(stateAdded))
                    : null;
            case RecordClass.ElementSet:
                return ElementSetCodec.TryDecode(record.Payload.Span, out var setMark) is { } set && setMark is null && ElementDegradation.Apply(set, profile, noise) is var (elements, setAdded)
                    ? RecordFactory.Seal(elements, record.Facts.Originator, record.Label, Mark(setAdded))
                    : null;
            default:
                return null;
        }
    }
}
