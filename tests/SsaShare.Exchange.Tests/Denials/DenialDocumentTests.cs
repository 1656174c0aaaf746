using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class DenialDocumentTests
{
    private static readonly SignedDocument Signed = Sign(DenialReason.Suspended, Sample.Now);

    [Fact]
    public void Open_TheProvidersWord_IsRead()
    {
        var denial = Open(Signed, out string fault);
        Assert.Equal(("", DenialReason.Suspended, Sample.Now, (Hash256?)null), (fault, denial!.Reason, denial.At, denial.Manifest));
    }

    [Fact]
    public void Write_ADenial_IsTheseBytes() => Assert.Equal(
        $$"""{"type":"ssashare/denial/v1","agreement":"{{Sample.Agreement}}","provider":"pacific","receiver":"atlantic","reason":"cursor_of_other_epoch","at":"2026-11-22T12:00:00Z","manifest":null}""",
        Encoding.UTF8.GetString(Sign(DenialReason.CursorOfOtherEpoch, Sample.Now).Payload.Span));

    [Theory]
    [InlineData("suspended", "tired")]
    [InlineData("suspended", "unspecified")]
    [InlineData("\"suspended\"", "2")]
    [InlineData("denial/v1", "manifest/v1")]
    public void Open_AnythingElse_IsNoDenial(string part, string instead)
    {
        string text = Encoding.UTF8.GetString(Signed.Payload.Span);
        Assert.Contains(part, text, StringComparison.Ordinal);
        var other = SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Denial, Sample.Utf8(text.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Null(Open(other, out string fault));
        Assert.Contains("well-formed", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherReaderAgreementOrProvider_IsRefused()
    {
        Assert.Null(DenialDocument.Open(Signed, Sample.Agreement, Sample.Pacific, Sample.Caribbean, Sample.Keys, Sample.Now, out _));
        Assert.Null(DenialDocument.Open(Signed, new AgreementId(Hash256.Of("another"u8)), Sample.Pacific, Sample.Atlantic, Sample.Keys, Sample.Now, out _));
        Assert.Null(DenialDocument.Open(Signed, Sample.Agreement, Sample.Atlantic, Sample.Atlantic, Sample.Keys, Sample.Now, out string fault));
        Assert.Contains("other parties", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SignedByAnotherOrAsAnotherKind_IsRefused()
    {
        var denial = new DenialDocument(DocumentContexts.Denial.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, DenialReason.Revoked, Sample.Now);
        Assert.Null(Open(SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Denial, DocumentJson.Write(denial)), out _));
        Assert.Null(Open(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Receipt, DocumentJson.Write(denial)), out string fault));
        Assert.Contains("signature", fault, StringComparison.Ordinal);
    }

    /// <summary>A denial from the future would stay the newest word of its provider for ever.</summary>
    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Open_DatedAhead_IsTakenUpToTheLeadOfClocks(double seconds, bool isTaken)
        => Assert.Equal(isTaken, Open(Sign(DenialReason.Paused, Sample.Now.Plus(TimeSpan.FromSeconds(seconds))), out _) is not null);

    [Fact]
    public void ReasonOf_EveryClosedAgreement_HasAWordOfItsOwn()
    {
        WithholdReason[] closed = [WithholdReason.AgreementSuspended, WithholdReason.AgreementRevoked, WithholdReason.AgreementExpired, WithholdReason.AgreementSuperseded, WithholdReason.WitnessQuorumMissing, WithholdReason.AgreementNotYetValid];
        Assert.Equal(closed.Length, closed.Select(DenialReasons.Of).Distinct().Count());
        Assert.Equal(DenialReason.NotActive, DenialReasons.Of(WithholdReason.AgreementNotActive));
    }

    [Fact]
    public void Open_RandomMutatedOrCutOff_GivesADenialOrANo()
    {
        var random = new Random(20261122);
        byte[] json = Signed.ToJson(), payload = Signed.Payload.ToArray();
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            byte[] input = random.Next(4) switch { 0 => RandomBytes(random), 1 => payload[..random.Next(payload.Length)], _ => Sample.Mutate(payload, random) };
            // Signed as it is, so that what is behind the signature is reached.
            if (Open(i % 4 == 0 ? SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Denial, input) : Signed with { Payload = input }, out string fault) is { } read) Assert.NotEqual(DenialReason.Unspecified, read.Reason);
            else Assert.NotEqual("", fault);
            _ = SignedDocument.TryParse(Sample.Mutate(json, random), out _);
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static SignedDocument Sign(DenialReason reason, Epoch at) => DenialDocument.Sign(Sample.PacificKey, Sample.Agreement, Sample.Pacific, Sample.Atlantic, reason, at, null);

    private static DenialDocument? Open(SignedDocument signed, out string fault)
        => DenialDocument.Open(signed, Sample.Agreement, Sample.Pacific, Sample.Atlantic, Sample.Keys, Sample.Now, out fault);
}
