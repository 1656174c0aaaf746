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
    public void TryOpen_SignedRestore_HasEveryField()
    {
        KeyEvent opened = Opened(_alpha.Restore(day: 5, logSize: 77, heldSize: 70, seenSize: 99).ToJson());
        Assert.Equal((KeyAction.Restore, 77L, "disk lost", "ssashare/alpha/log/2"), (opened.Action, opened.LogSize, opened.Reason, opened.Next.Card.LogKey.Name));
        Assert.Equal(KeyParty.Cut(5, 70, 99), opened.Cut);
        Assert.Equal(29, opened.Cut!.LostEntries);
        Assert.Equal("ssashare/alpha/log/3", _alpha.Restore(day: 6, logSize: 78, heldSize: 78, seenSize: 79).Next.Card.LogKey.Name);
    }

    [Theory]
    [InlineData("x/log", "x/log/2"), InlineData("x/log/2", "x/log/3"), InlineData("x/log/9", "x/log/10"), InlineData("x/log/1", "x/log/1/2"), InlineData("x/log/02", "x/log/02/2"), InlineData("x/log/2147483647", "x/log/2147483647/2"), InlineData("log", "log/2"), InlineData("", "/2"), InlineData("/", "//2")]
    public void NextName_OfANumberedName_CountsOn(string name, string next) => Assert.Equal(next, LogCut.NextName(name));

    [Fact]
    public void Create_RestoreThatSaysOrChangesSomethingElse_Throws()
    {
        KeyEventContent content = _alpha.Restore(day: 5, logSize: 77, heldSize: 70, seenSize: 99, keep: false).Content;
        Assert.Null(content.WhatIsWrong());
        Assert.NotNull((content with { Cut = null }).WhatIsWrong());
        Assert.NotNull((content with { Action = KeyAction.Rotate }).WhatIsWrong());
        Assert.NotNull((content with { Action = KeyAction.Rotate, Cut = null }).WhatIsWrong());
        Assert.NotNull((content with { CompromisedSince = content.Effective }).WhatIsWrong());
        foreach (LogCut cut in new[]
        {
            KeyParty.Cut(5, 78, 99), KeyParty.Cut(5, -1, 99), KeyParty.Cut(5, 70, 70), KeyParty.Cut(5, 70, 60), KeyParty.Cut(7, 70, 99),
            KeyParty.Cut(5, 70, 99) with { HeldAt = KeyParty.Day(4).AddMilliseconds(1) },
        })
            Assert.NotNull((content with { Cut = cut }).WhatIsWrong());
        // Nothing hides behind a restore: not another name, not another key.
        NodeCard card = content.Next.Card;
        foreach (NodeCard other in new[]
        {
            Card(card.LogKey.Renamed("ssashare/alpha/log/3"), card.SigningKey), Card(content.Previous.Card.LogKey, card.SigningKey),
            Card(NoteSigner.Generate(card.LogKey.Name).Verifier, card.SigningKey), Card(card.LogKey, KeyParty.NewKey().VerificationKey, KeyParty.NewKey().VerificationKey),
        })
            Assert.NotNull((content with { Next = other.SigningKey.Equals(card.SigningKey) ? other.Sign(_alpha.Signing) : content.Previous }).WhatIsWrong());
        var recovered = Card(card.LogKey, card.SigningKey, KeyParty.NewKey().VerificationKey);
        Assert.NotNull((content with { Next = recovered.Sign(_alpha.Signing) }).WhatIsWrong());
        foreach (NodeCard other in new[]
        {
            Shown("Beta", card.Endpoint, card.OperatorPins), Shown(card.DisplayName, new Uri("https://elsewhere.example:7101"), card.OperatorPins), Shown(card.DisplayName, card.Endpoint, [.. card.OperatorPins, card.TlsPins[0]]),
        })
            Assert.NotNull((content with { Next = other.Sign(_alpha.Signing) }).WhatIsWrong());
        Assert.Null((content with { Next = Shown(card.DisplayName, card.Endpoint, card.OperatorPins).Sign(_alpha.Signing) }).WhatIsWrong());

        NodeCard Shown(string name, Uri endpoint, IReadOnlyList<SpkiPin> operatorPins)
            => new(card.PartnerId, name, endpoint, card.SigningKey, card.LogKey, card.WitnessKey, card.RecoveryKey, card.TlsPins, operatorPins, content.Effective, content.Previous.Id, card.Sequence);

        NodeCard Card(NoteVerifier log, VerificationKey signing, VerificationKey? recovery = null)
            => new(card.PartnerId, card.DisplayName, card.Endpoint, signing, log, card.WitnessKey, recovery ?? card.RecoveryKey, card.TlsPins, card.OperatorPins, content.Effective, content.Previous.Id, card.Sequence);
    }

    [Theory]
    [InlineData("\"held_size\":70", "\"held_size\":-70")]
    [InlineData("\"held_size\":70", "\"held_size\":7e99")]
    [InlineData("\"seen_size\":99", "\"seen_size\":9")]
    [InlineData("\"held_at\":\"", "\"held_at\":\"2")]
    [InlineData("\"cut\":{", "\"cut\":{\"extra\":1,")]
    [InlineData("\"cut\":{", "\"cut\":1,\"cot\":{")]
    [InlineData("\"root\":\"", "\"root\":\"AAAA")]
    [InlineData("\"restore\"", "\"rotate\"")]
    public void TryOpen_SignedRestoreNotOfItsForm_IsRefused(string from, string to)
    {
        string payload = Encoding.UTF8.GetString(_alpha.Restore(day: 5, logSize: 77, heldSize: 70, seenSize: 99).Envelope.Payload.Span);
        Assert.Contains(from, payload, StringComparison.Ordinal);
        Refused(DsseEnvelope.Create(KeyEvent.PayloadType, Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal))).Sign(_alpha.Recovery).Sign(_alpha.Signing).ToJson());
    }

    [Fact]
    public void TryOpen_DamagedEvents_NeverThrowsAndOpensOnlyTheSame()
    {
        KeyEvent[] originals = [_alpha.Change(day: 5, logSize: 1), _alpha.Restore(day: 6, logSize: 77, heldSize: 70, seenSize: 99)];
        foreach (KeyEvent original in originals)
        foreach (byte[] damaged in Mutations.Of(original.ToJson(), Nightly.FuzzInputs / originals.Length, seed: 4))
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
        payload = _alpha.Restore(day: 6, logSize: 77, heldSize: 70, seenSize: 99).Envelope.Payload.ToArray();
        foreach (byte[] damaged in Mutations.Of(payload, count: 2_000, seed: 6))
            if (!KeyEvent.TryOpen(DsseEnvelope.Create(KeyEvent.PayloadType, damaged).Sign(_alpha.Recovery).Sign(_alpha.Signing).ToJson(), out _, out string? fault)) Assert.NotEmpty(fault);
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
