using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// What a manifest lists, item by item, and by which clause each was given: the body of log entries of kind "items-issued" (the provider's decisions)
/// and "items-received" (the receiver's own). The manifest signs only their root; with these both logs say who got which record under which clause.
/// </summary>
/// <param name="Manifest">SHA-256 of the manifest's payload, which the entry before logs.</param>
/// <param name="Slices">By publication and form, in the manifest's order.</param>
public sealed partial record ManifestItems(Hash256 Manifest, IReadOnlyList<ItemSlice> Slices)
{
    public int Count => Slices.Sum(slice => slice.Items.Count);

    /// <summary>RFC 6962 root over all leaves in order: the manifest's item root.</summary>
    public Hash256 Root => MerkleTree.Root([.. Slices.SelectMany(slice => slice.Items, (_, item) => item.Leaf)]);

    /// <summary>At the provider.</summary>
    /// <exception cref="ArgumentException">A slice does not say by which clauses its records go out.</exception>
    public static ManifestItems Of(Hash256 manifest, IReadOnlyList<PublicationSlice> slices)
        => new(manifest, [.. slices.Select(slice => Read(slice, slice.Clauses))]);

    /// <summary>At the receiver.</summary>
    /// <exception cref="ArgumentException">A slice does not say by which decisions its records were taken.</exception>
    public static ManifestItems Of(Batch batch)
        => new(batch.SignedManifest.Id, [.. batch.Slices.Select(received => Read(received.Slice, [.. received.Decisions.Select(decision => decision.Clause.GetValueOrDefault())]))]);

    /// <summary>Whether these are the items that the manifest signs for.</summary>
    /// <returns>Null, or what differs.</returns>
    public string? WhyOther(Hash256 id, ManifestDocument manifest)
        => id != Manifest ? "they are of another manifest"
            : Count != manifest.ItemCount ? $"they are {Count}, and the manifest lists {manifest.ItemCount}"
            : Slices.Select(slice => slice.Publication).Distinct().Count() != manifest.PublicationCount ? $"they are of another number of publications than the manifest's {manifest.PublicationCount}"
            : CountRecords() != manifest.Records ? $"they are {CountRecords()} records, and the manifest lists {manifest.Records}"
            : Root != manifest.ItemRoot ? "their root is not the manifest's"
            : null;

    private int CountRecords() => Slices.SelectMany(slice => slice.Items, (slice, item) => (slice.Publication, item.Index)).Distinct().Count();

    private static ItemSlice Read(PublicationSlice slice, IReadOnlyList<ClauseId> clauses)
    {
        if (clauses.Count != slice.Records.Count || clauses.Contains(default))
            throw new ArgumentException($"{slice.Records.Count} records of a publication go by {clauses.Count(clause => clause != default)} clauses: each needs one.", nameof(slice));
        var items = new ManifestItem[clauses.Count];
        for (int i = 0; i < items.Length; i++) items[i] = new ManifestItem(slice.Records[i].Index, clauses[i], slice.Records[i].ItemHash);
        return new ItemSlice(slice.Document.Id, slice.Records[0].Record.Facts.Originator, slice.Form.Profile, items);
    }
}

/// <summary>Items of one publication in one form.</summary>
/// <param name="Publication">SHA-256 of the payload of the originator's signed publication.</param>
/// <param name="Originator">Who published.</param>
/// <param name="Profile">By which the records are degraded; null as published.</param>
/// <param name="Items">At least one, by ascending index.</param>
public sealed record ItemSlice(Hash256 Publication, PartnerId Originator, ProfileId? Profile, IReadOnlyList<ManifestItem> Items);

/// <summary>One record that was given.</summary>
/// <param name="Index">Its place in the originator's publication, from 0.</param>
/// <param name="Clause">The clause that released it.</param>
/// <param name="Leaf">What the manifest's item root counts: <see cref="PublishedRecord.ItemHash"/>.</param>
public readonly record struct ManifestItem(int Index, ClauseId Clause, Hash256 Leaf);
