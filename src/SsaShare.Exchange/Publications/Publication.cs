using System.Security.Cryptography;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>One record at its place in a publication, with the salt of its leaf.</summary>
/// <param name="Index">Place in the publication, from 0: that of the original, where the record is degraded.</param>
/// <param name="Salt">Of the record's own leaf, 16 bytes.</param>
/// <param name="Record">As published, or degraded.</param>
/// <param name="Degraded">Of which original it was made; null when it is as published.</param>
/// <param name="Terms">What it brings along of the agreements that it came through; null when its originator gives it.</param>
public sealed record PublishedRecord(int Index, ReadOnlyMemory<byte> Salt, SealedRecord Record, DegradedFrom? Degraded = null, SealedTerms? Terms = null)
{
    /// <summary>A boxed <see cref="Hash256"/>; null until it is asked for. Who asks at the same time computes the same.</summary>
    private object? _leafHash;

    /// <summary>A copy may be given another salt or record.</summary>
    private PublishedRecord(PublishedRecord other) => (Index, Salt, Record, Degraded, Terms) = (other.Index, other.Salt, other.Record, other.Degraded, other.Terms);

    /// <summary>The record's own leaf.</summary>
    public Hash256 LeafHash => (Hash256)(_leafHash ??= PublicationLeaf.Hash(Salt.Span, Record.Id, Record.Label.Hash));

    /// <summary>What manifests and receipts count: the leaf, bound to the terms that the record carries.</summary>
    public Hash256 ItemHash => Terms is null ? LeafHash : PublicationLeaf.Bind(LeafHash, Terms.Hash);

    /// <summary>The leaf under the originator's root: of a degraded record, the original's.</summary>
    public Hash256 LeafInPublication => Degraded?.OriginalLeaf ?? LeafHash;

    public bool Equals(PublishedRecord? other)
        => other is not null && Index == other.Index && Salt.Equals(other.Salt) && Record == other.Record && Degraded == other.Degraded && Terms == other.Terms;

    public override int GetHashCode() => HashCode.Combine(Index, Record);
}

/// <summary>A whole publication as its originator makes it.</summary>
/// <param name="Document">Signed <see cref="PublicationDocument"/>.</param>
/// <param name="Records">All of it, by index.</param>
/// <param name="TraceParent">W3C trace context of the publishing, or null.</param>
public sealed record Publication(SignedDocument Document, IReadOnlyList<PublishedRecord> Records, string? TraceParent)
{
    /// <summary>Salts, hashes and signs a batch.</summary>
    /// <param name="records">1 to 1,000 records of one priority, no id twice.</param>
    /// <exception cref="ArgumentException">Too few or too many records, or of different priorities.</exception>
    public static Publication Create(PartnerId originator, IReadOnlyList<SealedRecord> records, SigningKey key, Epoch now, string? traceParent)
    {
        if (records.Count is 0 or > PublicationDocument.SizeMax)
            throw new ArgumentException($"Expected 1 to {PublicationDocument.SizeMax} records, got {records.Count}.", nameof(records));
        var priority = FeedPriorities.Of(records[0].Facts.Class);
        if (records.Any(record => FeedPriorities.Of(record.Facts.Class) != priority)) throw new ArgumentException("Urgent records go in publications of their own.", nameof(records));

        byte[] salts = RandomNumberGenerator.GetBytes(records.Count * PublicationLeaf.SaltSize);
        var published = new PublishedRecord[records.Count];
        var leaves = new Hash256[records.Count];
        for (int i = 0; i < records.Count; i++)
        {
            published[i] = new PublishedRecord(i, salts.AsMemory(i * PublicationLeaf.SaltSize, PublicationLeaf.SaltSize), records[i]);
            leaves[i] = published[i].LeafHash;
        }
        var document = new PublicationDocument(DocumentContexts.Publication.Text, originator, records.Count, MerkleTree.Root(leaves), now, priority);
        return new Publication(SignedDocument.Sign(key, DocumentContexts.Publication, DocumentJson.Write(document)), published, traceParent);
    }
}
