using System.Globalization;
using System.Numerics;
using System.Text;

namespace SsaShare.Signing.Tests.Dsse;

public sealed class DsseEnvelopeTests : IDisposable
{
    private const string Type = "application/vnd.ssashare.test.v1+json";
    private readonly SigningKey _alice = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly SigningKey _bob = SigningKey.Generate(SignatureAlgorithm.Ed25519);
    private readonly SigningKey _mallory = SigningKey.Generate(SignatureAlgorithm.Ed25519);

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _mallory.Dispose();
    }

    /// <summary>The example of DSSE's protocol.md, "Test Vectors": ECDSA P-256, r and s concatenated.</summary>
    [Fact]
    public void Verify_SpecificationExample_IsSignedByItsKey()
    {
        const string Json = """
            {"payload": "aGVsbG8gd29ybGQ=",
             "payloadType": "http://example.com/HelloWorld",
             "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
            """;
        byte[] x = Coordinate("46950820868899156662930047687818585632848591499744589407958293238635476079160");
        byte[] y = Coordinate("5640078356564379163099075877009565129882514886557779369047442380624545832820");
        Assert.True(VerificationKey.TryCreate(SignatureAlgorithm.EcdsaP256Sha256, [0x04, .. x, .. y], out VerificationKey? key));
        DsseEnvelope envelope = Parsed(Json);
        Assert.Equal("hello world"u8.ToArray(), envelope.Payload.ToArray());
        Assert.Equal([key], envelope.Verify([key]));
    }

    [Fact]
    public void Verify_TwoSigners_NamesThoseAndNoOther()
    {
        DsseEnvelope envelope = RoundTrip(Signed(_alice, _bob));
        Assert.Equal([_bob.VerificationKey, _alice.VerificationKey],
            envelope.Verify([_mallory.VerificationKey, _bob.VerificationKey, _alice.VerificationKey, _bob.VerificationKey]));
        Assert.True(envelope.IsSignedByAll([_alice.VerificationKey, _bob.VerificationKey]));
        Assert.False(envelope.IsSignedByAll([_alice.VerificationKey, _mallory.VerificationKey]));
        Assert.False(envelope.IsSignedByAll([]));
    }

    [Fact]
    public void Verify_SameSignatureTwice_CountsOneSigner()
    {
        string json = Encoding.UTF8.GetString(Signed(_bob).ToJson());
        int from = json.IndexOf('{', 1), to = json.LastIndexOf(']');
        DsseEnvelope doubled = Parsed(json[..to].TrimEnd() + "," + json[from..to] + json[to..]);
        Assert.Equal(2, doubled.Signatures.Count);
        Assert.Single(doubled.Verify([_bob.VerificationKey]));
    }

    [Fact]
    public void Sign_SameKeyAgain_AddsNothing()
    {
        DsseEnvelope once = Signed(_alice);
        Assert.Same(once, once.Sign(_alice));
    }

    [Fact]
    public void Verify_PayloadOrTypeChanged_NamesNobody()
    {
        string json = Encoding.UTF8.GetString(Signed(_bob).ToJson());
        string payload = Convert.ToBase64String("{}"u8);
        Assert.Empty(Parsed(json.Replace(payload, Convert.ToBase64String("{ }"u8), StringComparison.Ordinal)).Verify([_bob.VerificationKey]));
        Assert.Empty(Parsed(json.Replace("test.v1", "test.v2", StringComparison.Ordinal)).Verify([_bob.VerificationKey]));
        Assert.Single(Parsed(json).Verify([_bob.VerificationKey]));
    }

    [Fact]
    public void Verify_KeyHintOfAnotherKey_ChangesNothing()
    {
        string json = Encoding.UTF8.GetString(Signed(_bob).ToJson());
        DsseEnvelope hinted = Parsed(json.Replace(_bob.Id.ToString(), _mallory.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal([_bob.VerificationKey], hinted.Verify([_mallory.VerificationKey, _bob.VerificationKey]));
    }

    [Fact]
    public void Verify_LabelledSignatureOfTheSameBytes_IsNoEnvelopeSignature()
    {
        byte[] labelled = _bob.Sign(new ContextLabel("test", 1), "{}"u8);
        string json = $$"""{"payload":"e30=","payloadType":"{{Type}}","signatures":[{"sig":"{{Convert.ToBase64String(labelled)}}"}]}""";
        Assert.Empty(Parsed(json).Verify([_bob.VerificationKey]));
    }

    [Fact]
    public void TryParse_UnknownFieldsAndUrlSafeBase64_AreAccepted()
    {
        DsseEnvelope envelope = DsseEnvelope.Create(Type, [0xfb, 0xff, 0xbf, 0x01]).Sign(_bob);
        string signature = Convert.ToBase64String(envelope.Signatures[0].Signature.Span).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        DsseEnvelope parsed = Parsed($$"""{"payload":"-_-_AQ","payloadType":"{{Type}}","note":{"a":1},"signatures":[{"sig":"{{signature}}","more":[]}]}""");
        Assert.Equal([_bob.VerificationKey], parsed.Verify([_bob.VerificationKey]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"payload":"e30=","payloadType":"t"}""")]
    [InlineData("""{"payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"a b","signatures":[]}""")]
    [InlineData("""{"payload":"e3 0=","payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"e31=","payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","\u0070ayload":"e30=","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"\ud800","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","signatures":[]} {}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","signatures":[{"keyid":"a"}]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","signatures":[{"keyid":1,"sig":""}]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","signatures":[null]}""")]
    [InlineData("""{"payload":"e30=","payloadType":"t","signatures":{}}""")]
    public void TryParse_NotAnEnvelope_IsRefusedWithAReason(string json)
    {
        Assert.False(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(json), out _, out string? fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_MoreSignaturesThanTheLimit_IsRefused()
    {
        string Json(int count) => $$"""{"payload":"e30=","payloadType":"t","signatures":[{{string.Join(',', Enumerable.Repeat("""{"sig":""}""", count))}}]}""";
        Assert.Equal(DsseEnvelope.MaxSignatures, Parsed(Json(DsseEnvelope.MaxSignatures)).Signatures.Count);
        Assert.False(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(Json(DsseEnvelope.MaxSignatures + 1)), out _, out _));
    }

    [Fact]
    public void TryParse_LongestPayload_IsReadAndOneByteMoreRefused()
    {
        DsseEnvelope longest = DsseEnvelope.Create(Type, new byte[DsseEnvelope.MaxPayloadBytes]).Sign(_bob);
        Assert.Single(RoundTrip(longest).Verify([_bob.VerificationKey]));
        Assert.Throws<ArgumentException>(() => DsseEnvelope.Create(Type, new byte[DsseEnvelope.MaxPayloadBytes + 1]));
    }

    [Fact]
    public void TryParse_DamagedEnvelopes_NeverThrowsAndNeverVerifiesOtherBytes()
    {
        DsseEnvelope original = Signed(_bob);
        foreach (byte[] damaged in Mutations.Of(original.ToJson(), Nightly.FuzzInputs, seed: 20_261_122))
        {
            if (DsseEnvelope.TryParse(damaged, out DsseEnvelope? parsed, out _) && parsed.Verify([_bob.VerificationKey]).Count > 0)
            {
                Assert.Equal((original.PayloadType, Convert.ToHexString(original.Payload.Span)), (parsed.PayloadType, Convert.ToHexString(parsed.Payload.Span)));
            }
        }
    }

    private static DsseEnvelope Signed(params SigningKey[] keys)
        => keys.Aggregate(DsseEnvelope.Create(Type, "{}"u8), (envelope, key) => envelope.Sign(key));

    private static DsseEnvelope RoundTrip(DsseEnvelope envelope) => Parsed(Encoding.UTF8.GetString(envelope.ToJson()));

    private static DsseEnvelope Parsed(string json)
    {
        Assert.True(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(json), out DsseEnvelope? envelope, out string? fault), fault);
        return envelope;
    }

    private static byte[] Coordinate(string text)
    {
        byte[] bytes = BigInteger.Parse(text, CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
