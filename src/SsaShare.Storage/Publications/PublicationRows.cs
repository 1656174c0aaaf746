using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Publications and slices to rows, and back.</summary>
internal static class PublicationRows
{
    public static PublicationRow Own(long key, long arrival, long feedPosition, Publication publication)
        => Row(key, arrival, feedPosition, new PublicationSlice(publication.Document, publication.Records, [], publication.TraceParent), (short)publication.Records.Count, knownCount: 0, null, null, null);

    /// <param name="key">What the records refer to.</param>
    /// <param name="arrival">Number among everything stored here.</param>
    /// <param name="received">As received.</param>
    /// <param name="knownCount">Records of the slice that were here already.</param>
    /// <param name="provider">From whom.</param>
    /// <param name="agreement">Under which agreement.</param>
    /// <param name="at">When.</param>
    public static PublicationRow Received(long key, long arrival, ReceivedSlice received, int knownCount, PartnerId provider, AgreementId agreement, Epoch at)
        => Row(key, arrival, null, received.Slice, (short)received.Publication.Size, (short)knownCount, provider, agreement, received.Degraded, at);

    /// <summary>The slice as it was received.</summary>
    /// <param name="records">All of its records.</param>
    public static PublicationSlice Slice(this PublicationRow row, IReadOnlyList<PublishedRecord> records)
        => new(row.Document(), records, Hashes(row.Proof), row.TraceParent, row.DegradedDocument is null ? null
            : new DegradedPart(new SignedDocument(row.DegradedDocument, new KeyId(new Hash256(row.DegradedKeyId!)), row.DegradedSignature!), Hashes(row.DegradedProof!)));

    /// <summary>When its originator published it.</summary>
    public static Epoch Published(this PublicationRow row)
        => DocumentJson.TryRead<PublicationDocument>(row.Document, DocumentContexts.Publication, out var document) ? document.Published
            : throw new InvalidDataException($"The document of publication {new Hash256(row.Id)} is not one.");

    /// <summary>The form in which its records came.</summary>
    public static ReleaseForm Form(this PublicationRow row)
        => row.Profile is null ? ReleaseForm.Full : ProfileId.TryParse(row.Profile, out var id) ? ReleaseForm.Degraded(id) : throw new InvalidDataException($"'{row.Profile}' is no profile.");

    public static SignedDocument Document(this PublicationRow row) => new(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature);

    private static PublicationRow Row(long key, long arrival, long? feedPosition, PublicationSlice slice, short size, short knownCount, PartnerId? provider, AgreementId? agreement,
        DegradedDocument? degraded, Epoch? receivedAt = null) => new()
        {
            Key = key,
            Arrival = arrival,
            FeedPosition = feedPosition,
            Id = slice.Document.Id.ToArray(),
            Document = slice.Document.Payload.ToArray(),
            KeyId = slice.Document.KeyId.Value.ToArray(),
            Signature = slice.Document.Signature.ToArray(),
            Originator = slice.Records[0].Record.Facts.Originator.Value,
            Size = size,
            RecordCount = (short)slice.Records.Count,
            KnownCount = knownCount,
            Proof = Bytes(slice.ProofHashes),
            Classes = [.. slice.Records.Select(record => (short)record.Record.Facts.Class).Distinct().Order()],
            EpochMinNs = slice.Records.Min(record => record.Record.Facts.Epoch).NanosecondsSinceJ2000,
            EpochMaxNs = slice.Records.Max(record => record.Record.Facts.Epoch).NanosecondsSinceJ2000,
            Urgent = FeedPriorities.Of(slice.Records[0].Record.Facts.Class) == FeedPriority.Urgent,
            TraceParent = slice.TraceParent,
            Provider = provider?.Value,
            Agreement = agreement?.Value.ToArray(),
            ReceivedNs = receivedAt?.NanosecondsSinceJ2000,
            Profile = degraded?.Profile.Value,
            DegradedUnder = degraded?.Agreement.Value.ToArray(),
            DegradedDocument = slice.Degraded?.Document.Payload.ToArray(),
            DegradedKeyId = slice.Degraded?.Document.KeyId.Value.ToArray(),
            DegradedSignature = slice.Degraded?.Document.Signature.ToArray(),
            DegradedProof = slice.Degraded is { } part ? Bytes(part.ProofHashes) : null,
        };

    private static Hash256[] Hashes(byte[] bytes) => [.. bytes.Chunk(Hash256.Size).Select(hash => new Hash256(hash))];

    private static byte[] Bytes(IReadOnlyList<Hash256> hashes) => [.. hashes.SelectMany(hash => hash.ToArray())];
}
