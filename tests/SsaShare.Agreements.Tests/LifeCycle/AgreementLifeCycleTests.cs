using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class AgreementLifeCycleTests
{
    private static readonly Agreement Agreement = Between("grants: [{id: g}]", parties: "atlantic, pacific, caribbean");
    private static readonly Epoch Late = At("2036-01-01T00:00:00Z");
    private static readonly AgreementEvent Sign = new AgreementEvent.Sign(), Activate = new AgreementEvent.Activate(), Suspend = new AgreementEvent.Suspend(),
        Resume = new AgreementEvent.Resume(), Revoke = new AgreementEvent.Revoke(), Expire = new AgreementEvent.Expire();

    [Fact]
    public void Apply_SignaturesOneByOne_ProposeAndCountersign()
    {
        var status = Go(AgreementStatus.Draft, Sign, Pacific);
        Assert.Equal(AgreementState.Proposed, status.State);
        status = Go(status, Sign, Atlantic);
        Assert.Equal(AgreementState.Proposed, status.State);
        status = Go(status, Sign, Caribbean);
        Assert.Equal(AgreementState.Countersigned, status.State);
        Assert.Equal([Atlantic, Caribbean, Pacific], status.SignedBy);
        Assert.Equal(AgreementState.Active, Go(status, Activate, Pacific).State);
    }

    [Fact]
    public void Apply_TwoSuspensions_EndWhenBothResume()
    {
        var status = Go(Go(Active(), Suspend, Pacific), Suspend, Atlantic);
        Assert.Equal(AgreementState.Suspended, status.State);
        AssertRefused(TransitionRefusal.AlreadySuspendedByActor, status, Suspend, Atlantic);
        AssertRefused(TransitionRefusal.NotSuspendedByActor, status, Resume, Caribbean);
        status = Go(status, Resume, Pacific);
        Assert.Equal(AgreementState.Suspended, status.State);
        Assert.Equal(Active(), Go(status, Resume, Atlantic));
    }

    [Fact]
    public void Apply_Successor_SupersedesOnlyWhatItNames()
    {
        var next = Between("grants: [{id: g}]", parties: "caribbean, atlantic, pacific", extra: $"supersedes: {Agreement.Id}");
        Assert.Equal(AgreementState.Superseded, Go(Active(), new AgreementEvent.Supersede(next), Pacific).State);
        var unrelated = Between("grants: [{id: g}]", parties: "atlantic, pacific, caribbean", extra: $"supersedes: {next.Id}");
        AssertRefused(TransitionRefusal.NotItsSuccessor, Active(), new AgreementEvent.Supersede(unrelated), Pacific);
        var fewer = Between("grants: [{id: g}]", extra: $"supersedes: {Agreement.Id}");
        AssertRefused(TransitionRefusal.NotItsSuccessor, Active(), new AgreementEvent.Supersede(fewer), Pacific);
    }

    [Fact]
    public void Apply_AfterValidity_OnlyExpiresOrRevokes()
    {
        AssertRefused(TransitionRefusal.NotYetExpired, Active(), Expire, Pacific);
        AssertRefused(TransitionRefusal.Expired, Active(), Suspend, Pacific, Late);
        AssertRefused(TransitionRefusal.Expired, AgreementStatus.Draft, Sign, Pacific, Late);
        Assert.Equal(AgreementState.Expired, Go(Active(), Expire, Pacific, Late).State);
        Assert.Equal(AgreementState.Revoked, Go(Active(), Revoke, Pacific, Late).State);
    }

    [Theory]
    [InlineData(AgreementState.Draft, "Sign Expire")]
    [InlineData(AgreementState.Proposed, "Sign Revoke Expire")]
    [InlineData(AgreementState.Countersigned, "Activate Supersede Revoke Expire")]
    [InlineData(AgreementState.Active, "Suspend Supersede Revoke Expire")]
    [InlineData(AgreementState.Suspended, "Suspend Resume Supersede Revoke Expire")]
    [InlineData(AgreementState.Superseded, "")]
    [InlineData(AgreementState.Revoked, "")]
    [InlineData(AgreementState.Expired, "")]
    [InlineData(AgreementState.Unspecified, "")]
    public void Apply_InEachState_TakesTheseEventsAndNoOther(AgreementState state, string events)
    {
        var next = Between("grants: [{id: g}]", parties: "atlantic, pacific, caribbean", extra: $"supersedes: {Agreement.Id}");
        AgreementEvent[] all = [Sign, Activate, Suspend, Resume, new AgreementEvent.Supersede(next), Revoke, Expire];
        var status = state == AgreementState.Suspended ? new AgreementStatus(state, [], [Pacific]) : new AgreementStatus(state, [], []);
        var taken = all.Where(one => new[] { Pacific, Atlantic }.Any(actor =>
            !AgreementLifeCycle.Apply(Agreement, status, one, actor, one is AgreementEvent.Expire ? Late : Now).IsRefused));
        Assert.Equal(events, string.Join(' ', taken.Select(one => one.GetType().Name)));
    }

    [Fact]
    public void Apply_ByStranger_IsRefused() => AssertRefused(TransitionRefusal.ActorNotParty, Active(), Revoke, Stranger);

    [Fact]
    public void Apply_SignedTwice_IsRefused() => AssertRefused(TransitionRefusal.AlreadySigned, Go(AgreementStatus.Draft, Sign, Pacific), Sign, Pacific);

    private static AgreementStatus Active() => new(AgreementState.Active, [Atlantic, Caribbean, Pacific], []);

    private static AgreementStatus Go(AgreementStatus status, AgreementEvent happening, PartnerId actor, Epoch? now = null)
    {
        var transition = AgreementLifeCycle.Apply(Agreement, status, happening, actor, now ?? Now);
        Assert.Equal(TransitionRefusal.None, transition.Refusal);
        return transition.Status;
    }

    private static void AssertRefused(TransitionRefusal refusal, AgreementStatus status, AgreementEvent happening, PartnerId actor, Epoch? now = null)
    {
        var transition = AgreementLifeCycle.Apply(Agreement, status, happening, actor, now ?? Now);
        Assert.Equal(refusal, transition.Refusal);
        Assert.Equal(status, transition.Status);
    }
}
