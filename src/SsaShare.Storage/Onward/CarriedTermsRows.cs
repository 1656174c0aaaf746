using Microsoft.EntityFrameworkCore;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Carried terms to rows, and back to the records that carry them.</summary>
internal static class CarriedTermsRows
{
    public static IEnumerable<CarriedTermsRow> Of(long publication, PublicationSlice slice)
        => slice.Records.Where(record => record.Terms is not null).GroupBy(record => record.Terms!.Hash).Select((group, i) => new CarriedTermsRow
        {
            Publication = publication,
            Ordinal = (short)i,
            Terms = group.First().Terms!.Bytes.ToArray(),
            Indexes = [.. group.Select(record => (short)record.Index)],
        });

    /// <summary>Gives records of slices that were passed on their terms back.</summary>
    public static async Task AttachAsync(NodeDbContext db, IReadOnlyCollection<PublicationRow> publications, Dictionary<long, List<PublishedRecord>> records, CancellationToken cancellationToken)
    {
        long[] passedOn = [.. publications.Where(row => row.Provider is { } provider && provider != row.Originator).Select(row => row.Key)];
        if (passedOn.Length == 0) return;
        var known = new Dictionary<Hash256, SealedTerms>();
        foreach (var row in await db.Set<CarriedTermsRow>().Where(terms => passedOn.Contains(terms.Publication)).ToListAsync(cancellationToken))
        {
            if (!known.TryGetValue(Hash256.Of(row.Terms), out var terms))
            {
                if (!CarriedTerms.TryParse(row.Terms, out var parsed)) throw new InvalidDataException($"The terms stored with publication {row.Publication} are none.");
                terms = new SealedTerms(row.Terms, parsed);
                known.Add(terms.Hash, terms);
            }
            var indexes = row.Indexes.ToHashSet();
            var of = records[row.Publication];
            for (int i = 0; i < of.Count; i++)
                if (indexes.Contains((short)of[i].Index)) of[i] = of[i] with { Terms = terms };
        }
    }
}
