using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Peering.Tests;

public sealed class AgreementBookTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private Home _home = null!;

    public AgreementBookTests()
        => (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));

    public async ValueTask InitializeAsync() => _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);

    [Fact]
    public async Task Propose_OwnAgreement_IsSignedByThisNodeAndStored()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        var changed = _home.Book.Changed;
        var entry = (await _home.Book.ProposeAsync(agreement, CancellationToken.None)).Entry;
        Assert.Equal((AgreementState.Proposed, "atlantic", "pacific"), (entry!.State, entry.Verification.SignedBy.Single().Value, entry.Verification.Missing.Single().Value));
        Assert.Equal(AgreementState.Proposed, _home.Agreements.StateOf(agreement.Id));
        Assert.True(changed.IsCompleted);
    }

    [Fact]
    public async Task Propose_AgreementBetweenOthers_IsRefused()
        => await RefusedAsync(_home.Book.ProposeAsync(Pact.Between([_pacific, _caribbean], _time), CancellationToken.None), "'atlantic' is not a party");

    [Fact]
    public async Task Keep_ProposalOfAParty_IsHereAndNotInForce()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        var kept = await KeepAsync(agreement.SignedBy(_pacific), _pacific);
        Assert.Equal(AgreementState.Proposed, kept.Entry?.State);
        Assert.Same(kept.Entry, _home.Book.Find(agreement.Id));
    }

    [Fact]
    public async Task Keep_FromAPartnerThatIsNoParty_IsRefused()
        => await RefusedAsync(KeepAsync(Pact.Between([_atlantic, _pacific], _time).SignedBy(_pacific), _caribbean), "'caribbean' is not a party");

    [Fact]
    public async Task Keep_AgreementBetweenOthers_IsRefused()
        => await RefusedAsync(KeepAsync(Pact.Between([_pacific, _caribbean], _time).SignedBy(_pacific), _pacific), "'atlantic' is not a party");

    [Fact]
    public async Task Keep_SignedByNobody_IsRefused()
        => await RefusedAsync(KeepAsync(Pact.Between([_atlantic, _pacific], _time).SignedBy(), _pacific), "No signature");

    [Fact]
    public async Task Keep_SignedByAStranger_IsRefused()
    {
        using var stranger = Party.Create("stranger", _time);
        await RefusedAsync(KeepAsync(Pact.Between([_atlantic, _pacific], _time).SignedBy(_pacific, stranger), _pacific), "not pinned here");
    }

    [Fact]
    public async Task Keep_SignatureOfAnotherDocument_IsRefused()
    {
        var signed = Pact.Between([_atlantic, _pacific], _time, "What was signed").SignedBy(_pacific);
        var other = Pact.Between([_atlantic, _pacific], _time, "What was not").SignedBy(_pacific);
        var tampered = JsonNode.Parse(signed.ToJson())!;
        tampered["payload"] = JsonNode.Parse(other.ToJson())!["payload"]!.DeepClone();
        Assert.True(AgreementEnvelope.TryParse(Encoding.UTF8.GetBytes(tampered.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })), out var envelope, out _));
        Assert.Equal(other.Id, envelope.Id);
        await RefusedAsync(KeepAsync(envelope, _pacific), "No signature");
    }

    [Fact]
    public async Task Keep_SecondSignature_CompletesTheAgreementAndPutsItIntoForce()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await _home.Book.ProposeAsync(agreement, CancellationToken.None);
        var kept = await KeepAsync(agreement.SignedBy(_pacific), _pacific);
        Assert.Equal((AgreementState.Active, 2), (kept.Entry!.State, kept.Entry.Envelope.SignatureCount));
        Assert.Equal(AgreementState.Active, _home.Agreements.StateOf(agreement.Id));
    }

    [Fact]
    public async Task Keep_SignaturesOneByOne_AreUnited()
    {
        var agreement = Pact.Between([_atlantic, _pacific, _caribbean], _time);
        Assert.Equal(AgreementState.Proposed, (await KeepAsync(agreement.SignedBy(_pacific), _pacific)).Entry?.State);
        Assert.Equal(AgreementState.Proposed, (await KeepAsync(agreement.SignedBy(_caribbean), _caribbean)).Entry?.State);
        var signed = (await _home.Book.SignAsync(agreement.Id, CancellationToken.None)).Entry!;
        Assert.Equal((AgreementState.Active, 3), (signed.State, signed.Envelope.SignatureCount));
    }

    [Fact]
    public async Task Keep_WhatIsKnown_StoresNothing()
    {
        var envelope = Pact.Between([_atlantic, _pacific], _time).SignedBy(_pacific);
        await KeepAsync(envelope, _pacific);
        var changed = _home.Book.Changed;
        Assert.NotNull((await KeepAsync(envelope, _pacific)).Entry);
        Assert.Single(_home.Agreements.Saves);
        Assert.False(changed.IsCompleted);
    }

    [Fact]
    public async Task Keep_FewerSignaturesThanKnown_LosesNone()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await KeepAsync(agreement.SignedBy(_pacific, _atlantic), _pacific);
        Assert.Equal(2, (await KeepAsync(agreement.SignedBy(_pacific), _pacific)).Entry?.Envelope.SignatureCount);
    }

    [Fact]
    public async Task Sign_WhatIsNotHere_IsRefused()
        => await RefusedAsync(_home.Book.SignAsync(Pact.Between([_atlantic, _pacific], _time).Id, CancellationToken.None), "There is no agreement");

    [Fact]
    public async Task Keep_AfterItsValidity_IsNotInForce()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await _home.Book.ProposeAsync(agreement, CancellationToken.None);
        _time.Advance(2 * Pact.Day);
        Assert.NotEqual(AgreementState.Active, (await KeepAsync(agreement.SignedBy(_pacific), _pacific)).Entry?.State);
    }

    [Fact]
    public async Task Keep_MoreOpenProposalsThanTheMost_RefusesThatPartnersAndNoOthers()
    {
        for (int i = 0; i < AgreementBook.OpenProposalsMax; i++)
            Assert.NotNull((await KeepAsync(Pact.Between([_atlantic, _pacific], _time, $"Proposal {i}").SignedBy(_pacific), _pacific)).Entry);
        await RefusedAsync(KeepAsync(Pact.Between([_atlantic, _pacific], _time, "One more").SignedBy(_pacific), _pacific), "wait for signatures");

        // Agreements that are there already are still signed, another partner and this node's own operator still propose.
        Assert.Equal(AgreementState.Active, (await _home.Book.SignAsync(_home.Book.Entries.First().Agreement.Id, CancellationToken.None)).Entry?.State);
        Assert.NotNull((await KeepAsync(Pact.Between([_atlantic, _caribbean], _time).SignedBy(_caribbean), _caribbean)).Entry);
        Assert.NotNull((await _home.Book.ProposeAsync(Pact.Between([_atlantic, _caribbean], _time, "Own"), CancellationToken.None)).Entry);
        // One was signed, so that there is room for one again.
        Assert.NotNull((await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "One more").SignedBy(_pacific), _pacific)).Entry);
        await RefusedAsync(KeepAsync(Pact.Between([_atlantic, _pacific], _time, "Yet one").SignedBy(_pacific), _pacific), "wait for signatures");
    }

    [Fact]
    public async Task Keep_StoreFails_TheSnapshotStaysAndTheNextTrySucceeds()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await _home.Book.ProposeAsync(agreement, CancellationToken.None);
        var changed = _home.Book.Changed;
        _home.Agreements.Fault = _ => new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => KeepAsync(agreement.SignedBy(_pacific), _pacific));
        Assert.Equal(AgreementState.Proposed, _home.Book.Find(agreement.Id)?.State);
        Assert.False(changed.IsCompleted);

        _home.Agreements.Fault = _ => null;
        Assert.Equal(AgreementState.Active, (await KeepAsync(agreement.SignedBy(_pacific), _pacific)).Entry?.State);
    }

    [Fact]
    public async Task Load_AfterARestart_HoldsWhatWasKept()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await KeepAsync(agreement.SignedBy(_pacific, _atlantic), _pacific);
        await _home.RestartAsync();
        Assert.Equal((AgreementState.Active, agreement.Id), (_home.Book.Entries.Single().State, _home.Book.Entries.Single().Agreement.Id));
    }

    [Theory, InlineData(AgreementState.Superseded), InlineData(AgreementState.Expired)]
    public async Task Keep_AfterItEnded_DoesNotPutItBackIntoForce(AgreementState ended)
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        _home.Agreements.Put(agreement.SignedBy(_pacific), ended);
        await _home.RestartAsync();
        Assert.Equal(ended, (await KeepAsync(agreement.SignedBy(_pacific, _atlantic), _pacific)).Entry?.State);
        await RefusedAsync(_home.Book.SignAsync(agreement.Id, CancellationToken.None), $"The agreement is {ended}");
    }

    [Fact]
    public async Task Load_StoredAgreementThatNoLongerVerifies_RefusesToLoad()
    {
        using var stranger = Party.Create("stranger", _time);
        _home.Agreements.Put(Pact.Between([_atlantic, stranger], _time).SignedBy(stranger), AgreementState.Proposed);
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(_home.RestartAsync);
        Assert.Contains("Stored agreement", refusal.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _caribbean }) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<AgreementAcceptance> KeepAsync(AgreementEnvelope envelope, Party from) => _home.Book.KeepAsync(envelope, from.Partner, CancellationToken.None);

    private async Task RefusedAsync(Task<AgreementAcceptance> acceptance, string reason)
    {
        int before = _home.Agreements.Saves.Count;
        var (entry, fault) = await acceptance;
        Assert.Null(entry);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.Equal(before, _home.Agreements.Saves.Count);
    }
}
