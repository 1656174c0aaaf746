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

    private static SignedNodeCard Card(string partner)
    {
        var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var certificate = TlsCertificate.CreateForNode(partner, ["localhost"], [], DateTimeOffset.UtcNow);
        using var log = NoteSigner.Generate($"log.{partner}.example");
        using var witness = NoteSigner.Generate($"witness.{partner}.example", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner, partner, new Uri("https://localhost:7101"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey, [SpkiPin.Of(certificate)], [], DateTimeOffset.UtcNow).Sign(key);
    }
}
