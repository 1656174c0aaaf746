using SsaShare.Agreements;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What ties the degraded records of a slice to the provider that degraded them.</summary>
/// <param name="Document">The provider's signed <see cref="DegradedDocument"/>.</param>
/// <param name="ProofHashes">Roots of the subtrees that hold only degraded records that are not in the slice, left to right; none when all are.</param>
public sealed record DegradedPart(SignedDocument Document, IReadOnlyList<Hash256> ProofHashes)
{
    /// <summary>Checks the provider's signature, that every record is under its root, and that every payload says of itself what the document says of it.</summary>
    /// <param name="slice">The slice that this part belongs to.</param>
    /// <param name="publication">The slice's publication, verified.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    internal DegradedDocument? Verify(PublicationSlice slice, PublicationDocument publication, IKeyBook keys, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<DegradedDocument>(Document.Payload.Span, DocumentContexts.Degraded, out var document))
            fault = "The statement of degradation is not a well-formed document.";
        // The statement has no date: it is the same at every pull, so that nobody learns from it when another asked.
        else if (keys.UndatedKey(document.Provider, Document.KeyId) is not { } key || !Document.Verify(key, DocumentContexts.Degraded))
            fault = $"The signature under the statement of degradation is not that of '{document.Provider}'.";
        else if (document.Provider != publication.Originator)
            fault = $"The records were degraded by '{document.Provider}'; whoever passes records on gives them as it has them.";
        else if (document.Publication != slice.Document.Id || document.Originator != publication.Originator)
            fault = "The statement of degradation is about another publication.";
        else if (document.Size is < 1 or > PublicationDocument.SizeMax)
            fault = $"A statement about {document.Size} degraded records is outside 1 to {PublicationDocument.SizeMax}.";
        else if (slice.Records.FirstOrDefault(record => !IsMarked(record, document)) is { } other)
            fault = $"Record {other.Index} does not say of itself that it was degraded so.";
        else if (!AreUnderRoot(slice, document))
            fault = "The degraded records do not belong under the root that their provider signed.";
        return fault.Length == 0 ? document : null;
    }

    private static bool IsMarked(PublishedRecord record, DegradedDocument document)
        => record.Degraded is { } degraded && record.Record.Mark is { } mark && record.Record.Facts.Form == ReleaseForm.Degraded(document.Profile)
            && (mark.Profile, mark.DegradedBy, mark.Agreement, mark.Original) == (document.Profile, document.Provider, document.Agreement, degraded.OriginalLeaf);

    private bool AreUnderRoot(PublicationSlice slice, DegradedDocument document)
    {
        var leaves = slice.Records.Select(record => new LeafAt(record.Degraded!.Index, record.LeafHash)).ToArray();
        return new SubsetProof(document.Size, ProofHashes).Verify(leaves, document.Root);
    }
}

/// <summary>Which original a degraded record was made of, and its own place.</summary>
/// <param name="OriginalLeaf">The original's leaf hash in its publication. Salted: it tells nothing of what was taken away.</param>
/// <param name="Index">Place in the tree of the <see cref="DegradedDocument"/>, from 0.</param>
public sealed record DegradedFrom(Hash256 OriginalLeaf, int Index);
