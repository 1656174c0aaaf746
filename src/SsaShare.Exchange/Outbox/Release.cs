using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What an agreement lets out of a run of publications, and why the rest stays.</summary>
/// <param name="Slices">Only publications of which something is released.</param>
/// <param name="Withheld">Number of records withheld, by clause and reason, for the log of this node alone.</param>
public sealed record Release(IReadOnlyList<PublicationSlice> Slices, IReadOnlyList<WithheldCount> Withheld)
{
    /// <summary>Decides every record on its own.</summary>
    /// <param name="decide">The agreement applied to one record for one reader at one time.</param>
    public static Release Decide(IReadOnlyList<StoredPublication> publications, Func<RecordFacts, ReleaseDecision> decide)
    {
        var slices = new List<PublicationSlice>(publications.Count);
        var withheld = new Dictionary<(ClauseId?, WithholdReason), int>();
        foreach (var (_, publication) in publications)
        {
            var released = new List<PublishedRecord>(publication.Records.Count);
            foreach (var record in publication.Records)
            {
                var decision = decide(record.Record.Facts);
                if (decision.IsReleased) released.Add(record);
                else
                {
                    var key = (decision.Clause, decision.Reason);
                    withheld[key] = withheld.GetValueOrDefault(key) + 1;
                }
            }
            if (released.Count > 0) slices.Add(Slice(publication, released));
        }
        return new Release(slices, [.. withheld.Select(pair => new WithheldCount(pair.Key.Item1?.ToString(), pair.Key.Item2.ToString(), pair.Value))
            .OrderBy(count => count.Clause, StringComparer.Ordinal).ThenBy(count => count.Reason, StringComparer.Ordinal)]);
    }

    private static PublicationSlice Slice(Publication publication, List<PublishedRecord> released)
    {
        IReadOnlyList<Hash256> proof = [];
        if (released.Count < publication.Records.Count)
        {
            var leaves = publication.Records.Select(record => record.LeafHash).ToArray();
            proof = SubsetProof.Create(leaves, [.. released.Select(record => record.Index)]).Hashes;
        }
        return new PublicationSlice(publication.Document, released, proof, publication.TraceParent);
    }
}

/// <summary>How many records one reason kept back.</summary>
public sealed record WithheldCount(string? Clause, string Reason, int Count);
