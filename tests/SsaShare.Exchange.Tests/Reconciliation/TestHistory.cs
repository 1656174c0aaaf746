using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>
/// Three partners that give each other records, honestly, in random order: in full, coarsely, later, passed on; answers get lost, receipts and
/// notices are on their way, agreements are suspended and resumed. The same seed gives the same history, but for keys and salts.
/// </summary>
internal sealed class TestHistory
{
    private readonly Random _random;
    private readonly List<(TestPartner Party, Agreement Agreement, AgreementEnvelope Envelope)> _suspended = [];
    private readonly Dictionary<(PartnerId, AgreementId), int> _sequences = [];

    public TestHistory(int seed = 1)
    {
        _random = new Random(seed);
        (Atlantic, Pacific, Caribbean) = (new TestPartner("atlantic", Clock), new TestPartner("pacific", Clock), new TestPartner("caribbean", Clock));
        foreach (var one in Partners)
        foreach (var other in Partners)
            if (one != other) one.Node.Pin(other.Node);
        Agree("Atlantic and Pacific", [Atlantic, Pacific], []);
        Agree("Pacific and Caribbean", [Pacific, Caribbean], [Atlantic]);
    }

    public TestClock Clock { get; } = new();
    public TestPartner Atlantic { get; }
    public TestPartner Pacific { get; }
    public TestPartner Caribbean { get; }
    public TestPartner[] Partners => [Atlantic, Pacific, Caribbean];
    public List<PullRun> Runs { get; } = [];

    /// <summary>Atlantic gives, pacific receives.</summary>
    public PullRun Run => Runs[0];

    /// <summary>Makes an agreement that both sign, and a run in each direction.</summary>
    public Agreement Agree(string title, TestPartner[] parties, TestPartner[] originators)
    {
        var agreement = Terms.Fix(title, parties, originators);
        var envelope = AgreementEnvelope.Of(agreement).Sign(parties[0].Node.Key);
        parties[0].Node.Agree(envelope, AgreementState.Proposed);
        envelope = envelope.Sign(parties[1].Node.Key);
        foreach (var party in (TestPartner[])[parties[1], parties[0]]) party.Node.Agree(envelope, AgreementState.Active);
        Runs.Add(new PullRun(parties[0], parties[1], agreement));
        Runs.Add(new PullRun(parties[1], parties[0], agreement));
        Envelopes.Add(agreement.Id, envelope);
        return agreement;
    }

    public Dictionary<AgreementId, AgreementEnvelope> Envelopes { get; } = [];

    /// <summary>Something happens.</summary>
    public void Go(int steps)
    {
        for (int i = 0; i < steps; i++) Step(_random.Next(16));
    }

    private void Step(int what)
    {
        var run = Runs[_random.Next(Runs.Count)];
        switch (what)
        {
            case < 5: Partners[_random.Next(3)].Publish(_random.Next(1, 6)); break;
            case < 11 when !IsSuspended(run.Agreement): PullSome(run); break;
            case 11: Clock.Wait(TimeSpan.FromSeconds(_random.Next(2 * (int)Terms.DelayS))); break;
            case 12: Notice(run); break;
            case 13 when !IsSuspended(run.Agreement): Suspend(run, _random.Next(2) == 0 ? run.Provider : run.Receiver); break;
            case 14 when _suspended.Count > 0: Resume(); break;
        }
    }

    public async Task<EvidenceAudit> AuditAsync() => await AuditAsync(Partners);

    /// <summary>Audits the bundles of some, all exported now.</summary>
    public async Task<EvidenceAudit> AuditAsync(params TestPartner[] partners)
    {
        var bundles = new List<string>();
        foreach (var partner in partners) bundles.Add(await partner.Node.ExportAsync());
        return await TestExchange.AuditAsync([.. Partners.Select(partner => partner.Node.Card)], [.. bundles]);
    }

