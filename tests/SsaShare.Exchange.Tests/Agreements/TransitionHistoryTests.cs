using SsaShare.Agreements;
using SsaShare.Domain;
using static SsaShare.Exchange.TransitionEvent;

namespace SsaShare.Exchange.Tests;

public sealed class TransitionHistoryTests
{
    private static readonly TestNode Atlantic = new("atlantic"), Pacific = new("pacific"), Caribbean = new("caribbean"), Stranger = new("stranger");
    private static readonly TestNode[] Parties = [Atlantic, Pacific, Caribbean];
    private static readonly Agreement Agreement = TestExchange.Fix(Parties);
    private static readonly AgreementStatus Active = new(AgreementState.Active, [.. Parties.Select(party => party.Partner).OrderBy(party => party.Value, StringComparer.Ordinal)], []);

    [Fact]
    public void Check_SuspendAndResume_AddUpOverParties()
    {
        var node = new Receiver();
        node.Takes(By(Atlantic, 1, Suspend));
        node.Takes(By(Pacific, 1, Suspend));
        Assert.Equal((AgreementState.Suspended, "atlantic pacific"), (node.Status.State, string.Join(' ', node.Status.SuspendedBy)));
        node.Takes(By(Atlantic, 2, Resume));
        Assert.Equal((AgreementState.Suspended, "pacific"), (node.Status.State, string.Join(' ', node.Status.SuspendedBy)));
        node.Takes(By(Pacific, 2, Resume));
        Assert.Equal(Active, node.Status);
    }

    [Fact]
    public void Check_AfterARevocation_OthersTransitionsAreKeptAndChangeNothing()
    {
        var node = new Receiver();
        node.Takes(By(Atlantic, 1, Revoke));
        node.Takes(By(Pacific, 1, Suspend));
        node.Takes(By(Caribbean, 1, Revoke));
        Assert.Equal((AgreementState.Revoked, 3), (node.Status.State, node.History.All.Count));
        node.Refuses(By(Atlantic, 2, Resume), "has revoked the agreement before");
    }

    [Fact]
    public void Check_TheSameAgain_IsKnown()
    {
        var node = new Receiver();
        var first = By(Atlantic, 1, Suspend);
        node.Takes(first);
        node.Takes(By(Atlantic, 2, Resume));
        Assert.Equal(TransitionOutcome.Known, node.Check(first).Outcome);
        // The same words signed once more: ECDSA gives another signature.
        Assert.Equal(TransitionOutcome.Known, node.Check(SignedTransition.Sign(Atlantic.Key, first.Document)).Outcome);
    }

    [Fact]
    public void Check_AnotherWithAKnownNumber_IsRefused()
    {
        var node = new Receiver();
        node.Takes(By(Atlantic, 1, Suspend));
        node.Refuses(By(Atlantic, 1, Revoke), "has signed another transition with number 1");
        node.Refuses(By(Atlantic, 1, Suspend, "For another reason."), "has signed another transition with number 1");
    }

    [Fact]
    public void Check_OneIsMissing_IsEarly()
    {
        var node = new Receiver();
        Assert.Equal((TransitionOutcome.Early, "The one with number 1 is not here yet."), Result(node.Check(By(Atlantic, 2, Resume))));
        node.Takes(By(Atlantic, 1, Suspend));
        node.Takes(By(Atlantic, 2, Resume));
    }

    [Fact]
    public void Check_WhatThePartyCannotDoNext_IsRefused()
    {
        var node = new Receiver();
        node.Refuses(By(Atlantic, 1, Resume), "'atlantic' has not suspended");
        node.Takes(By(Pacific, 1, Suspend));
        node.Refuses(By(Atlantic, 1, Resume), "'atlantic' has not suspended");
        node.Refuses(By(Pacific, 2, Suspend), "'pacific' has suspended the agreement already");
    }

    [Fact]
    public void Check_StrangerOtherAgreementOrNoReason_IsRefused()
    {
        var node = new Receiver();
        node.Refuses(By(Stranger, 1, Suspend), "'stranger' is not a party");
        var other = By(Atlantic, 1, Suspend);
        node.Refuses(other with { Document = other.Document with { Agreement = Sample.Agreement } }, "It is about agreement");
        node.Refuses(other with { Document = other.Document with { Reason = "two\nlines" } }, "plain characters");
        foreach (int sequence in new[] { int.MinValue, -1, 0, TransitionDocument.SequenceMax + 1, int.MaxValue })
            node.Refuses(other with { Document = other.Document with { Sequence = sequence } }, "Its number is");
    }

    [Fact]
    public void Check_NotSignedByAllHere_SuspendIsEarlyAndRevokeEndsIt()
    {
        var node = new Receiver { Status = new AgreementStatus(AgreementState.Proposed, [Atlantic.Partner], []) };
        Assert.Equal(TransitionOutcome.Early, node.Check(By(Atlantic, 1, Suspend)).Outcome);
        node.Takes(By(Pacific, 1, Revoke));
        Assert.Equal(AgreementState.Revoked, node.Status.State);
    }

