using System.Text;

namespace SsaShare.Signing.Tests.NodeCards;

public sealed class NodeCardTests : IDisposable
{
    private static readonly DateTimeOffset IssuedAt = new(2026, 11, 22, 9, 30, 15, 500, TimeSpan.FromHours(1));
    private static readonly SpkiPin Pin = new(Hash256.Of("tls"u8)), OperatorPin = new(Hash256.Of("operator"u8));
    private readonly SigningKey _key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly NoteSigner _log = NoteSigner.Generate("node.example/log");
    private readonly NoteSigner _witness = NoteSigner.Generate("node.example/witness", NoteSignatureType.CosignatureV1);
    private readonly SigningKey _recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    public void Dispose()
    {
        _key.Dispose();
        _log.Dispose();
        _witness.Dispose();
        _recovery.Dispose();
    }

    [Fact]
    public void TryOpen_SignedCard_HasEveryField()
    {
        SignedNodeCard signed = Card().Sign(_key);
        SignedNodeCard opened = Opened(signed.ToJson());
        NodeCard card = opened.Card;
        Assert.Equal(signed.Id, opened.Id);
        Assert.Equal(("alpha", "Agência α"), (card.PartnerId, card.DisplayName));
        Assert.Equal(new Uri("https://node.example:7443"), card.Endpoint);
        Assert.Equal(_key.VerificationKey, card.SigningKey);
        Assert.Equal(_log.Verifier, card.LogKey);
        Assert.Equal(_witness.Verifier, card.WitnessKey);
        Assert.Equal(_recovery.VerificationKey, card.RecoveryKey);
        Assert.Equal([Pin], card.TlsPins);
        Assert.Equal([OperatorPin], card.OperatorPins);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 30, 15, TimeSpan.Zero), card.IssuedAt);
    }

    [Fact]
    public void Sign_Card_WritesTheseBytes()
    {
        string expected = $$"""
            {"partnerId":"alpha","displayName":"Agência α","endpoint":"https://node.example:7443",
            "signingKey":"{{_key.VerificationKey}}","logKey":"{{_log.Verifier}}",
            "witnessKey":"{{_witness.Verifier}}","recoveryKey":"{{_recovery.VerificationKey}}",
            "tlsPins":["{{Pin}}"],"operatorPins":["{{OperatorPin}}"],"issuedAt":"2026-11-22T08:30:15Z"}
            """.ReplaceLineEndings("");
        SignedNodeCard signed = Card().Sign(_key);
        Assert.Equal(expected, Encoding.UTF8.GetString(signed.Envelope.Payload.Span));
        Assert.Equal(new NodeCardId(Hash256.Of(Encoding.UTF8.GetBytes(expected))), signed.Id);
    }

    [Fact]
    public void TryOpen_CardThatFollowsOnAnother_NamesIt()
    {
        SignedNodeCard first = Card().Sign(_key);
        SignedNodeCard signed = Card(previous: first.Id, sequence: 3).Sign(_key);
        Assert.EndsWith($$""","issuedAt":"2026-11-22T08:30:15Z","previous":"{{first.Id}}","sequence":3}""", Encoding.UTF8.GetString(signed.Envelope.Payload.Span), StringComparison.Ordinal);
        NodeCard card = Opened(signed.ToJson()).Card;
        Assert.Equal((first.Id, 3), (card.Previous, card.Sequence));
        Assert.Equal((null, 0), (first.Card.Previous, first.Card.Sequence));
        Assert.Throws<ArgumentException>(() => Card(previous: first.Id));
        Assert.Throws<ArgumentException>(() => Card(sequence: 1));
        Assert.Throws<ArgumentException>(() => Card(previous: first.Id, sequence: -1));
    }

    [Theory]
    [InlineData(",\"previous\":\"00\",\"sequence\":1}")]
    [InlineData(",\"sequence\":1}")]
    [InlineData(",\"sequence\":0}")]
    [InlineData(",\"previous\":\"PREVIOUS\"}")]
    [InlineData(",\"previous\":null,\"sequence\":1}")]
    [InlineData(",\"previous\":\"PREVIOUS\",\"sequence\":0}")]
    [InlineData(",\"previous\":\"PREVIOUS\",\"sequence\":1.5}")]
    [InlineData(",\"previous\":\"PREVIOUS\",\"sequence\":\"1\"}")]
    public void TryOpen_PlaceNotOfItsForm_IsRefused(string end)
    {
        SignedNodeCard first = Card().Sign(_key);
        string payload = Encoding.UTF8.GetString(first.Envelope.Payload.Span)[..^1] + end.Replace("PREVIOUS", first.Id.ToString(), StringComparison.Ordinal);
        Refused(DsseEnvelope.Create(SignedNodeCard.PayloadType, Encoding.UTF8.GetBytes(payload)).Sign(_key).ToJson());
    }

    [Fact]
    public void Sign_AnotherKey_Throws()
    {
        using var other = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Assert.Throws<ArgumentException>(() => Card().Sign(other));
    }

    [Fact]
    public void TryOpen_SignedByAnotherKey_IsRefused()
    {
        using var other = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] payload = Card().Sign(_key).Envelope.Payload.ToArray();
        Refused(DsseEnvelope.Create(SignedNodeCard.PayloadType, payload).Sign(other).ToJson());
        Refused(DsseEnvelope.Create(SignedNodeCard.PayloadType, payload).ToJson());
    }

    [Fact]
    public void TryOpen_AnotherPayloadType_IsRefused()
        => Refused(DsseEnvelope.Create("application/vnd.ssashare.agreement.v1+json", Card().Sign(_key).Envelope.Payload.Span).Sign(_key).ToJson());

    [Theory]
    [InlineData("\"alpha\"", "\"Alpha\"")]
    [InlineData("\"alpha\"", "\"a\"")]
    [InlineData("\"alpha\"", "\"alpha-\"")]
    [InlineData("\"alpha\"", "\"\"")]
    [InlineData("\"alpha\"", "7")]
    [InlineData("Agência", "Ag\\u0007")]
    [InlineData("https:", "http:")]
    [InlineData("node.example:7443", "node.example:7443/path")]
    [InlineData("node.example:7443", "user@node.example:7443")]
    [InlineData("2026-11-22T08:30:15Z", "2026-11-22T08:30:15")]
    [InlineData("2026-11-22T08:30:15Z", "2026-02-30T08:30:15Z")]
    [InlineData("ecdsa-p256-sha256:", "ed25519:")]
    [InlineData("node.example/log+", "node.example/lag+")]
    [InlineData("\"witnessKey\"", "\"witness\"")]
    [InlineData("\"recoveryKey\"", "\"recovery\"")]
    [InlineData("{\"partnerId\"", "{\"extra\":1,\"partnerId\"")]
    [InlineData("{\"partnerId\"", "{\"partnerId\":\"alpha\",\"partnerId\"")]
    [InlineData("\"partnerId\"", "\"partner\"")]
    [InlineData("\"operatorPins\":[", "\"operatorPins\":[\"00\",")]
    public void TryOpen_SignedButNotOfItsForm_IsRefused(string from, string to)
    {
        string payload = Encoding.UTF8.GetString(Card().Sign(_key).Envelope.Payload.Span);
        Assert.Contains(from, payload, StringComparison.Ordinal);
        Refused(DsseEnvelope.Create(SignedNodeCard.PayloadType, Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal))).Sign(_key).ToJson());
    }

    [Fact]
    public void NodeCard_PinTwiceOrNoPin_Throws()
    {
        Assert.Throws<ArgumentException>(() => Card(tlsPins: [Pin, Pin]));
        Assert.Throws<ArgumentException>(() => Card(tlsPins: []));
    }

    [Fact]
    public void NodeCard_OneKeyForTwoPurposes_Throws()
    {
        using var log = NoteSigner.ImportPkcs8("node.example/log", _witness.ExportPkcs8());
        // The same Ed25519 key as a note key and as a signing key.
        using var ofLog = SigningKey.ImportPkcs8(_log.ExportPkcs8());
        using var ofWitness = SigningKey.ImportPkcs8(_witness.ExportPkcs8());
        Assert.Throws<ArgumentException>(() => Card(recoveryKey: ofLog.VerificationKey));
        Assert.Throws<ArgumentException>(() => Card(recoveryKey: ofWitness.VerificationKey));
        Assert.Throws<ArgumentException>(() => Card(recoveryKey: _key.VerificationKey));
        Assert.Throws<ArgumentException>(() => Card(logKey: log.Verifier));
        Assert.Throws<ArgumentException>(() => Card(logKey: _witness.Verifier));
        Assert.Throws<ArgumentException>(() => Card(witnessKey: _log.Verifier));
    }

    [Fact]
    public void TryOpen_DamagedFiles_NeverThrowsAndOpensOnlyTheSameCard()
    {
        SignedNodeCard original = Card().Sign(_key);
        foreach (byte[] damaged in Mutations.Of(original.ToJson(), Nightly.FuzzInputs / 5, seed: 1))
        {
            if (SignedNodeCard.TryOpen(damaged, out SignedNodeCard? opened, out _))
            {
                Assert.Equal(original.Id, opened.Id);
            }
        }
    }

    [Fact]
    public void TryOpen_DamagedPayloadsSignedAgain_NeverThrows()
    {
        int opened = 0;
        foreach (byte[] damaged in Mutations.Of(Card().Sign(_key).Envelope.Payload.ToArray(), Nightly.FuzzInputs / 5, seed: 2))
        {
            byte[] json = DsseEnvelope.Create(SignedNodeCard.PayloadType, damaged).Sign(_key).ToJson();
            opened += SignedNodeCard.TryOpen(json, out _, out _) ? 1 : 0;
        }

        Assert.InRange(opened, 1, Nightly.FuzzInputs / 10);
    }

    private NodeCard Card(IReadOnlyList<SpkiPin>? tlsPins = null, NoteVerifier? logKey = null, NoteVerifier? witnessKey = null, VerificationKey? recoveryKey = null, NodeCardId? previous = null, int sequence = 0) => new("alpha", "Agência α", new Uri("https://node.example:7443/"),
        _key.VerificationKey, logKey ?? _log.Verifier, witnessKey ?? _witness.Verifier, recoveryKey ?? _recovery.VerificationKey, tlsPins ?? [Pin], [OperatorPin], IssuedAt, previous, sequence);

    private static SignedNodeCard Opened(byte[] json)
    {
        Assert.True(SignedNodeCard.TryOpen(json, out SignedNodeCard? card, out string? fault), fault);
        return card;
    }

    private static void Refused(byte[] json)
    {
        Assert.False(SignedNodeCard.TryOpen(json, out _, out string? fault));
        Assert.NotEmpty(fault);
    }
}
