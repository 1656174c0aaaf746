using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Signing;

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
}
