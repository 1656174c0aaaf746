using SsaShare.Agreements;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What an agreement lets out of a run of publications, and why the rest stays.</summary>
/// <param name="Slices">Only publications of which something is released: one slice for each form, the full one first.</param>
/// <param name="Withheld">Number of records released in no form, by clause and reason, for the log of this node alone.</param>
public sealed record Release(IReadOnlyList<PublicationSlice> Slices, IReadOnlyList<WithheldCount> Withheld)
{
    /// <summary>Position of the last publication that is not held whole any more; 0 when all are.</summary>
    public long GoneUpTo { get; init; }

    /// <summary>Decides every record on its own, for one lane.</summary>
    /// <param name="publications">A run of the lane's publications.</param>
    /// <param name="lane">The agreement applied to one record for one reader at one time.</param>
    /// <param name="degrader">Makes degraded slices; may be null where the full form is the only one.</param>
    /// <exception cref="ArgumentNullException">A record goes out in a degraded form, and there is no degrader.</exception>
    public static Release Decide(IReadOnlyList<StoredPublication> publications, LaneDecision lane, SliceDegrader? degrader)
    {
        var slices = new List<PublicationSlice>(publications.Count);
        var withheld = new Dictionary<(ClauseId?, WithholdReason), int>();
        foreach (var (stored, publication) in publications.Select(stored => (stored, stored.Publication)))
        {
            if (stored.RecordsOver > 0) withheld[(null, WithholdReason.RetentionOver)] = withheld.GetValueOrDefault((null, WithholdReason.RetentionOver)) + stored.RecordsOver;
            var reasons = new WithheldReasons(publication.Records.Count);
            foreach (var form in lane.Forms)
            {
                var released = new List<PublishedRecord>(publication.Records.Count);
                var clauses = new List<ClauseId>(publication.Records.Count);
                for (int i = 0; i < publication.Records.Count; i++)
                {
                    if (stored.Closed.Contains(publication.Records[i].Index)) reasons.Withhold(i, ReleaseDecision.Withheld(WithholdReason.Noticed));
                    else if (!lane.Gives(publication.Records[i].Record.Facts, form, out var decision)) reasons.Withhold(i, decision);
                    else
                    {
                        released.Add(publication.Records[i]);
                        clauses.Add(decision.Clause.GetValueOrDefault());
                    }
                }
                if (released.Count == 0) continue;
                if (!form.IsFull)
                {
                    ArgumentNullException.ThrowIfNull(degrader);
                    if (degrader.Degrade(publication, form, released, clauses, lane, reasons) is { } degraded) slices.Add(degraded);
                    continue;
                }
                foreach (var record in released) reasons.Give(record.Index);
                slices.Add(new PublicationSlice(publication.Document, released, Prove(publication, released), publication.TraceParent) { Clauses = clauses });
            }
            reasons.AddTo(withheld);
        }
        return new Release(slices, Counts(withheld)) { GoneUpTo = publications.Where(stored => stored.RecordsOver > 0).Select(stored => stored.Position).LastOrDefault() };
    }

    internal static IReadOnlyList<WithheldCount> Counts(Dictionary<(ClauseId? Clause, WithholdReason Reason), int> withheld)
        => [.. withheld.Select(pair => new WithheldCount(pair.Key.Clause?.ToString(), pair.Key.Reason.ToString(), pair.Value))
            .OrderBy(count => count.Clause, StringComparer.Ordinal).ThenBy(count => count.Reason, StringComparer.Ordinal)];

    /// <summary>The hashes that tie some of a publication's records to its root.</summary>
    /// <param name="publication">Whole.</param>
    /// <param name="released">Some of its records, by index.</param>
    internal static IReadOnlyList<Hash256> Prove(Publication publication, IReadOnlyList<PublishedRecord> released)
        => released.Count == publication.Records.Count ? []
            : SubsetProof.Create([.. publication.Records.Select(record => record.LeafHash)], [.. released.Select(record => record.Index)]).Hashes;
}

/// <summary>How many records one reason kept back.</summary>
public sealed record WithheldCount(string? Clause, string Reason, int Count);
