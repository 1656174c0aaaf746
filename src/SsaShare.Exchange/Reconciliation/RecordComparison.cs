using SsaShare.Agreements;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Record by record, where the logs list what each manifest gave: each place of a publication is one record, given once in each form, and where its manifest says.</summary>
internal sealed class RecordComparison
{
    /// <summary>Most findings about single records of one direction; the rest is counted.</summary>
    private const int ShownMax = 50;

    private readonly FindingList _found;
    private int _shown;

    private RecordComparison(FindingList found) => _found = found;

    /// <summary>What a provider gave and a receiver got, over all agreements.</summary>
    public static void Compare(NamedLog provider, IReadOnlyList<AuditedManifest> issued, NamedLog receiver, IReadOnlyList<AuditedManifest> received, FindingList found)
    {
        var comparison = new RecordComparison(found);
        comparison.CheckListed(provider, issued);
        comparison.CheckListed(receiver, received);
        comparison.CheckPlaces(provider, issued);
        comparison.CheckRepeated(receiver, received);
        comparison.CheckLeaves(provider, receiver, received);
        comparison.Close(provider);
    }

    /// <summary>What two receivers got of others' own records.</summary>
    public static void CompareReceivers(NamedLog first, NamedLog second, FindingList found)
    {
        var comparison = new RecordComparison(found);
        comparison.CollectLeaves(Got(first).Concat(Got(second)));
        comparison.Close(second);

        IEnumerable<(NamedLog, AuditedManifest)> Got(NamedLog log)
            => log.Log.Received.All.Where(manifest => manifest.Document.Provider != first.Partner && manifest.Document.Provider != second.Partner).Select(manifest => (log, manifest));
    }

    /// <summary>Two manifests for the same positions: which records differ.</summary>
    public static void CompareListed(NamedLog provider, AuditedManifest issued, NamedLog receiver, AuditedManifest received, FindingList found)
    {
        if (issued.Items is null || received.Items is null) return;
        var comparison = new RecordComparison(found);
        var (given, got) = (Listed(issued.Items), Listed(received.Items));
        foreach (var (key, leaf) in given)
        {
            if (!got.TryGetValue(key, out var other))
                comparison.Add(FindingKind.Missing, provider, issued, key, $"{key} is in what '{provider.Partner}' logged as given ({issued}) and not in what '{receiver.Partner}' got for the same positions ({received})");
            else if (other != leaf)
                comparison.Add(FindingKind.Different, receiver, received, key, $"{key}: '{receiver.Partner}' got another record or label ({received}) than '{provider.Partner}' logged as given ({issued})");
        }
        foreach (var key in got.Keys.Where(key => !given.ContainsKey(key)))
            comparison.Add(FindingKind.Extra, receiver, received, key, $"{key} is in what '{receiver.Partner}' got ({received}) and not in what '{provider.Partner}' logged as given for the same positions ({issued})");
        comparison.Close(provider);
    }

    private static Dictionary<ItemKey, Hash256> Listed(ManifestItems items)
        => items.Slices.SelectMany(slice => slice.Items, (slice, item) => (Key: new ItemKey(slice.Publication, item.Index, slice.Profile), item.Leaf)).ToDictionary(one => one.Key, one => one.Leaf);

    /// <summary>Once a log lists what its manifests gave, it does so for each.</summary>
    private void CheckListed(NamedLog log, IReadOnlyList<AuditedManifest> manifests)
    {
        foreach (var manifest in manifests.SkipWhile(manifest => manifest.Items is null).Where(manifest => manifest.Items is null && manifest.Document.ItemCount > 0))
            _found.Add(FindingKind.Missing, log, manifest, $"{manifest} of '{log.Partner}': the log does not list its records, as it does for those before");
    }

    /// <summary>Own publications are given from the positions that the manifest is about, and no record that was never published.</summary>
    private void CheckPlaces(NamedLog provider, IReadOnlyList<AuditedManifest> issued)
    {
        var positions = provider.Log.Publications.Select((publication, i) => (publication, Position: i + 1L)).DistinctBy(one => one.publication.Id).ToDictionary(one => one.publication.Id);
        foreach (var manifest in issued.Where(manifest => manifest is { Items: not null, Document.Lane.IsOwn: true }))
        foreach (var slice in manifest.Items!.Slices)
        {
            var key = new ItemKey(slice.Publication, slice.Items[^1].Index, slice.Profile);
            if (!positions.TryGetValue(slice.Publication, out var held))
                Add(FindingKind.Extra, provider, manifest, key, $"{manifest} of '{provider.Partner}' gives records of publication {key.ShortPublication}, which its log does not hold");
            else if (held.Position <= manifest.Document.AfterPosition || held.Position > manifest.Document.ToPosition)
                Add(FindingKind.Extra, provider, manifest, key, $"{manifest} of '{provider.Partner}' gives records of publication {key.ShortPublication}, which is at position {held.Position}");
            else if (held.publication.Priority != manifest.Chain.Priority)
                Add(FindingKind.Extra, provider, manifest, key, $"{manifest} of '{provider.Partner}' gives records of publication {key.ShortPublication}, which is of priority {held.publication.Priority}");
            else if (key.Index >= held.publication.Size)
                Add(FindingKind.Extra, provider, manifest, key, $"{manifest} of '{provider.Partner}' gives {key}, and the publication has {held.publication.Size} records");
        }
    }