    [Fact]
    public void Check_AfterTheValidity_IsKeptAndChangesNothingButRevoke()
    {
        var node = new Receiver { Now = Agreement.Terms.ValidUntil };
        node.Takes(By(Atlantic, 1, Suspend));
        Assert.Equal(AgreementState.Active, node.Status.State);
        node.Takes(By(Pacific, 1, Revoke));
        Assert.Equal(AgreementState.Revoked, node.Status.State);
    }

    [Fact]
    public void Check_TheLastNumber_TakesARevocationAlone()
    {
        var node = new Receiver();
        for (int i = 1; i < TransitionDocument.SequenceMax; i++) node.Takes(By(Atlantic, i, i % 2 == 1 ? Suspend : Resume));
        node.Refuses(By(Atlantic, TransitionDocument.SequenceMax, Resume), "can only be a revocation");
        node.Takes(By(Atlantic, TransitionDocument.SequenceMax, Revoke));
    }

    [Fact]
    public void Check_SameTransitionsInAnyOrder_LeadToTheSameStatus()
    {
        var random = new Random(7);
        for (int run = 0; run < 300; run++)
        {
            var sent = Parties.Select(party => Sequence(party, random)).ToArray();
            var statuses = Enumerable.Range(0, 4).Select(_ => Receive(sent, random)).ToList();
            Assert.All(statuses, status => Assert.Equal(statuses[0], status));
        }
    }

    [Theory]
    [InlineData(AgreementState.Active, "", true)]
    [InlineData(AgreementState.Active, "S", false)]
    [InlineData(AgreementState.Active, "SR", true)]
    [InlineData(AgreementState.Suspended, "", false)]
    [InlineData(AgreementState.Suspended, "S", true)]
    [InlineData(AgreementState.Suspended, "SR", false)]
    [InlineData(AgreementState.Revoked, "S", false)]
    [InlineData(AgreementState.Revoked, "SX", true)]
    [InlineData(AgreementState.Suspended, "SX", false)]
    [InlineData(AgreementState.Active, "X", false)]
    [InlineData(AgreementState.Expired, "SX", true)]
    [InlineData(AgreementState.Superseded, "S", true)]
    public void Explain_StoredState_MustFollowFromTheTransitions(AgreementState stored, string events, bool follows)
    {
        var history = TransitionHistory.Empty;
        for (int i = 0; i < events.Length; i++) history = history.With(By(Atlantic, i + 1, events[i] switch { 'S' => Suspend, 'R' => Resume, _ => Revoke }));
        var status = history.Explain(stored, Active.SignedBy);
        Assert.Equal(follows, status is not null);
        if (status is not null) Assert.Equal((stored, stored == AgreementState.Suspended ? "atlantic" : ""), (status.State, string.Join(' ', status.SuspendedBy)));
    }

    private static SignedTransition By(TestNode party, int sequence, TransitionEvent happening, string reason = "A test.")
        => SignedTransition.Sign(party.Key, new TransitionDocument(DocumentContexts.Transition.Text, Agreement.Id, party.Partner, sequence, happening, reason, Sample.Now));

    private static (TransitionOutcome, string) Result(TransitionVerdict verdict) => (verdict.Outcome, verdict.Fault);

    /// <summary>What a party does in its own order.</summary>
    private static List<SignedTransition> Sequence(TestNode party, Random random)
    {
        var events = Enumerable.Range(0, random.Next(5)).Select(i => i % 2 == 0 ? Suspend : Resume).ToList();
        if (random.Next(4) == 0) events.Add(Revoke);
        return [.. events.Select((happening, i) => By(party, i + 1, happening))];
    }

    /// <summary>Brings them with repetitions and too early, each until it is taken.</summary>
    private static AgreementStatus Receive(List<SignedTransition>[] sent, Random random)
    {
        var node = new Receiver();
        var open = sent.SelectMany(party => party).ToList();
        while (open.Count > 0)
        {
            var one = open[random.Next(open.Count)];
            var verdict = node.Check(one);
            Assert.NotEqual(TransitionOutcome.Refused, verdict.Outcome);
            if (verdict.Outcome == TransitionOutcome.Taken) node.Takes(one);
            if (verdict.Outcome != TransitionOutcome.Early && random.Next(3) > 0) open.Remove(one);
        }
        return node.Status;
    }

    private sealed class Receiver
    {
        public TransitionHistory History { get; private set; } = TransitionHistory.Empty;
        public AgreementStatus Status { get; set; } = Active;
        public Epoch Now { get; init; } = Sample.Now;

        public TransitionVerdict Check(SignedTransition transition) => History.Check(Agreement, Status, transition, Now);

        public void Takes(SignedTransition transition)
        {
            var verdict = Check(transition);
            Assert.Equal((TransitionOutcome.Taken, ""), Result(verdict));
            (Status, History) = (verdict.Status, History.With(transition));
        }

        public void Refuses(SignedTransition transition, string reason)
        {
            var verdict = Check(transition);
            Assert.Equal((TransitionOutcome.Refused, Status), (verdict.Outcome, verdict.Status));
            Assert.Contains(reason, verdict.Fault, StringComparison.Ordinal);
        }
    }
}
