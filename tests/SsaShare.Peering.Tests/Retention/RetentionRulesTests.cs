using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>When what was received under an agreement is to be deleted.</summary>
public sealed class RetentionRulesTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;

    public RetentionRulesTests() => (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));

    private Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    [Theory]
    [InlineData(AgreementState.Active, false)]
    [InlineData(AgreementState.Suspended, false)]
    [InlineData(AgreementState.Revoked, true)]
    [InlineData(AgreementState.Expired, true)]
    public void Wants_ByItsOwnState(AgreementState state, bool wants)
    {
        var agreement = Agree(AfterEnd.Delete);
        Assert.Equal(wants, Wants(agreement, state));
        Assert.True(RetentionRules.WantsDeletion(agreement, state, agreement.Terms.ValidUntil, None));
        Assert.False(Wants(Agree(AfterEnd.Keep), state));
    }

    [Fact]
    public void Wants_OfASupersededOne_WhatItsSuccessorsSayWhenTheyAreOver()
    {
        var first = Agree(AfterEnd.Delete);
        var second = Agree(AfterEnd.Delete, first);
        var third = Agree(AfterEnd.Delete, second);
        Assert.False(Wants(first, AgreementState.Superseded));
        Assert.False(Wants(first, AgreementState.Superseded, (second, AgreementState.Active)));
        Assert.True(Wants(first, AgreementState.Superseded, (second, AgreementState.Revoked)));
        Assert.False(Wants(first, AgreementState.Superseded, (second, AgreementState.Superseded), (third, AgreementState.Suspended)));
        Assert.True(Wants(first, AgreementState.Superseded, (second, AgreementState.Superseded), (third, AgreementState.Expired)));
        Assert.False(Wants(first, AgreementState.Superseded, (Agree(AfterEnd.Keep, first), AgreementState.Revoked)));
    }

    [Fact]
    public void Wants_OfASupersededOne_NotWhileOneOfSeveralSuccessorsIsInForce()
    {
        var first = Agree(AfterEnd.Delete);
        Assert.False(Wants(first, AgreementState.Superseded, (Agree(AfterEnd.Delete, first), AgreementState.Active), (Agree(AfterEnd.Delete, first, "Never begun"), AgreementState.Revoked)));
    }

    public void Dispose()
    {
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private static ILookup<AgreementId?, (Agreement Agreement, AgreementState State)> None => Array.Empty<(Agreement Agreement, AgreementState State)>().ToLookup(one => one.Agreement.Terms.Supersedes);

    private bool Wants(Agreement agreement, AgreementState state, params (Agreement Agreement, AgreementState State)[] others)
        => RetentionRules.WantsDeletion(agreement, state, Now, others.ToLookup(one => one.Agreement.Terms.Supersedes));

    private Agreement Agree(AfterEnd afterEnd, Agreement? before = null, string title = "Observations")
        => Pact.Between([_atlantic, _pacific], _time, title, terms => terms with { AfterEnd = afterEnd, Supersedes = before?.Id });
}
