using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using AgreementChange = SsaShare.Exchange.AgreementChange;

namespace SsaShare.Storage.Tests;

public sealed class AgreementStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_EachChange_IsKeptWithALogEntry()
    {
        var id = new AgreementId(Hash256.Of(Guid.NewGuid().ToByteArray()));
        var proposed = new StoredAgreement(id, "{\"signatures\":1}"u8.ToArray(), AgreementState.Proposed);
        var active = new StoredAgreement(id, "{\"signatures\":2}"u8.ToArray(), AgreementState.Active);
        long size = (await node.Log.GetHeadAsync(Token)).Size;

        foreach (var save in (StoredAgreement[])[proposed, proposed, active, active]) await node.Agreements.SaveAsync(save, Token);

        var stored = Assert.Single(await node.Agreements.ListAsync(Token), agreement => agreement.Id == id);
        Assert.Equal(AgreementState.Active, stored.State);
        Assert.Equal(active.Envelope.ToArray(), stored.Envelope.ToArray());
        var entries = await node.Log.ReadAsync(size, long.MaxValue, Token).ToListAsync(Token);
        Assert.Equal([(AgreementState.Proposed, Convert.ToHexString(proposed.Envelope.Span)), (AgreementState.Active, Convert.ToHexString(active.Envelope.Span))],
            entries.Select(entry => AgreementChange.TryParse(entry.Event.Body.Span, out var change) ? (change.State, Convert.ToHexString(change.Envelope.Span)) : default));
        Assert.All(entries, entry => Assert.Equal(LogKinds.Agreement, entry.Event.Kind));
        Assert.Equal($"{size}:2 {size + 1}:4", await node.ScalarAsync<string>($"SELECT string_agg(log_index || ':' || state, ' ' ORDER BY log_index) FROM agreement_change WHERE agreement = '\\x{id}'"));
    }

    [Fact]
    public async Task SaveTransition_WithTheStateItLeadsTo_IsKeptOnceInOneTransactionWithItsLogEntries()
    {
        var active = new StoredAgreement(new AgreementId(Hash256.Of(Guid.NewGuid().ToByteArray())), "{}"u8.ToArray(), AgreementState.Active);
        await node.Agreements.SaveAsync(active, Token);
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var suspension = Transition(key, active.Id, 1, TransitionEvent.Suspend);
        var late = Transition(key, active.Id, 2, TransitionEvent.Revoke);
        long size = (await node.Log.GetHeadAsync(Token)).Size;

        for (int i = 0; i < 2; i++) await node.Agreements.SaveTransitionAsync(suspension, active with { State = AgreementState.Suspended }, Token);
        // One that changes nothing more has one entry.
        await node.Agreements.SaveTransitionAsync(late, active with { State = AgreementState.Suspended }, Token);

        var entries = await node.Log.ReadAsync(size, long.MaxValue, Token).ToListAsync(Token);
        Assert.Equal([LogKinds.AgreementTransition, LogKinds.Agreement, LogKinds.AgreementTransition], entries.Select(entry => entry.Event.Kind));
        Assert.Equal(suspension.Original.ToJson(), entries[0].Event.Body.ToArray());
        Assert.Equal(AgreementState.Suspended, Assert.Single(await node.Agreements.ListAsync(Token), agreement => agreement.Id == active.Id).State);
        var kept = (await node.Agreements.ListTransitionsAsync(Token)).Where(document => document.KeyId == key.Id).ToList();
        Assert.Equal([suspension.Original.Id, late.Original.Id], kept.Select(document => document.Id));
        Assert.All(kept, document => Assert.True(document.Verify(key.VerificationKey, DocumentContexts.Transition)));
    }

    [Fact]
    public async Task SaveTransition_AnotherWithTheSameNumber_StoresNothing()
    {
        var active = new StoredAgreement(new AgreementId(Hash256.Of(Guid.NewGuid().ToByteArray())), "{}"u8.ToArray(), AgreementState.Active);
        await node.Agreements.SaveAsync(active, Token);
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        await node.Agreements.SaveTransitionAsync(Transition(key, active.Id, 1, TransitionEvent.Suspend), active with { State = AgreementState.Suspended }, Token);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Agreements.SaveTransitionAsync(Transition(key, active.Id, 1, TransitionEvent.Revoke), active with { State = AgreementState.Revoked }, Token));
        Assert.Equal(size, (await node.Log.GetHeadAsync(Token)).Size);
        Assert.Equal(AgreementState.Suspended, Assert.Single(await node.Agreements.ListAsync(Token), agreement => agreement.Id == active.Id).State);
    }

    private static SignedTransition Transition(SigningKey key, AgreementId agreement, int number, TransitionEvent happening)
        => SignedTransition.Sign(key, new TransitionDocument(DocumentContexts.Transition.Text, agreement, PartnerId.Parse("pacific"), number, happening, "A test.", Utc.FromDateTime(TimeProvider.System.GetUtcNow())));
}
