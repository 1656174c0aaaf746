using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <content>As JSON: leaves as one piece of Base64 for each slice, indices as runs for each clause, so that an item costs little more than its hash.</content>
public sealed partial record ManifestItems
{
    /// <summary>Longest body read, bytes: as much as an answer to a pull can have, and what says less of each record is never longer.</summary>
    private const int LongestBytes = 64 * 1024 * 1024;

    public byte[] ToJson() => DocumentJson.Write(new Body(Manifest, [.. Slices.Select(Write)]));

    /// <summary>Reads what <see cref="ToJson"/> writes. Total, and as strict.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ManifestItems? items)
    {
        items = null;
        if (!DocumentJson.TryReadBody<Body>(json, LongestBytes, out var body) || body.Slices.Count == 0) return false;
        var slices = new List<ItemSlice>(body.Slices.Count);
        foreach (var slice in body.Slices)
        {
            if (Read(slice) is not { } read) return false;
            slices.Add(read);
        }
        if (slices.Select(slice => (slice.Publication, slice.Profile)).Distinct().Count() != slices.Count) return false;
        items = new ManifestItems(body.Manifest, slices);
        return true;
    }

    private static Slice Write(ItemSlice slice)
    {
        byte[] leaves = new byte[slice.Items.Count * Hash256.Size];
        for (int i = 0; i < slice.Items.Count; i++) slice.Items[i].Leaf.CopyTo(leaves.AsSpan(i * Hash256.Size));
        var grants = slice.Items.GroupBy(item => item.Clause, item => item.Index).Select(group => new Grant(group.Key.Value, IndexRuns.Write(group)));
        return new Slice(slice.Publication, slice.Originator, [.. grants], leaves, slice.Profile);
    }

    private static ItemSlice? Read(Slice? slice)
    {
        // Elements of a list are not told from null when they are read.
        if (slice is null || slice.Leaves.Length is 0 or > PublicationDocument.SizeMax * Hash256.Size || slice.Leaves.Length % Hash256.Size != 0) return null;
        var given = new SortedDictionary<int, ClauseId>();
        var clauses = new HashSet<ClauseId>();
        foreach (var grant in slice.Grants)
        {
            if (grant is null || !ClauseId.TryParse(grant.Clause, out var clause) || !clauses.Add(clause) || !IndexRuns.TryRead(grant.Indexes, PublicationDocument.SizeMax, out var indices)) return null;
            foreach (int index in indices)
                if (!given.TryAdd(index, clause)) return null;
        }
        if (given.Count != slice.Leaves.Length / Hash256.Size) return null;
        var items = given.Select((one, i) => new ManifestItem(one.Key, one.Value, new Hash256(slice.Leaves.AsSpan(i * Hash256.Size, Hash256.Size))));
        return new ItemSlice(slice.Publication, slice.Originator, slice.Profile, [.. items]);
    }

    private sealed record Body(Hash256 Manifest, IReadOnlyList<Slice> Slices);

    private sealed record Slice(Hash256 Publication, PartnerId Originator, IReadOnlyList<Grant> Grants, byte[] Leaves,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProfileId? Profile = null);

    private sealed record Grant(string Clause, string Indexes);
}
