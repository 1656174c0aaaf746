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
    private readonly SimulatedCounts _counts = new();
    private readonly long[] _fates = new long[3];

    /// <param name="agreement">Signed or not.</param>
    /// <param name="state">Where it stands at the provider, or is taken to stand.</param>
    /// <param name="provider">Who would release.</param>
    /// <param name="reader">Who would receive.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="degrader">Makes what a profile leaves, if anything.</param>
    public AgreementSimulation(Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now, IRecordDegrader degrader)
    {
        (_agreement, _provider, _reader, _now, _degrader) = (agreement, provider, reader, now, degrader);
        _lanes = [.. FeedLanes.Of(agreement, provider, reader).Where(lane => lane.Source == FeedSource.Own)
            .Select(lane => (lane, FeedLanes.Decision(lane, agreement, state, provider, reader, now)))];
    }

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
        var due = _lanes.TakeWhile(one => FeedLanes.PublishedUntil(one.Lane, _now) is not { } until || published <= until).ToArray();
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
        foreach (var record in records)
        {
            var fate = fates[record.Index];
            _fates[(int)fate]++;
            if (fate > best[record.Index]) best[record.Index] = fate;
            if (fate != RecordFate.Withheld) continue;
            var why = reasons.Why(record.Index);
            _counts.Add(new SimulatedKind(RecordFate.Withheld, ReleaseForm.Full, why.Clause, why.Reason, record.Record.Facts.Class), record.Record.Id);
        }
    }

    private void Give(PublishedRecord record, ReleaseForm form, ReleaseDecision decision, RecordFate[] fates)
    {
        var fate = form.IsFull ? RecordFate.Released : RecordFate.Degraded;
        if (fate > fates[record.Index]) fates[record.Index] = fate;
        _counts.Add(new SimulatedKind(fate, form, decision.Clause, WithholdReason.None, record.Record.Facts.Class), record.Record.Id);
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
