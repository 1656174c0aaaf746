using System.Text;

namespace SsaShare.Signing.Tests.NodeCards;

public sealed class KeyEventTests
{
    private readonly KeyParty _alpha = new();

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void TryOpen_SignedEvent_HasEveryField(int? compromisedDay)
    {
        SignedNodeCard first = _alpha.Card;
        KeyEvent made = _alpha.Change(day: 5, logSize: 77, compromisedDay);
        KeyEvent opened = Opened(made.ToJson());
        Assert.Equal(made.Id, opened.Id);
        Assert.Equal(("alpha", 1, 77L, "a reason"), (opened.PartnerId, opened.Sequence, opened.LogSize, opened.Reason));
        Assert.Equal((first.Id, _alpha.Card.Id), (opened.Previous.Id, opened.Next.Id));
        Assert.Equal(compromisedDay is null ? KeyAction.Rotate : KeyAction.Revoke, opened.Action);
        Assert.Equal((KeyParty.Day(5), KeyParty.Day(compromisedDay ?? 5)), (opened.Effective, opened.Boundary));
    }

    [Fact]
    public void Create_KeysOfOthers_Throws()
    {
        SignedNodeCard first = _alpha.Card;
        SigningKey stolen = _alpha.Signing, recovery = _alpha.Recovery;
        KeyEvent genuine = _alpha.Change(day: 5, logSize: 1);
        Assert.Equal(first.Id, genuine.Previous.Id);
        // Whoever has the signing key alone cannot change anything.
        Assert.Throws<ArgumentException>(() => KeyEvent.Create(genuine.Content, stolen, _alpha.Signing));
        Assert.Throws<ArgumentException>(() => KeyEvent.Create(genuine.Content, recovery, stolen));
        Assert.Equal(genuine.Id, KeyEvent.Create(genuine.Content, recovery, _alpha.Signing).Id);
    }

    [Fact]
    public void TryOpen_OneSignatureOfTwo_IsRefused()
    {
        SigningKey recovery = _alpha.Recovery, stolen = _alpha.Signing;
        KeyEvent made = _alpha.Change(day: 5, logSize: 1);
        DsseEnvelope unsigned = DsseEnvelope.Create(KeyEvent.PayloadType, made.Envelope.Payload.Span);
        Refused(unsigned.ToJson());
        Refused(unsigned.Sign(recovery).ToJson());
        Refused(unsigned.Sign(_alpha.Signing).ToJson());
        Refused(unsigned.Sign(stolen).Sign(_alpha.Signing).ToJson());
        Assert.Equal(made.Id, Opened(unsigned.Sign(_alpha.Signing).Sign(recovery).ToJson()).Id);
    }

    [Fact]
    public void TryOpen_AnotherPayloadType_IsRefused()
    {
        SigningKey recovery = _alpha.Recovery;
        KeyEvent made = _alpha.Change(day: 5, logSize: 1);
        Refused(DsseEnvelope.Create(SignedNodeCard.PayloadType, made.Envelope.Payload.Span).Sign(recovery).Sign(_alpha.Signing).ToJson());
    }

