using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Publications and slices to rows, and back.</summary>
internal static class PublicationRows
{
    public static PublicationRow Own(long key, long arrival, long feedPosition, Publication publication)
        => Row(key, arrival, feedPosition, publication.Document, publication.Records, (short)publication.Records.Count, [], publication.TraceParent, knownCount: 0, null, null);

    /// <param name="key">What the records refer to.</param>
    /// <param name="arrival">Number among everything stored here.</param>
    /// <param name="slice">As received.</param>
    /// <param name="size">Records in the whole publication.</param>
    /// <param name="knownCount">Records of the slice that were here already.</param>
    /// <param name="provider">From whom.</param>
    /// <param name="agreement">Under which agreement.</param>
    public static PublicationRow Received(long key, long arrival, PublicationSlice slice, int size, int knownCount, PartnerId provider, AgreementId agreement)
        => Row(key, arrival, null, slice.Document, slice.Records, (short)size, slice.ProofHashes, slice.TraceParent, (short)knownCount, provider, agreement);

    public static SignedDocument Document(this PublicationRow row) => new(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature);

    private static PublicationRow Row(long key, long arrival, long? feedPosition, SignedDocument document, IReadOnlyList<PublishedRecord> records, short size,
        IReadOnlyList<Hash256> proof, string? traceParent, short knownCount, PartnerId? provider, AgreementId? agreement) => new()
        {
            Key = key,
            Arrival = arrival,
            FeedPosition = feedPosition,
            Id = document.Id.ToArray(),
            Document = document.Payload.ToArray(),
            KeyId = document.KeyId.Value.ToArray(),
            Signature = document.Signature.ToArray(),
            Originator = records[0].Record.Facts.Originator.Value,
            Size = size,
            RecordCount = (short)records.Count,
            KnownCount = knownCount,
            Proof = [.. proof.SelectMany(hash => hash.ToArray())],
            Classes = [.. records.Select(record => (short)record.Record.Facts.Class).Distinct().Order()],
            EpochMinNs = records.Min(record => record.Record.Facts.Epoch).NanosecondsSinceJ2000,
            EpochMaxNs = records.Max(record => record.Record.Facts.Epoch).NanosecondsSinceJ2000,
            TraceParent = traceParent,
            Provider = provider?.Value,
            Agreement = agreement?.Value.ToArray(),
        };
}
