using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// What goes out in a lane of others' records, and with which terms. Records go on as they are held, whole or degraded by someone before; the originator's
/// signature stays with them, and the proof is narrowed to what goes on. Pure.
/// </summary>
/// <param name="lane">The agreement with the next holder, applied to one record.</param>
/// <param name="held">The agreement and state under which a slice is held; null where it is not known here any more.</param>
/// <param name="relay">Who passes on.</param>
/// <param name="next">Who would get it.</param>
/// <param name="now">The time of release.</param>
public sealed class RelayRelease(LaneDecision lane, Func<AgreementId, (Agreement Agreement, AgreementState State)?> held, PartnerId relay, PartnerId next, Epoch now)
{
    private readonly Dictionary<CarriedTerms, SealedTerms> _sealed = [];
    private readonly HashSet<AgreementId> _sources = [];
    private (Signing.Hash256 Id, PublicationDocument Document)? _last;

    /// <summary>The agreements that let something of what goes out be passed on: while one of them is not in force, nothing of it may go.</summary>
    public IReadOnlyCollection<AgreementId> Sources => _sources;

    /// <summary>Whether the slice that comes next waits until an agreement that is suspended is resumed: going past it would lose it.</summary>
    public bool IsHeldUp { get; private set; }

    /// <summary>Decides every record on its own.</summary>
    /// <returns>
    /// What goes out, and how many of the slices were gone through: an answer holds a publication once in each form, so the second of two that
    /// came apart waits for the next answer.
    /// </returns>
    public (Release Release, int Taken) Decide(IReadOnlyList<HeldSlice> slices)
    {
        var released = new List<PublicationSlice>();
        var withheld = new Dictionary<(ClauseId?, WithholdReason), int>();
        var seen = new HashSet<(Signing.Hash256, ReleaseForm)>();
        int taken = 0;
        foreach (var slice in slices)
        {
            IsHeldUp = held(slice.Agreement) is { State: AgreementState.Suspended };
            if (IsHeldUp || !seen.Add((slice.Slice.Document.Id, slice.Slice.Form))) break;
            taken++;
            if (slice.RecordsOver > 0) withheld[(null, WithholdReason.RetentionOver)] = withheld.GetValueOrDefault((null, WithholdReason.RetentionOver)) + slice.RecordsOver;
            int closed = slice.Slice.Records.Count - slice.Left.Count;
            if (closed > 0) withheld[(null, WithholdReason.Noticed)] = withheld.GetValueOrDefault((null, WithholdReason.Noticed)) + closed;
            var going = new List<PublishedRecord>();
            var clauses = new List<ClauseId>();
            foreach (var record in slice.Left)
            {
                if (Allow(slice, record, out var decision) is not { } terms)
                {
                    withheld[(decision.Clause, decision.Reason)] = withheld.GetValueOrDefault((decision.Clause, decision.Reason)) + 1;
                    continue;
                }
                going.Add(record with { Terms = terms });
                clauses.Add(decision.Clause.GetValueOrDefault());
            }
            if (going.Count == 0) continue;
            released.Add(Narrow(slice.Slice, going) with { Clauses = clauses });
            _sources.Add(slice.Agreement);
        }
        return (new Release(released, Release.Counts(withheld)) { GoneUpTo = slices.Take(taken).Where(slice => slice.RecordsOver > 0).Select(slice => slice.Arrival).LastOrDefault() }, taken);
    }

    /// <returns>The terms that go with the record; null when it stays.</returns>
    internal SealedTerms? Allow(HeldSlice slice, PublishedRecord record, out ReleaseDecision decision)
    {
        decision = ReleaseDecision.Withheld(WithholdReason.RecipientHasIt);
        var facts = record.Record.Facts;
        if (facts.Originator == next || slice.Provider == next) return null;
        decision = ReleaseDecision.Withheld(WithholdReason.AgreementNotActive);
        if (held(slice.Agreement) is not { } under) return null;
        var way = new HeldUnder(slice.Provider, under.Agreement, under.State, record.Terms?.Parsed, slice.Received, PublicationOf(slice.Slice).Published);
        if (OnwardRelease.Allow(facts, way, relay, next, now, out var reason) is not { } terms)
        {
            decision = ReleaseDecision.Withheld(reason);
            return null;
        }
        if (!lane.Gives(facts, ReleaseForm.Full, out decision)) return null;
        if (!_sealed.TryGetValue(terms, out var bytes)) _sealed.Add(terms, bytes = SealedTerms.Seal(terms));
        var reasonNot = (terms.Purposes & decision.Purposes) == Purposes.None ? WithholdReason.NoUseInCommon
            : bytes.Bytes.Length > CarriedTerms.LongestBytes ? WithholdReason.CarriedTermsTooLong
            : WithholdReason.None;
        if (reasonNot == WithholdReason.None) return bytes;
        decision = ReleaseDecision.Withheld(reasonNot);
        return null;
    }

    private PublicationDocument PublicationOf(PublicationSlice slice)
    {
        if (_last is { } last && last.Id == slice.Document.Id) return last.Document;
        var document = DocumentJson.TryRead<PublicationDocument>(slice.Document.Payload.Span, DocumentContexts.Publication, out var read) ? read : throw new InvalidDataException("A stored publication is not one.");
        _last = (slice.Document.Id, document);
        return document;
    }

    private PublicationSlice Narrow(PublicationSlice held, List<PublishedRecord> going)
    {
        if (going.Count == held.Records.Count) return held with { Records = going };
        var proof = Narrow(held.ProofHashes, PublicationOf(held).Size, held.Records, going, record => new LeafAt(record.Index, record.LeafInPublication));
        if (held.Degraded is not { } part) return held with { Records = going, ProofHashes = proof };
        var statement = DocumentJson.TryRead<DegradedDocument>(part.Document.Payload.Span, DocumentContexts.Degraded, out var read) ? read : throw new InvalidDataException("A stored statement of degradation is not one.");
        return held with
        {
            Records = going,
            ProofHashes = proof,
            Degraded = part with { ProofHashes = Narrow(part.ProofHashes, statement.Size, held.Records, going, record => new LeafAt(record.Degraded!.Index, record.LeafHash)) },
        };
    }

    private static IReadOnlyList<Signing.Hash256> Narrow(IReadOnlyList<Signing.Hash256> proof, long size, IReadOnlyList<PublishedRecord> held, List<PublishedRecord> going, Func<PublishedRecord, LeafAt> leaf)
        => new SubsetProof(size, proof).TryNarrow([.. held.Select(leaf)], [.. going.Select(record => leaf(record).Index)], out var narrowed)
            ? narrowed!.Hashes
            : throw new InvalidDataException("A stored proof does not fit the records that are stored with it.");
}
