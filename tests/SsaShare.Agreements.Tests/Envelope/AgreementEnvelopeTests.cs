using System.Text;
using SsaShare.Signing;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class AgreementEnvelopeTests
{
    private static readonly AgreementEnvelope Unsigned = AgreementEnvelope.Of(Seed("atlantic-pacific"));

    [Fact]
    public void Verify_SignedByAll_IsComplete()
    {
        var verified = Reopen(Unsigned.Sign(Key(Pacific)).Sign(Key(Atlantic))).Verify(Pinned);
        Assert.Equal(AgreementOutcome.Complete, verified.Outcome);
        Assert.Equal(Seed("atlantic-pacific"), verified.Agreement);
        Assert.Equal([Atlantic, Pacific], verified.SignedBy);
    }

    [Fact]
    public void Verify_SignedByOne_NamesWhoIsMissing()
    {
        var verified = Unsigned.Sign(Key(Pacific)).Verify(Pinned);
        Assert.Equal(AgreementOutcome.SignaturesMissing, verified.Outcome);
        Assert.Equal([Atlantic], verified.Missing);
        Assert.Equal([Pacific], verified.SignedBy);
    }

    [Fact]
    public void Verify_Unsigned_IsRefused() => Assert.Equal(AgreementOutcome.BadSignature, Unsigned.Verify(Pinned).Outcome);

    [Fact]
    public void Verify_SignerNotParty_IsRefused()
        => AssertRefused(AgreementOutcome.SignerNotParty, Unsigned.Sign(Key(Pacific)).Sign(Key(Atlantic)).Sign(Key(Stranger)));

    [Fact]
    public void Verify_SignerNotPinned_IsRefused()
    {
        using var unknown = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        AssertRefused(AgreementOutcome.BadSignature, Unsigned.Sign(Key(Pacific)).Sign(unknown));
    }

    [Fact]
    public void Verify_TamperedPayload_IsRefused()
    {
        var signed = Unsigned.Sign(Key(Pacific)).Sign(Key(Atlantic));
        string payload = Encoding.UTF8.GetString(Seed("atlantic-pacific").Payload.AsSpan());
        string longer = payload.Replace("2036", "2099", StringComparison.Ordinal);
        string json = Encoding.UTF8.GetString(signed.ToJson()).Replace(Base64(payload), Base64(longer), StringComparison.Ordinal);
        Assert.DoesNotContain(Base64(payload), json, StringComparison.Ordinal);
        AssertRefused(AgreementOutcome.BadSignature, Reopen(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Verify_RepeatedSignature_IsRefused()
    {
        var one = DsseEnvelope.Create(AgreementEnvelope.PayloadType, Seed("atlantic-pacific").Payload.AsSpan()).Sign(Key(Pacific));
        string json = Encoding.UTF8.GetString(one.ToJson());
        string signature = json[json.IndexOf('{', 1)..(json.LastIndexOf(']') - 1)].Trim();
        AssertRefused(AgreementOutcome.BadSignature, Reopen(Encoding.UTF8.GetBytes(json.Replace(signature, $"{signature},{signature}", StringComparison.Ordinal))));
    }

    [Fact]
    public void Verify_PartyKeyOtherThanPinned_IsRefused()
    {
        using var newKey = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        var repinned = Pinned.Select(card => card.PartnerId == "atlantic" ? MakeCard("atlantic", newKey).Card : card);
        Assert.Equal(AgreementOutcome.KeyNotPinned, Unsigned.Sign(Key(Pacific)).Verify(repinned).Outcome);
    }

    [Fact]
    public void Verify_SignedNonsense_IsMalformed()
        => Assert.Equal(AgreementOutcome.Malformed, Reopen(DsseEnvelope.Create(AgreementEnvelope.PayloadType, "{}"u8).Sign(Key(Pacific)).ToJson()).Verify(Pinned).Outcome);

    [Fact]
    public void TryParse_OtherPayloadType_IsRefused()
    {
        Assert.False(AgreementEnvelope.TryParse(Card(Pacific)!.ToJson(), out _, out string? fault));
        Assert.Contains("node-card", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_SameKeyTwice_AddsNothing() => Assert.Equal(1, Unsigned.Sign(Key(Pacific)).Sign(Key(Pacific)).SignatureCount);

    private static void AssertRefused(AgreementOutcome outcome, AgreementEnvelope envelope)
    {
        var verified = envelope.Verify(Pinned);
        Assert.Equal(outcome, verified.Outcome);
        Assert.Null(verified.Agreement);
    }

    private static AgreementEnvelope Reopen(AgreementEnvelope envelope) => Reopen(envelope.ToJson());

    private static AgreementEnvelope Reopen(byte[] json)
        => AgreementEnvelope.TryParse(json, out var envelope, out string? fault) ? envelope : throw new FormatException(fault);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
