namespace SsaShare.Exchange.Tests;

public sealed class SignedDocumentTests
{
    private static readonly SignedDocument Signed = SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Receipt, "payload"u8.ToArray());

    [Fact]
    public void Verify_KeyAndKindOfTheSigner_Succeeds() => Assert.True(Signed.Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Receipt));

    [Fact]
    public void Verify_AnotherKeyKindPayloadOrKeyId_Fails()
    {
        Assert.False(Signed.Verify(Sample.AtlanticKey.VerificationKey, DocumentContexts.Receipt));
        Assert.False(Signed.Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Manifest));
        Assert.False((Signed with { Payload = "other"u8.ToArray() }).Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Receipt));
        Assert.False((Signed with { KeyId = Sample.AtlanticKey.Id }).Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Receipt));
        Assert.False((Signed with { Signature = default }).Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Receipt));
    }

    [Fact]
    public void Parse_WhatToJsonWrote_GivesTheSameDocument()
    {
        Assert.True(SignedDocument.TryParse(Signed.ToJson(), out var parsed));
        Assert.Equal((Signed.Id, Signed.KeyId), (parsed.Id, parsed.KeyId));
        Assert.Equal(Signed.Signature.ToArray(), parsed.Signature.ToArray());
    }

    [Fact]
    public void Parse_MutatedBytes_GivesAValueOrANoAndNothingElseVerifies()
    {
        var random = new Random(3);
        byte[] json = Signed.ToJson();
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            if (!SignedDocument.TryParse(Sample.Mutate(json, random), out var parsed)) continue;
            bool same = parsed.Id == Signed.Id && parsed.KeyId == Signed.KeyId && parsed.Signature.Span.SequenceEqual(Signed.Signature.Span);
            Assert.Equal(same, parsed.Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Receipt));
        }
    }
}
