using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// What one agreement would give a reader who begins at the start and pulls now: the lanes, decisions and degradation of a real pull, without
/// its limits, and nothing is signed, kept or sent. Not safe for several threads.
/// </summary>
public sealed class AgreementSimulation
{
    private readonly Agreement _agreement;
    private readonly PartnerId _provider, _reader;
    private readonly Epoch _now;
    private readonly IRecordDegrader _degrader;
    private readonly (FeedLane Lane, LaneDecision Decision)[] _lanes;
    private readonly (FeedLane Lane, RelayRelease Release)[] _relayed;
    private readonly SimulatedCounts _counts = new();
    private readonly long[] _fates = new long[3];

    /// <param name="agreement">Signed or not.</param>
    /// <param name="state">Where it stands at the provider, or is taken to stand.</param>
    /// <param name="provider">Who would release.</param>
    /// <param name="reader">Who would receive.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="degrader">Makes what a profile leaves, if anything.</param>
    /// <param name="held">The agreement and state under which others' records are held; null where it is not known any more.</param>
    public AgreementSimulation(Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now, IRecordDegrader degrader,
        Func<AgreementId, (Agreement Agreement, AgreementState State)?> held)
    {
        (_agreement, _provider, _reader, _now, _degrader) = (agreement, provider, reader, now, degrader);
        var lanes = FeedLanes.Of(agreement, provider, reader).Select(lane => (Lane: lane, Decision: FeedLanes.Decision(lane, agreement, state, provider, reader, now))).ToLookup(one => one.Lane.Source);
        _lanes = [.. lanes[FeedSource.Own]];
        _relayed = [.. lanes[FeedSource.Relayed].Select(one => (one.Lane, new RelayRelease(one.Decision, held, provider, reader, now)))];
    }

    /// <summary>Whether a grant is about others' records at all.</summary>
    public bool IsAboutOthers => _relayed.Length > 0;

    public IReadOnlyList<SimulatedCount> Rows => _counts.Rows;

    /// <summary>Different records by what becomes of them: one that goes out in several forms counts with the best.</summary>
    public long CountOf(RecordFate fate) => _fates[(int)fate];

    /// <summary>Decides every record of a whole publication.</summary>
    /// <param name="stored">Of the provider's own feed.</param>
    /// <param name="published">When it was published.</param>
    /// <param name="best">By index: raised where this agreement gives more than was found before.</param>
    public void Consider(StoredPublication stored, Epoch published, Span<RecordFate> best)
    {
        var records = stored.Publication.Records;
        var fates = new RecordFate[records.Count];
        var reasons = new WithheldReasons(records.Count);
        // The lanes that have come up for this publication; why a record stays is what the last of them finds.
        var due = _lanes.Where(one => IsDue(one.Lane, published)).ToArray();
        for (int l = 0; l < due.Length; l++)
            foreach (var form in due[l].Decision.Forms)
                foreach (var record in records)
                {
                    var decision = ReleaseDecision.Withheld(WithholdReason.Noticed);
                    bool gives = !stored.Closed.Contains(record.Index) && due[l].Decision.Gives(record.Record.Facts, form, out decision);
                    if (gives && WhyNothingIsLeft(record, form, due[l].Decision) is { } nothing) (gives, decision) = (false, nothing);
                    if (gives) Give(record, form, decision, fates);
                    else if (TellsWhy(decision.Reason, isLast: l == due.Length - 1)) reasons.Withhold(record.Index, decision);
                }
        foreach (var record in records) Settle(record, record.Index, fates[record.Index], reasons, best);
    }

    /// <summary>Decides every record of another's that is still held of a slice.</summary>
    /// <param name="slice">As it came.</param>
    /// <param name="published">When its originator published it.</param>
    /// <param name="best">By place in what is left of the slice: raised where this agreement gives more than was found before.</param>
    public void Consider(HeldSlice slice, Epoch published, Span<RecordFate> best)
    {
        var due = _relayed.Where(one => IsDue(one.Lane, published)).ToArray();
        var fates = new RecordFate[slice.Left.Count];
        var reasons = new WithheldReasons(slice.Left.Count);
        for (int l = 0; l < due.Length; l++)
            for (int i = 0; i < slice.Left.Count; i++)
            {
                // Records go on as they are held: degraded where somebody before degraded them.
                if (due[l].Release.Allow(slice, slice.Left[i], out var decision) is not null) fates[i] = Count(slice.Left[i], slice.Left[i].Record.Facts.Form, decision);
                else if (TellsWhy(decision.Reason, isLast: l == due.Length - 1)) reasons.Withhold(i, decision);
            }
        for (int i = 0; i < slice.Left.Count; i++) Settle(slice.Left[i], i, fates[i], reasons, best);
    }

    private bool IsDue(FeedLane lane, Epoch published) => FeedLanes.PublishedUntil(lane, _now) is not { } until || published <= until;

    private void Settle(PublishedRecord record, int place, RecordFate fate, WithheldReasons reasons, Span<RecordFate> best)
    {
        _fates[(int)fate]++;
        if (fate > best[place]) best[place] = fate;
        if (fate != RecordFate.Withheld) return;
        var why = reasons.Why(place);
        _counts.Add(new SimulatedKind(RecordFate.Withheld, ReleaseForm.Full, why.Clause, why.Reason, record.Record.Facts.Class), record.Record.Id);
    }

    private void Give(PublishedRecord record, ReleaseForm form, ReleaseDecision decision, RecordFate[] fates)
    {
        var fate = Count(record, form, decision);
        if (fate > fates[record.Index]) fates[record.Index] = fate;
    }

    private RecordFate Count(PublishedRecord record, ReleaseForm form, ReleaseDecision decision)
    {
        var fate = form.IsFull ? RecordFate.Released : RecordFate.Degraded;
        _counts.Add(new SimulatedKind(fate, form, decision.Clause, WithholdReason.None, record.Record.Facts.Class), record.Record.Id);
        return fate;
    }

    /// <summary>That an earlier lane has had its turn is no reason why a record stays: what that lane found is.</summary>
    private static bool TellsWhy(WithholdReason reason, bool isLast)
        => reason == WithholdReason.NothingLeftToGive || (isLast && reason != WithholdReason.GivenBefore);

    /// <summary>As a pull finds it: the profile leaves nothing, or what it leaves is outside of what the agreement releases.</summary>
    private ReleaseDecision? WhyNothingIsLeft(PublishedRecord record, ReleaseForm form, LaneDecision lane)
        => form.Profile is { } id && _agreement.Profile(id) is { } profile
            && !(_degrader.Degrade(record, profile, _agreement.Id, _provider, _reader) is { } degraded && lane.IsReleasedAsDegraded(degraded.Facts, form))
            ? ReleaseDecision.Withheld(WithholdReason.NothingLeftToGive, null, form)
            : null;
}
