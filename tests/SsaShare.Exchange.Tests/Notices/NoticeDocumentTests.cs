using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class NoticeDocumentTests
{
    private static readonly RecordPlace Place = new(Hash256.Of("publication"u8), 7), Other = new(Hash256.Of("later"u8), 0);
    private static readonly SignedNotice Notice = Issue(NoticeAction.Correct, Other, "the range bias was wrong");

    [Fact]
    public void Write_ANotice_IsTheseBytes() => Assert.Equal(
        $$"""{"type":"ssashare/notice/v1","originator":"pacific","publication":"{{Place.Publication}}","index":7,"action":"correct","replacement":{"publication":"{{Other.Publication}}","index":0},"reason":"the range bias was wrong","issued":"2026-11-22T12:00:00Z"}""",
        Encoding.UTF8.GetString(Notice.Document.Payload.Span));

    [Theory]
    [InlineData(NoticeAction.Correct, "correct")]
    [InlineData(NoticeAction.Withdraw, "withdraw")]
    [InlineData(NoticeAction.Recall, "recall")]
    public void Open_WhatTheOriginatorSigned_GivesTheSame(NoticeAction action, string word)
    {
        var issued = Issue(action, null, "");
        var opened = SignedNotice.TryOpen(issued.Document, Sample.Keys, out string fault);
        Assert.True(opened is not null, fault);
        Assert.Equal((issued.Notice, issued.Id), (opened.Notice, opened.Id));
        Assert.Contains($"\"action\":\"{word}\"", Encoding.UTF8.GetString(issued.Document.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotTheOriginatorsSignature_IsRefused()
    {
        byte[] payload = Notice.Document.Payload.ToArray();
        AssertRefused(SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Notice, payload), "signature is not that of originator 'pacific'");
        AssertRefused(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Receipt, payload), "signature");
        AssertRefused(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Notice, DocumentJson.Write(Notice.Notice with { Originator = Sample.Caribbean })), "No node card is pinned");
    }

    [Theory]
    [InlineData("\"action\":\"correct\"", "\"action\":\"Correct\"")]
    [InlineData("\"action\":\"correct\"", "\"action\":1")]
    [InlineData("\"action\":\"correct\"", "\"action\":\"unspecified\"")]
    [InlineData("\"action\":\"correct\"", "\"action\":\"delete\"")]
    [InlineData("\"index\":7", "\"index\":-1")]
    [InlineData("\"index\":7", "\"index\":1000")]
    [InlineData("\"index\":7,", "")]
    [InlineData("\"index\":0", "\"index\":1000")]
    [InlineData("\"action\":\"correct\"", "\"action\":\"withdraw\"")]
    [InlineData("the range", "\\u001b[2J")]
    [InlineData("the range", "\\u202e")]
    [InlineData("the range", "\\ud800")]
    [InlineData("\"reason\":\"", "\"reason\":\"01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Open_SignedButWrong_IsRefused(string part, string instead)
    {
        string text = Encoding.UTF8.GetString(Notice.Document.Payload.Span);
        Assert.Contains(part, text, StringComparison.Ordinal);
        AssertRefused(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Notice, Sample.Utf8(text.Replace(part, instead, StringComparison.Ordinal))), "");
    }

    [Fact]
    public void Issue_WhatEverybodyWouldRefuse_Throws()
    {
        Assert.Throws<ArgumentException>(() => Issue(NoticeAction.Recall, Other, ""));
        Assert.Throws<ArgumentException>(() => Issue(NoticeAction.Correct, Place, ""));
        Assert.Throws<ArgumentException>(() => Issue(NoticeAction.Withdraw, null, new string('x', 201)));
        Assert.Throws<ArgumentException>(() => Issue(NoticeAction.Unspecified, null, ""));
        Assert.Throws<ArgumentException>(() => SignedNotice.Issue(Sample.PacificKey, Sample.Pacific, Place with { Index = 1_000 }, NoticeAction.Recall, null, "", Sample.Now));
    }

    [Fact]
    public void Open_MutatedBytes_GivesAValueOrANo()
    {
        var random = new Random(11);
        byte[] json = Notice.Document.ToJson();
        for (int i = 0; i < 5_000; i++)
        {
            if (!SignedDocument.TryParse(Sample.Mutate(json, random), out var parsed)) continue;
            bool same = parsed.Id == Notice.Id && parsed.KeyId == Notice.Document.KeyId && parsed.Signature.Span.SequenceEqual(Notice.Document.Signature.Span);
            Assert.Equal(same, SignedNotice.TryOpen(parsed, Sample.Keys, out _) is not null);
        }
    }

    [Fact]
    public void Receipt_ForThisNoticeByItsReceiver_Opens()
    {
        var receipt = NoticeReceiptDocument.Sign(Sample.AtlanticKey, Notice.Id, Sample.Atlantic, NoticeOutcome.Unused, Sample.Now);
        var opened = SignedNoticeReceipt.TryOpen(receipt.Document, Notice, Sample.Keys, out string fault);
        Assert.True(opened is not null, fault);
        Assert.Equal(receipt.Receipt, opened.Receipt);
    }

    [Fact]
    public void Receipt_OfAnotherNoticeOrSigner_IsRefused()
    {
        var receipt = NoticeReceiptDocument.Sign(Sample.AtlanticKey, Notice.Id, Sample.Atlantic, NoticeOutcome.Unused, Sample.Now);
        AssertRefused(receipt.Document, Issue(NoticeAction.Withdraw, null, "another"), "another notice");
        AssertRefused(NoticeReceiptDocument.Sign(Sample.PacificKey, Notice.Id, Sample.Atlantic, NoticeOutcome.Unused, Sample.Now).Document, Notice, "signature");
        AssertRefused(NoticeReceiptDocument.Sign(Sample.AtlanticKey, Notice.Id, Sample.Caribbean, NoticeOutcome.Unused, Sample.Now).Document, Notice, "No node card is pinned");
        AssertRefused(Notice.Document, Notice, "not a well-formed");
    }

    [Theory]
    [InlineData(NoticeAction.Correct, NoticeOutcome.Unused, true)]
    [InlineData(NoticeAction.Withdraw, NoticeOutcome.Unused, true)]
    [InlineData(NoticeAction.Recall, NoticeOutcome.Unused, false)]
    [InlineData(NoticeAction.Recall, NoticeOutcome.Deleted, true)]
    [InlineData(NoticeAction.Recall, NoticeOutcome.UnknownRecord, true)]
    [InlineData(NoticeAction.Withdraw, NoticeOutcome.Deleted, true)]
    [InlineData(NoticeAction.Withdraw, NoticeOutcome.Unspecified, false)]
    public void Fulfils_OnlyWhatTheActionAsks(NoticeAction action, NoticeOutcome outcome, bool fulfils)
    {
        Assert.Equal(fulfils, NoticeRules.Fulfils(outcome, action));
        if (outcome == NoticeOutcome.Unspecified) return;
        var notice = Issue(action, null, "");
        var receipt = NoticeReceiptDocument.Sign(Sample.AtlanticKey, notice.Id, Sample.Atlantic, outcome, Sample.Now);
        Assert.Equal(fulfils, SignedNoticeReceipt.TryOpen(receipt.Document, notice, Sample.Keys, out _) is not null);
    }

    [Fact]
    public void OutcomeOf_EveryAction_FulfilsIt()
    {
        foreach (var action in new[] { NoticeAction.Correct, NoticeAction.Withdraw, NoticeAction.Recall })
            foreach (bool isHeld in (bool[])[true, false]) Assert.True(NoticeRules.Fulfils(NoticeRules.OutcomeOf(action, isHeld), action));
    }

    private static SignedNotice Issue(NoticeAction action, RecordPlace? replacement, string reason)
        => SignedNotice.Issue(Sample.PacificKey, Sample.Pacific, Place, action, replacement, reason, Sample.Now);

    private static void AssertRefused(SignedDocument document, string reason)
    {
        Assert.Null(SignedNotice.TryOpen(document, Sample.Keys, out string fault));
        Assert.NotEmpty(fault);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    private static void AssertRefused(SignedDocument receipt, SignedNotice notice, string reason)
    {
        Assert.Null(SignedNoticeReceipt.TryOpen(receipt, notice, Sample.Keys, out string fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
