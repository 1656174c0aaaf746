using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;

namespace SsaShare.Peering.Tests;

/// <summary>Invented observations, no two alike.</summary>
internal static class Sample
{
    public static readonly SensorId Sensor = SensorId.Parse("RADAR-1");
    private static int _next;

    public static SealedRecord Record(PartnerId originator, string? tag = "5398", DataMode mode = DataMode.Real)
        => RecordFactory.Seal(new Observation(Sensor, Epoch.J2000, 1_000 + Interlocked.Increment(ref _next), 1, 0.5, null, tag), originator,
            LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, mode, null, OriginatorControlled: false)));

    public static SealedRecord[] Records(Party originator, int count, DataMode mode = DataMode.Real)
        => [.. Enumerable.Range(0, count).Select(_ => Record(originator.Partner, mode: mode))];

    public static Publication Publish(Party originator, TimeProvider time, params IReadOnlyList<SealedRecord> records)
        => Publication.Create(originator.Partner, records, originator.Identity.SigningKey, Utc.FromDateTime(time.GetUtcNow()), null);
}
