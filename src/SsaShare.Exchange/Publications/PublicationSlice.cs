using SsaShare.Agreements;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>The released part of a publication in one form, and the hashes that tie it to the signed root.</summary>
/// <param name="Document">The originator's signed publication.</param>
/// <param name="Records">Released records by ascending index, at least one.</param>
/// <param name="ProofHashes">Roots of the subtrees that hold only other records, left to right.</param>
/// <param name="TraceParent">W3C trace context of the publishing, or null.</param>
/// <param name="Degraded">Who degraded the records; null when they are as published.</param>
public sealed record PublicationSlice(SignedDocument Document, IReadOnlyList<PublishedRecord> Records, IReadOnlyList<Hash256> ProofHashes, string? TraceParent, DegradedPart? Degraded = null)
{
    /// <summary>At the provider: the clause by which each record goes out, in the order of the records. Nothing of it is sent.</summary>
    public IReadOnlyList<ClauseId> Clauses { get; init; } = [];

    /// <summary>The form that its records say they are in.</summary>
    public ReleaseForm Form => Records is [var first, ..] ? first.Record.Facts.Form : ReleaseForm.Full;

    /// <summary>Checks the originator's signature and that every record belongs under the signed root; of degraded records, that their provider signed them too.</summary>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    /// <returns>What the slice says, or null.</returns>
    public ReceivedSlice? Verify(IKeyBook keys, out string fault)
    {
        if (VerifyPublication(keys, out fault) is not { } publication) return null;
        if (Degraded is null)
        {
            if (Records.FirstOrDefault(record => record.Degraded is not null || record.Record.Mark is not null || !record.Record.Facts.Form.IsFull) is not { } marked)
                return new ReceivedSlice(this, publication, null);
            fault = $"Record {marked.Index} says that it was degraded, and nobody has signed for that.";
            return null;
        }
        return Degraded.Verify(this, publication, keys, out fault) is { } degraded ? new ReceivedSlice(this, publication, degraded) : null;
    }

    private PublicationDocument? VerifyPublication(IKeyBook keys, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<PublicationDocument>(Document.Payload.Span, DocumentContexts.Publication, out var publication))
            fault = "The publication is not a well-formed document.";
        else if (!keys.Knows(publication.Originator))
            fault = $"No node card is pinned for originator '{publication.Originator}'.";
        else if (!keys.Verify(publication.Originator, Document, DocumentContexts.Publication, publication.Published))
            fault = $"The signature is not that of originator '{publication.Originator}'.";
        else if (publication.Size is < 1 or > PublicationDocument.SizeMax)
            fault = $"A publication of {publication.Size} records is outside 1 to {PublicationDocument.SizeMax}.";
        else if (Records.FirstOrDefault(record => FeedPriorities.Of(record.Record.Facts.Class) != publication.Priority) is { } stray)
            fault = $"Record {stray.Index} is of class {stray.Record.Facts.Class}, which a publication of priority {publication.Priority} does not hold.";
        else if (!IndicesAscend(publication.Size))
            fault = "Record indices do not ascend within the publication.";
        else
        {
            var released = Records.Select(record => new LeafAt(record.Index, record.LeafInPublication)).ToArray();
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

/// <summary>A verified slice with what it says.</summary>
/// <param name="Slice">As received.</param>
/// <param name="Publication">The originator's statement.</param>
/// <param name="Degraded">The provider's statement; null when the records are as published.</param>
public sealed record ReceivedSlice(PublicationSlice Slice, PublicationDocument Publication, DegradedDocument? Degraded)
{
    public ReleaseForm Form => Degraded is null ? ReleaseForm.Full : ReleaseForm.Degraded(Degraded.Profile);

    /// <summary>By which each record was taken, in the slice's order: they say how long it may be kept. Empty where nothing was decided.</summary>
    public IReadOnlyList<ReleaseDecision> Decisions { get; init; } = [];
}
