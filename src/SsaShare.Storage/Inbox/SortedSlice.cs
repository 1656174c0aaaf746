using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>A verified slice with its records sorted into those that are new here and those that came by another way before.</summary>
internal sealed record SortedSlice(ReceivedSlice Received, IReadOnlyList<PublishedRecord> New, IReadOnlyList<KnownRecord> Known)
{
    /// <param name="slices">Verified.</param>
    /// <param name="known">Records stored here already, whatever way they came, with the epoch under which they are stored.</param>
    /// <returns>All slices in order; of a record that occurs twice, the first is new.</returns>
    public static IReadOnlyList<SortedSlice> Sort(IReadOnlyList<ReceivedSlice> slices, IReadOnlyDictionary<RecordId, Epoch> known)
    {
        var epochs = new Dictionary<RecordId, Epoch>(known);
        epochs.EnsureCapacity(known.Count + slices.Sum(slice => slice.Slice.Records.Count));
        return [.. slices.Select(slice =>
        {
            List<PublishedRecord> added = [];
            List<KnownRecord> again = [];
            foreach (var published in slice.Slice.Records)
            {
                if (epochs.TryAdd(published.Record.Id, published.Record.Facts.Epoch)) added.Add(published);
                else again.Add(new KnownRecord(published, epochs[published.Record.Id]));
            }
            return new SortedSlice(slice, added, again);
        })];
    }
}

/// <summary>A record that is here already, and the epoch under which it is stored.</summary>
internal readonly record struct KnownRecord(PublishedRecord Published, Epoch StoredEpoch);
