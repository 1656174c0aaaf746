using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class TransitionDocumentTests
{
    private static TransitionDocument Document { get; }
        = new(DocumentContexts.Transition.Text, Sample.Agreement, Sample.Atlantic, 1, TransitionEvent.Suspend, "Fence is down, says Zoë.", Sample.Now);

    [Theory, InlineData(TransitionEvent.Suspend, "suspend"), InlineData(TransitionEvent.Resume, "resume"), InlineData(TransitionEvent.Revoke, "revoke")]
    public void Sign_EachEvent_ReadsBackAndVerifies(TransitionEvent happening, string word)
    {
        var signed = SignedTransition.Sign(Sample.AtlanticKey, Document with { Event = happening });
        Assert.True(SignedDocument.TryParse(signed.Original.ToJson(), out var parsed));
        Assert.True(SignedTransition.TryRead(parsed, out var read));
        Assert.Equal(signed.Document, read.Document);
        Assert.True(read.Verify(Sample.AtlanticKey.VerificationKey));
        Assert.Contains($"\"event\":\"{word}\"", Encoding.UTF8.GetString(parsed.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_KeyOrContextOfAnother_IsRefused()
    {
        Assert.False(SignedTransition.Sign(Sample.AtlanticKey, Document).Verify(Sample.PacificKey.VerificationKey));
        var receipt = SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Receipt, DocumentJson.Write(Document));
        Assert.True(SignedTransition.TryRead(receipt, out var read));
        Assert.False(read.Verify(Sample.AtlanticKey.VerificationKey));
    }

    [Theory]
    [InlineData("\"event\":\"suspend\"", "\"event\":1")]
    [InlineData("\"event\":\"suspend\"", "\"event\":\"Suspend\"")]
    [InlineData("\"event\":\"suspend\"", "\"event\":\"expire\"")]
    [InlineData("\"event\":\"suspend\"", "\"event\":\"suspend\",\"event\":\"resume\"")]
    [InlineData("\"event\":\"suspend\"", "\"event\":\"suspend\",\"more\":1")]
    [InlineData("\"sequence\":1,", "")]
    [InlineData("agreement-transition/v1", "receipt/v1")]
    public void TryRead_AnotherForm_IsRefused(string part, string changed)
    {
        string json = Encoding.UTF8.GetString(DocumentJson.Write(Document));
        Assert.Contains(part, json, StringComparison.Ordinal);
        byte[] altered = Encoding.UTF8.GetBytes(json.Replace(part, changed, StringComparison.Ordinal));
        Assert.False(SignedTransition.TryRead(SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Transition, altered), out _));
    }

    [Theory]
    [InlineData("Kaena Point is being rebuilt.", true)]
    [InlineData("見えない", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("two\nlines", false)]
    [InlineData("\u001b[2Jcleared", false)]
    [InlineData("right\u202Eleft", false)]
    [InlineData("in\u200Bvisible", false)]
    public void IsReason_Text_IsOneLineOfPlainCharacters(string text, bool isReason) => Assert.Equal(isReason, TransitionDocument.IsReason(text));

    [Fact]
    public void IsReason_HalfASurrogatePair_IsNone() => Assert.False(TransitionDocument.IsReason(new string((char)0xD83D, 1)));

    [Fact]
    public void Sign_ReasonTooLongOrNumberOutOfRange_Throws()
    {
        Assert.True(TransitionDocument.IsReason(new string('x', TransitionDocument.ReasonLengthMax)));
        foreach (var wrong in new[] { Document with { Reason = new string('x', TransitionDocument.ReasonLengthMax + 1) }, Document with { Sequence = 0 }, Document with { Sequence = TransitionDocument.SequenceMax + 1 } })
            Assert.Throws<ArgumentException>(() => SignedTransition.Sign(Sample.AtlanticKey, wrong));
    }

    [Fact]
    public void TryRead_MutatedBytes_NeverThrowsAndNeverVerifies()
    {
        var random = new Random(20261122);
        byte[] json = SignedTransition.Sign(Sample.AtlanticKey, Document).Original.ToJson();
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (!SignedDocument.TryParse(Sample.Mutate(json, random), out var signed) || !SignedTransition.TryRead(signed, out var transition)) continue;
            read++;
            Assert.True(!transition.Verify(Sample.AtlanticKey.VerificationKey) || transition.Document == Document);
        }
        Assert.NotEqual(0, read);
    }
}
