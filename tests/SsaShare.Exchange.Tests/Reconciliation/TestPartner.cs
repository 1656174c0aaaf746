using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>A node that has published and been given records: what its feed goes through.</summary>
internal sealed class TestPartner(string name, TestClock clock)
{
    public TestNode Node { get; } = new(name, clock);

    /// <summary>By feed position less one.</summary>
    public List<Publication> Published { get; } = [];

    /// <summary>Slices of others by arrival less one: what it can pass on.</summary>
    public List<ItemSlice> Arrived { get; } = [];

    public Publication Publish(int records)
    {
        var publication = Publication.Create(Node.Partner, [.. Enumerable.Range(0, records).Select(_ => Sample.Record(Node.Partner))], Node.Key, Node.Now, null);
        Published.Add(publication);
        Node.Append(LogKinds.Publication, publication.Document.ToJson());
        return publication;
    }

    /// <summary>The slices of a lane after a position, by an agreement that decides record by record.</summary>
    /// <param name="lane">Own or relayed.</param>
    /// <param name="decide">The form in which a record goes out; null when it is withheld. A relayed record goes out in the form in which it came.</param>
    public (List<ItemSlice> Slices, int Withheld) Read(FeedLane lane, long after, int count, Func<int, RecordForm?> decide)
    {
        var slices = new List<ItemSlice>();
        int withheld = 0;
        for (int i = (int)after; i < after + count; i++)
        {
            if (lane.Source == FeedSource.Relayed)
            {
                var held = Arrived[i];
                var going = held.Items.Where(item => decide(item.Index) is not null).ToList();
                withheld += held.Items.Count - going.Count;
                if (going.Count > 0) slices.Add(held with { Items = [.. going.Select(item => item with { Leaf = PublicationLeaf.Bind(item.Leaf, Hash256.Of("carried terms"u8)), Clause = Terms.OnwardGrant })] });
                continue;
            }
            var publication = Published[i];
            foreach (var form in publication.Records.Select(record => decide(record.Index)).OfType<RecordForm>().ToLookup(form => form.Profile))
            {
                var items = publication.Records.Select(record => (record, Form: decide(record.Index))).Where(one => one.Form is not null && one.Form.Profile == form.Key)
                    .Select(one => new ManifestItem(one.record.Index, one.Form!.Clause, one.Form.LeafOf(one.record))).ToList();
                slices.Add(new ItemSlice(publication.Document.Id, Node.Partner, form.Key, items));
            }
            withheld += publication.Records.Count(record => decide(record.Index) is null);
        }
        return (slices, withheld);
    }
}

/// <summary>As published, or degraded.</summary>
internal sealed record RecordForm(ProfileId? Profile, ClauseId Clause)
{
    public static RecordForm Full { get; } = new(null, Terms.Grant);
    public static RecordForm Coarse { get; } = new(Terms.Profile, Terms.CoarseGrant);

    /// <summary>A degraded record has a leaf of its own.</summary>
    public Hash256 LeafOf(PublishedRecord record) => Profile is null ? record.LeafHash : Hash256.Of(record.LeafHash.ToArray());
}
