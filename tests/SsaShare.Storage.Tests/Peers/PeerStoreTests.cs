using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class PeerStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pin_ACard_IsListedAndLoggedOnce()
    {
        var card = Card("caribbean");
        Assert.True(await node.Peers.TryPinAsync(card, Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.Equal(LogKinds.PeerPinned, (await node.Log.ReadAsync(head.Size - 1, head.Size, Token).SingleAsync(Token)).Event.Kind);

        Assert.True(await node.Peers.TryPinAsync(card, Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Contains(await node.Peers.ListAsync(Token), pinned => pinned.Id == card.Id);
    }

    [Fact]
    public async Task Pin_AnotherCardOfThePartner_IsRefused()
    {
        var card = Card("pacific");
        Assert.True(await node.Peers.TryPinAsync(card, Token));
        Assert.False(await node.Peers.TryPinAsync(Card("pacific"), Token));
        Assert.Equal(card.Id, Assert.Single(await node.Peers.ListAsync(Token), pinned => pinned.Card.PartnerId == "pacific").Id);
    }

    [Fact]
    public async Task SaveKeyEvent_TwiceAndInConflict_IsKeptAndLoggedOnceEach()
    {
        var (card, recovery) = Keyed("indian");
        Assert.True(await node.Peers.TryPinAsync(card, Token));
        KeyEvent[] both = [Change(card, recovery, "one"), Change(card, recovery, "another")];
        foreach (var change in both)
        {
            await node.Peers.SaveKeyEventAsync(change, isOwn: false, Token);
            var head = await node.Log.GetHeadAsync(Token);
            var entry = await node.Log.ReadAsync(head.Size - 1, head.Size, Token).SingleAsync(Token);
            Assert.Equal(LogKinds.PeerKeyEvent, entry.Event.Kind);
            Assert.Equal(change.ToJson(), entry.Event.Body.ToArray());
            await node.Peers.SaveKeyEventAsync(change, isOwn: false, Token);
            Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        }
        Assert.Equal(both.Select(change => change.Id), (await node.Peers.ListKeyEventsAsync(Token)).Where(change => change.PartnerId == "indian").Select(change => change.Id));
    }

    [Fact]
    public async Task KeepOwn_AnotherCardLater_LeavesTheFirst()
    {
        var card = Card("arctic");
        await node.Peers.KeepOwnAsync(card, Token);
        var head = await node.Log.GetHeadAsync(Token);
        Assert.Equal(LogKinds.NodeCard, (await node.Log.ReadAsync(head.Size - 1, head.Size, Token).SingleAsync(Token)).Event.Kind);
        await node.Peers.KeepOwnAsync(Card("arctic"), Token);
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Equal(card.Id, Assert.Single(await node.Peers.ListAsync(Token), one => one.Card.PartnerId == "arctic").Id);
    }

    private static KeyEvent Change(SignedNodeCard card, SigningKey recovery, string reason)
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var (old, now) = (card.Card, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        var next = new NodeCard(old.PartnerId, old.DisplayName, old.Endpoint, key.VerificationKey, old.LogKey, old.WitnessKey, old.RecoveryKey, old.TlsPins, old.OperatorPins, now, card.Id, old.Sequence + 1).Sign(key);
        return KeyEvent.Create(new KeyEventContent(next.Card.Sequence, KeyAction.Rotate, card, next, now, null, 0, reason), recovery, key);
    }

    private static SignedNodeCard Card(string partner) => Keyed(partner).Card;

    private static (SignedNodeCard Card, SigningKey Recovery) Keyed(string partner)
    {
        var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var certificate = TlsCertificate.CreateForNode(partner, ["localhost"], [], DateTimeOffset.UtcNow);
        using var log = NoteSigner.Generate($"log.{partner}.example");
        using var witness = NoteSigner.Generate($"witness.{partner}.example", NoteSignatureType.CosignatureV1);
        var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return (new NodeCard(partner, partner, new Uri("https://localhost:7101"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey, [SpkiPin.Of(certificate)], [], DateTimeOffset.UtcNow).Sign(key), recovery);
    }
}
