using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.FusionService.Tests;

/// <summary>Records as they arrive; every partner owns a radar of the same name at the place of the real one.</summary>
internal static class Records
{
    public static PartnerId Atlantic { get; } = PartnerId.Parse("atlantic");
    public static PartnerId Caribbean { get; } = PartnerId.Parse("caribbean");
    public static PartnerId Pacific { get; } = PartnerId.Parse("pacific");
    public static PartnerId Service { get; } = PartnerId.Parse("fusion");

    public static AgreementId SomeAgreement { get; } = new(Hash256.Of("some agreement"u8));

    public static Sensor RadarOf(PartnerId owner) => Seeds.Radar with { Owner = owner };

    public static SealedRecord Description(Sensor sensor, double publishedSeconds = 0, DataMode mode = DataMode.Real)
        => RecordFactory.Seal(sensor, Label(mode), TestTime.Epoch.PlusSeconds(publishedSeconds));

    public static SealedRecord Observed(Observation observation, PartnerId originator, DataMode mode = DataMode.Real)
        => RecordFactory.Seal(observation, originator, Label(mode));

    public static ArrivedRecord Arrives(this SealedRecord record, long arrival, AgreementId? agreement = null)
        => new(arrival, record, record.Facts.Originator, agreement ?? SomeAgreement, TestTime.Epoch, null);

    public static IEnumerable<ArrivedRecord> PassOf(PartnerId originator, int pass, long arrival, AgreementId? agreement = null)
        => Seeds.Passes[pass].Select(one => Observed(one, originator).Arrives(arrival, agreement));

    private static SealedLabel Label(DataMode mode) => LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, mode, null, OriginatorControlled: false));
}
