using SsaShare.Agreements;

namespace SsaShare.Peering.Tests;

/// <summary>Of two agreements of which one names the other as superseded, at most one is in force, whatever comes first and whatever fails between.</summary>
public sealed class AgreementBookSuccessionTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private readonly Agreement _before, _after;
    private Home _home = null!;

    public AgreementBookSuccessionTests()
    {
        (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));
        _before = Pact.Between([_atlantic, _pacific], _time, "Before");
        _after = Pact.Between([_atlantic, _pacific], _time, "After", terms => terms with { Supersedes = _before.Id });
    }

    public async ValueTask InitializeAsync() => _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);

    [Fact]
    public async Task Keep_SuccessorComesIntoForce_PredecessorIsSuperseded()
    {
        await KeepAsync(_before);
        await KeepAsync(_after);
        AssertSucceeded();
    }

    [Fact]
    public async Task Keep_SuccessorIsOnlyProposed_PredecessorStaysInForce()
    {
        await KeepAsync(_before);
        await _home.Book.KeepAsync(_after.SignedBy(_pacific), _pacific.Partner, CancellationToken.None);
        Assert.Equal(AgreementState.Active, _home.Book.Find(_before.Id)?.State);
    }

    [Fact]
    public async Task Keep_SuccessorBetweenOthers_PredecessorStaysInForce()
    {
        await KeepAsync(_before);
        var other = Pact.Between([_atlantic, _pacific, _caribbean], _time, "Other parties", terms => terms with { Supersedes = _before.Id });
        await _home.Book.KeepAsync(other.SignedBy(_atlantic, _pacific, _caribbean), _pacific.Partner, CancellationToken.None);
        Assert.Equal((AgreementState.Active, AgreementState.Active), (_home.Book.Find(_before.Id)!.State, _home.Book.Find(other.Id)!.State));
    }

    [Fact]
    public async Task Keep_PredecessorComesAfterItsSuccessor_IsSupersededAtOnce()
    {
        await KeepAsync(_after);
        await KeepAsync(_before);
        AssertSucceeded();
    }

    [Fact]
    public async Task Keep_StoreFailsBetweenTheTwoSaves_TheNextDeliveryMakesItGood()
    {
        await KeepAsync(_before);
        _home.Agreements.Fault = agreement => agreement.State == AgreementState.Superseded ? new TimeoutException("The store is away.") : null;
        await Assert.ThrowsAsync<TimeoutException>(() => KeepAsync(_after));
        _home.Agreements.Fault = _ => null;
        await KeepAsync(_after);
        AssertSucceeded();
    }

    [Fact]
    public async Task Load_StoppedBetweenTheTwoSaves_PredecessorIsSuperseded()
    {
        _home.Agreements.Put(_before.SignedBy(_atlantic, _pacific), AgreementState.Active);
        _home.Agreements.Put(_after.SignedBy(_atlantic, _pacific), AgreementState.Active);
        await _home.RestartAsync();
        AssertSucceeded();
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _caribbean }) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task KeepAsync(Agreement agreement)
        => Assert.NotNull((await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry);

    private void AssertSucceeded()
    {
        Assert.Equal((AgreementState.Superseded, AgreementState.Active), (_home.Book.Find(_before.Id)!.State, _home.Book.Find(_after.Id)!.State));
        Assert.Equal((AgreementState.Superseded, AgreementState.Active), (_home.Agreements.StateOf(_before.Id), _home.Agreements.StateOf(_after.Id)));
    }
}
