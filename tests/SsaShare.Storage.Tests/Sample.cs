using System.Buffers.Binary;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

/// <summary>Records and publications of invented partners. Payloads are opaque to storage: here a number and some filling.</summary>
internal static class Sample
{
    public static readonly PartnerId Atlantic = PartnerId.Parse("atlantic"), Pacific = PartnerId.Parse("pacific");
    public static readonly SigningKey Key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    public static readonly Epoch Now = Utc.FromDateTime(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    public static readonly Epoch Epoch1996 = Utc.FromDateTime(new DateTimeOffset(1996, 12, 15, 0, 0, 0, TimeSpan.Zero));
    public static readonly SealedLabel Label = NewLabel(null);

    private static long _next;

    public static SealedLabel NewLabel(string[]? releasableTo)
        => new(Encoding.UTF8.GetBytes($"label {string.Join(',', releasableTo ?? ["all"])}"),
            new Label(HandlingLevel.PartnersOnly, DataMode.Real, releasableTo is null ? null : [.. releasableTo], OriginatorControlled: false));

    /// <summary>A record that no other call gives.</summary>
    public static SealedRecord Record(PartnerId? originator = null, Epoch? epoch = null, SealedLabel? label = null, RecordClass recordClass = RecordClass.Observation, string tag = "5398", ObjectTags? objects = null)
    {
        byte[] payload = new byte[64];
        BinaryPrimitives.WriteInt64BigEndian(payload, Interlocked.Increment(ref _next));
        label ??= Label;
        return SealedRecord.Seal(payload, label, new RecordFacts(recordClass, originator ?? Atlantic, SensorId.Parse("ascension-354"), objects ?? tag,
            OrbitalRegime.Meo, epoch ?? Epoch1996.PlusSeconds(_next), label.Parsed));
    }

    public static SealedRecord[] Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Record())];

    public static Publication Publish(params IReadOnlyList<SealedRecord> records)
        => Publication.Create(records[0].Facts.Originator, records, Key, Now, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}
