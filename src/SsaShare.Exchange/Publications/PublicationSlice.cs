using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>The released part of a publication, and the hashes that tie it to the signed root.</summary>
/// <param name="Document">The originator's signed publication.</param>
/// <param name="Records">Released records by ascending index, at least one.</param>
/// <param name="ProofHashes">Roots of the subtrees that hold only other records, left to right.</param>
/// <param name="TraceParent">W3C trace context of the publishing, or null.</param>
public sealed record PublicationSlice(SignedDocument Document, IReadOnlyList<PublishedRecord> Records, IReadOnlyList<Hash256> ProofHashes, string? TraceParent)
{
    /// <summary>Checks the originator's signature and that every record belongs under the signed root.</summary>
    /// <param name="originatorKey">Looks up the pinned key of a partner; null where none is pinned.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    /// <returns>The parsed publication, or null.</returns>
    public PublicationDocument? Verify(Func<Domain.PartnerId, VerificationKey?> originatorKey, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<PublicationDocument>(Document.Payload.Span, DocumentContexts.Publication, out var publication))
            fault = "The publication is not a well-formed document.";
        else if (originatorKey(publication.Originator) is not { } key)
            fault = $"No node card is pinned for originator '{publication.Originator}'.";
        else if (!Document.Verify(key, DocumentContexts.Publication))
            fault = $"The signature is not that of originator '{publication.Originator}'.";
        else if (publication.Size is < 1 or > PublicationDocument.SizeMax)
            fault = $"A publication of {publication.Size} records is outside 1 to {PublicationDocument.SizeMax}.";
        else if (!IndicesAscend(publication.Size))
            fault = "Record indices do not ascend within the publication.";
        else
        {
            var released = Records.Select(record => new LeafAt(record.Index, record.LeafHash)).ToArray();
            if (!new SubsetProof(publication.Size, ProofHashes).Verify(released, publication.Root))
                fault = "The records do not belong under the signed root.";
        }
        return fault.Length == 0 ? publication : null;
    }

    private bool IndicesAscend(int size)
    {
        int last = -1;
        foreach (var record in Records)
        {
            if (record.Index <= last || record.Index >= size) return false;
            last = record.Index;
        }
        return last >= 0;
    }
}