    /// <summary>A record goes out once in each form under one agreement. What others passed on may come by several ways, with terms that differ.</summary>
    private void CheckRepeated(NamedLog receiver, IReadOnlyList<AuditedManifest> received)
    {
        foreach (var chain in received.Where(manifest => manifest is { Items: not null, Document.Lane.IsOwn: true }).ToLookup(manifest => manifest.Chain))
        {
            var seen = new Dictionary<ItemKey, AuditedManifest>();
            long last = -1;
            foreach (var manifest in chain)
            {
                // Who begins anew is given all of it again.
                if (last >= 0 && receiver.Log.Received.IsRestarted(chain.Key, last, manifest.Entry.Index)) seen.Clear();
                last = manifest.Entry.Index;
                foreach (var key in Listed(manifest.Items!).Keys)
                    if (!seen.TryAdd(key, manifest))
                        Add(FindingKind.Extra, receiver, manifest, key, $"{key} came to '{receiver.Partner}' a second time ({manifest}); it had come before ({seen[key]})");
            }
        }
    }

    /// <summary>Each place of an own publication has one leaf, whoever gets it; and who publishes what was given whole, the publication's root.</summary>
    private void CheckLeaves(NamedLog provider, NamedLog receiver, IReadOnlyList<AuditedManifest> received)
    {
        var leaves = CollectLeaves(provider.Log.Issued.All.Select(manifest => (provider, manifest)).Concat(received.Select(manifest => (receiver, manifest))));
        foreach (var publication in provider.Log.Publications)
        {
            if (!leaves.TryGetValue(publication.Id, out var known) || known.Count != publication.Size || known.Keys.Last() != publication.Size - 1) continue;
            if (MerkleTree.Root([.. known.Values.Select(one => one.Leaf)]) == publication.Root) continue;
            var last = known.Values.Last();
            Add(FindingKind.Different, last.Log, last.Manifest, new ItemKey(publication.Id, 0, null),
                $"the records given of publication {publication.Id.ToString()[..16]}, all {publication.Size} of it, are not those under the root that '{provider.Partner}' signed: a record or a label was changed", record: false);
        }
    }

    /// <returns>By publication and index, as published: the leaf, and where it was seen first.</returns>
    private Dictionary<Hash256, SortedDictionary<int, (Hash256 Leaf, NamedLog Log, AuditedManifest Manifest)>> CollectLeaves(IEnumerable<(NamedLog Log, AuditedManifest Manifest)> manifests)
    {
        var leaves = new Dictionary<Hash256, SortedDictionary<int, (Hash256 Leaf, NamedLog Log, AuditedManifest Manifest)>>();
        foreach (var (log, manifest) in manifests)
        {
            if (manifest is not { Items: { } items, Document.Lane.IsOwn: true }) continue;
            foreach (var slice in items.Slices.Where(slice => slice.Profile is null))
            {
                if (!leaves.TryGetValue(slice.Publication, out var known)) leaves.Add(slice.Publication, known = []);
                foreach (var item in slice.Items)
                    if (!known.TryAdd(item.Index, (item.Leaf, log, manifest)) && known[item.Index] is var before && before.Leaf != item.Leaf)
                    {
                        var key = new ItemKey(slice.Publication, item.Index, null);
                        Add(FindingKind.Different, log, manifest, key, $"{key} has another leaf in {manifest} of '{log.Partner}' than in {before.Manifest} of '{before.Log.Partner}': another record or another label");
                    }
            }
        }
        return leaves;
    }

    private void Add(FindingKind kind, NamedLog log, AuditedManifest manifest, ItemKey key, string explanation, bool record = true)
    {
        if (_shown++ < ShownMax) _found.Add(kind, log, manifest, explanation, record ? key.Place : null);
    }

    private void Close(NamedLog provider)
    {
        if (_shown > ShownMax) _found.Note($"{_shown - ShownMax} more records of '{provider.Partner}' differ in the same ways.");
    }

    private readonly record struct ItemKey(Hash256 Publication, int Index, ProfileId? Profile)
    {
        public RecordPlace Place => new(Publication, Index);
        public string ShortPublication => Publication.ToString()[..16];
        public override string ToString() => $"record {ShortPublication}/{Index}{(Profile is { } profile ? $" degraded to {profile}" : "")}";
    }
}