    private void PullSome(PullRun run)
    {
        var lane = _random.Next(4) switch { 0 => Terms.Delayed, 1 when run.Provider == Pacific && run.Receiver == Caribbean => Terms.Relayed, _ => FeedLane.Prompt };
        long after = run.PositionIn(lane);
        int there = lane.Source == FeedSource.Relayed ? run.Provider.Arrived.Count : run.Provider.Published.Count;
        if (lane == Terms.Delayed) there = run.Provider.Published.FindIndex(one => PublishedAt(one).Plus(lane.Delay) > run.Provider.Node.Now) is var first && first < 0 ? there : first;
        int count = (int)Math.Min(there - after, _random.Next(1, 4));
        // An answer holds a publication once in each form: the second of two that came apart waits.
        while (lane.Source == FeedSource.Relayed && count > 0 && run.Provider.Arrived.Skip((int)after).Take(count).DistinctBy(one => (one.Publication, one.Profile)).Count() < count) count--;
        if (count > 0) run.Pull(lane, count, index => Form(run, lane, index), isLost: _random.Next(8) == 0);
    }

    /// <summary>Some records go at once, some coarsely at once and in full later, some later, some never.</summary>
    private static RecordForm? Form(PullRun run, FeedLane lane, int index) => (lane.Source, lane.DelayS, (index + run.Agreement.Id.Value.ToArray()[0]) % 4) switch
    {
        (FeedSource.Relayed, _, 0 or 1) => RecordForm.Full,
        (FeedSource.Own, 0, 0) => RecordForm.Full,
        (FeedSource.Own, 0, 1) => RecordForm.Coarse,
        (FeedSource.Own, > 0, 1 or 2) => RecordForm.Full with { Clause = Terms.DelayedGrant },
        _ => null,
    };

    private void Notice(PullRun run)
    {
        if (run.Provider.Published.Count == 0) return;
        var publication = run.Provider.Published[_random.Next(run.Provider.Published.Count)];
        var (from, to) = (run.Provider.Node, run.Receiver.Node);
        var action = _random.Next(2) == 0 ? NoticeAction.Withdraw : NoticeAction.Recall;
        var notice = SignedNotice.Issue(from.Key, from.Partner, new RecordPlace(publication.Document.Id, 0), action, null, "", from.Now);
        from.Append(LogKinds.Notice, notice.Document.ToJson());
        if (_random.Next(3) == 0) return;
        byte[] receipt = NoticeReceiptDocument.Sign(to.Key, notice.Id, to.Partner, NoticeRules.OutcomeOf(action, isHeld: true), to.Now).Document.ToJson();
        to.Append(LogKinds.Notice, notice.Document.ToJson()).Append(LogKinds.NoticeReceiptIssued, receipt);
        if (_random.Next(3) > 0) from.Append(LogKinds.NoticeReceiptReceived, receipt);
    }

    private bool IsSuspended(Agreement agreement) => _suspended.Any(one => one.Agreement.Id == agreement.Id);

    /// <summary>A party suspends the agreement, and the other learns of it.</summary>
    public void Suspend(PullRun run, TestPartner party)
    {
        Tell(run, party, TransitionEvent.Suspend, AgreementState.Suspended);
        _suspended.Add((party, run.Agreement, Envelopes[run.Agreement.Id]));
    }

    public void ResumeAll()
    {
        while (_suspended.Count > 0) Resume();
    }

    private void Resume()
    {
        var (party, agreement, _) = _suspended[0];
        _suspended.RemoveAt(0);
        Tell(Runs.First(run => run.Agreement == agreement), party, TransitionEvent.Resume, AgreementState.Active);
    }

    private void Tell(PullRun run, TestPartner party, TransitionEvent happening, AgreementState state)
    {
        var key = (party.Node.Partner, run.Agreement.Id);
        int number = _sequences[key] = _sequences.GetValueOrDefault(key) + 1;
        var transition = SignedTransition.Sign(party.Node.Key, new TransitionDocument(DocumentContexts.Transition.Text, run.Agreement.Id, party.Node.Partner, number, happening, "A test.", party.Node.Now));
        var other = party == run.Provider ? run.Receiver : run.Provider;
        foreach (var one in (TestPartner[])[party, other])
            one.Node.Append(LogKinds.AgreementTransition, transition.Original.ToJson()).Agree(Envelopes[run.Agreement.Id], state);
    }

    private static Epoch PublishedAt(Publication publication)
        => DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document) ? document.Published : throw new InvalidOperationException();
}