    [Theory]
    [InlineData("\"sequence\":1", "\"sequence\":0")]
    [InlineData("\"sequence\":1", "\"sequence\":-1")]
    [InlineData("\"sequence\":1", "\"sequence\":1.5")]
    [InlineData("\"sequence\":1", "\"sequence\":99999999999")]
    [InlineData("\"revoke\"", "\"rotate\"")]
    [InlineData("\"revoke\"", "\"destroy\"")]
    [InlineData("\"log_size\":1", "\"log_size\":-1")]
    [InlineData("\"a reason\"", "\"\"")]
    [InlineData("\"a reason\"", "\"a \\u202e reason\"")]
    [InlineData("\"partner\":\"alpha\"", "\"partner\":\"beta\"")]
    [InlineData("\"compromised_since\":\"2026-01-04", "\"compromised_since\":\"2026-01-14")]
    [InlineData("\"effective\":\"2026-01-06T00:00:00Z\"", "\"effective\":\"2026-01-06T00:00:00.5Z\"")]
    [InlineData("{\"partner\"", "{\"extra\":1,\"partner\"")]
    [InlineData("\"card\":\"", "\"card\":\"!")]
    public void TryOpen_SignedButNotOfItsForm_IsRefused(string from, string to)
    {
        SigningKey recovery = _alpha.Recovery;
        string payload = Encoding.UTF8.GetString(_alpha.Change(day: 5, logSize: 1, compromisedDay: 3).Envelope.Payload.Span);
        Assert.Contains(from, payload, StringComparison.Ordinal);
        Refused(DsseEnvelope.Create(KeyEvent.PayloadType, Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal))).Sign(recovery).Sign(_alpha.Signing).ToJson());
    }

    [Fact]
    public void Create_WhatNobodyWouldTake_Throws()
    {
        KeyEventContent content = _alpha.Change(day: 5, logSize: 1, keep: false).Content;
        Assert.Null(content.WhatIsWrong());
        Assert.NotNull((content with { Next = content.Previous }).WhatIsWrong());
        Assert.NotNull((content with { Next = new KeyParty("beta").Card }).WhatIsWrong());
        Assert.NotNull((content with { Effective = content.Effective.AddMilliseconds(1) }).WhatIsWrong());
        Assert.NotNull((content with { Effective = content.Effective.AddSeconds(1) }).WhatIsWrong());
        Assert.NotNull((content with { Sequence = 2 }).WhatIsWrong());
        Assert.NotNull((content with { Previous = new KeyParty().Card }).WhatIsWrong());
        Assert.NotNull((content with { Action = KeyAction.Revoke }).WhatIsWrong());
        Assert.NotNull((content with { CompromisedSince = content.Effective }).WhatIsWrong());
        // A revocation that keeps the signing key, and a key that gets another use.
        Assert.Throws<ArgumentException>(() => _alpha.Change(day: 5, logSize: 1, compromisedDay: 4, signing: false));
        var card = content.Previous.Card;
        var turned = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, _alpha.Recovery.VerificationKey, card.LogKey, card.WitnessKey, KeyParty.NewKey().VerificationKey, card.TlsPins, card.OperatorPins, content.Effective, content.Previous.Id, sequence: 1);
        Assert.NotNull((content with { Next = turned.Sign(_alpha.Recovery) }).WhatIsWrong());
    }

    [Fact]
    public void TryOpen_DamagedEvents_NeverThrowsAndOpensOnlyTheSame()
    {
        KeyEvent original = _alpha.Change(day: 5, logSize: 1);
        foreach (byte[] damaged in Mutations.Of(original.ToJson(), Nightly.FuzzInputs, seed: 4))
        {
            if (KeyEvent.TryOpen(damaged, out KeyEvent? opened, out string? fault)) Assert.Equal(original.Id, opened.Id);
            else Assert.NotEmpty(fault);
        }
    }

    [Fact]
    public void TryOpen_DamagedPayloadsSignedAgain_NeverThrows()
    {
        SigningKey recovery = _alpha.Recovery;
        byte[] payload = _alpha.Change(day: 5, logSize: 1).Envelope.Payload.ToArray();
        foreach (byte[] damaged in Mutations.Of(payload, count: 2_000, seed: 5))
            if (!KeyEvent.TryOpen(DsseEnvelope.Create(KeyEvent.PayloadType, damaged).Sign(recovery).Sign(_alpha.Signing).ToJson(), out _, out string? fault)) Assert.NotEmpty(fault);
    }

    private static KeyEvent Opened(byte[] json)
    {
        Assert.True(KeyEvent.TryOpen(json, out KeyEvent? opened, out string? fault), fault);
        return opened;
    }

    private static void Refused(byte[] json)
    {
        Assert.False(KeyEvent.TryOpen(json, out _, out string? fault));
        Assert.NotEmpty(fault);
    }
}
