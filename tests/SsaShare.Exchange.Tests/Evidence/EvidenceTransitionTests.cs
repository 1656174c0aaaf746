using SsaShare.Agreements;
using SsaShare.Domain;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>Suspensions and revocations in logs: honest ones, and those of nodes that hide or invent one.</summary>
public sealed class EvidenceTransitionTests
{
    private readonly TestExchange _exchange = new();
    private int _ofAtlantic;

    [Fact]
    public async Task Verify_SuspendedResumedAndRevokedHonestly_Succeeds()
    {
        _exchange.Atlantic.Publish(1).Publish(1);
        _exchange.Deliver(_exchange.Issue(1, items: 1));
        foreach (var (happening, state) in new[] { (TransitionEvent.Suspend, AgreementState.Suspended), (TransitionEvent.Resume, AgreementState.Active) })
        {
            var transition = ByAtlantic(happening);
            foreach (var node in new[] { _exchange.Atlantic, _exchange.Pacific }) Log(node, transition, state);
        }
        _exchange.Deliver(_exchange.Issue(1, items: 1));
        var revocation = ByAtlantic(TransitionEvent.Revoke);
        foreach (var node in new[] { _exchange.Atlantic, _exchange.Pacific }) Log(node, revocation, AgreementState.Revoked);
        // A transition of the other that crossed it on the way is kept and changes nothing.
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, Sign(_exchange.Pacific, 1, TransitionEvent.Suspend).Original.ToJson());
        var audit = await _exchange.AuditAsync();
        Assert.True(audit.Succeeded, Failures(audit));
    }

    [Theory, InlineData(TransitionEvent.Suspend, AgreementState.Suspended), InlineData(TransitionEvent.Revoke, AgreementState.Revoked)]
    public async Task Verify_AManifestIssuedAfterTheAgreementEnded_Fails(TransitionEvent happening, AgreementState state)
    {
        _exchange.Atlantic.Publish(1);
        Log(_exchange.Atlantic, ByAtlantic(happening), state);
        _exchange.Deliver(_exchange.Issue(1, items: 1));
        AssertFails(await _exchange.AuditAsync(), $"had become {state}");
    }

    [Fact]
    public async Task Verify_AManifestIssuedAfterATransitionWhoseStateIsLeftOut_Fails()
    {
        _exchange.Atlantic.Publish(1);
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, ByAtlantic(TransitionEvent.Suspend).Original.ToJson());
        _exchange.Deliver(_exchange.Issue(1, items: 1));
        AssertFails(await _exchange.AuditAsync(), "had become Suspended");
    }

    [Fact]
    public async Task Verify_AStateWithoutItsTransition_Fails()
    {
        _exchange.Atlantic.Agree(_exchange.Envelope, AgreementState.Suspended);
        AssertFails(await _exchange.AuditAsync(), "its state is Suspended, to which the transitions in this log do not lead");
        var resumed = new TestExchange();
        Log(resumed.Atlantic, Sign(resumed, resumed.Atlantic, 1, TransitionEvent.Suspend), AgreementState.Suspended, resumed);
        resumed.Atlantic.Agree(resumed.Envelope, AgreementState.Active);
        AssertFails(await resumed.AuditAsync(), "its state is Active, to which the transitions in this log do not lead");
    }

    [Fact]
    public async Task Verify_ATransitionOutOfOrderRepeatedOrSignedByAnother_Fails()
    {
        var first = ByAtlantic(TransitionEvent.Suspend);
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, Sign(_exchange.Atlantic, 2, TransitionEvent.Resume).Original.ToJson());
        AssertFails(await _exchange.AuditAsync(), "The one with number 1 is not here yet");
        Log(_exchange.Atlantic, first, AgreementState.Suspended);
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, first.Original.ToJson());
        AssertFails(await _exchange.AuditAsync(), "the log holds it already");
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, SignedTransition.Sign(_exchange.Atlantic.Key, Sign(_exchange.Pacific, 1, TransitionEvent.Revoke).Document).Original.ToJson());
        AssertFails(await _exchange.AuditAsync(), "the signature is not that of 'pacific'");
        _exchange.Atlantic.Append(LogKinds.AgreementTransition, "{}"u8.ToArray());
        AssertFails(await _exchange.AuditAsync(), "it is not well-formed");
    }

    [Fact]
    public async Task Verify_AnOwnTransitionDatedBack_Fails()
    {
        var old = Sign(_exchange.Atlantic, 1, TransitionEvent.Suspend).Document with { Time = Sample.Now.PlusSeconds(-3_600) };
        Log(_exchange.Atlantic, SignedTransition.Sign(_exchange.Atlantic.Key, old), AgreementState.Suspended);
        AssertFails(await _exchange.AuditAsync(), "and was logged at");
    }

    [Fact]
    public async Task Verify_TwoTransitionsWithOneNumberAtTwoNodes_Fails()
    {
        Log(_exchange.Atlantic, Sign(_exchange.Atlantic, 1, TransitionEvent.Suspend), AgreementState.Suspended);
        Log(_exchange.Pacific, Sign(_exchange.Atlantic, 1, TransitionEvent.Revoke), AgreementState.Revoked);
        AssertFails(await _exchange.AuditAsync(), "'atlantic' signed two transitions with number 1");
    }

    private SignedTransition ByAtlantic(TransitionEvent happening) => Sign(_exchange.Atlantic, ++_ofAtlantic, happening);

    private SignedTransition Sign(TestNode party, int number, TransitionEvent happening) => Sign(_exchange, party, number, happening);

    private static SignedTransition Sign(TestExchange exchange, TestNode party, int number, TransitionEvent happening)
        => SignedTransition.Sign(party.Key, new TransitionDocument(DocumentContexts.Transition.Text, exchange.Agreement.Id, party.Partner, number, happening, "A test.", party.Now));

    private void Log(TestNode node, SignedTransition transition, AgreementState state, TestExchange? exchange = null)
        => node.Append(LogKinds.AgreementTransition, transition.Original.ToJson()).Agree((exchange ?? _exchange).Envelope, state);
}
