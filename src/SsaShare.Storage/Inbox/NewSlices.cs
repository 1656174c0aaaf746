using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>Slices without the records that are here already, each with the proof that its remaining records need.</summary>
internal static class NewSlices
{
    /// <param name="slices">Verified.</param>
    /// <param name="known">Records stored here already, whatever way they came.</param>
    /// <returns>Slices of which something is new; a record that occurs twice counts with the first.</returns>
    public static IReadOnlyList<ReceivedSlice> Of(IReadOnlyList<ReceivedSlice> slices, IReadOnlySet<RecordId> known)
    {
        var seen = new HashSet<RecordId>(known);
        var remaining = new List<ReceivedSlice>(slices.Count);
        foreach (var received in slices)
        {
            var records = received.Slice.Records.Where(published => seen.Add(published.Record.Id)).ToList();
            if (records.Count == received.Slice.Records.Count) remaining.Add(received);
            else if (records.Count > 0) remaining.Add(received with { Slice = Narrow(received, records) });
        }
        return remaining;
    }

    private static PublicationSlice Narrow(ReceivedSlice received, List<PublishedRecord> records)
    {
        var proof = new SubsetProof(received.Publication.Size, received.Slice.ProofHashes);
        LeafAt[] held = [.. received.Slice.Records.Select(published => new LeafAt(published.Index, published.LeafHash))];
        long[] keep = [.. records.Select(published => (long)published.Index)];
        return proof.TryNarrow(held, keep, out var narrowed)
            ? received.Slice with { Records = records, ProofHashes = narrowed!.Hashes }
            : throw new ArgumentException("The slice's records and proof do not fit each other: it was not verified.", nameof(received));
    }
}
