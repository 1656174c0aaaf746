using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Notices, receipts and deletions in two logs: honest ones verify, each planted fault is found.</summary>
public sealed class EvidenceNoticesTests
{
    private readonly TestExchange _exchange = TestExchange.Honest();
    private readonly Publication _publication;

    public EvidenceNoticesTests()
    {
        _publication = Publication.Create(Atlantic.Partner, [.. Enumerable.Range(0, 3).Select(_ => Sample.Record(Atlantic.Partner))], Atlantic.Key, Atlantic.Now, null);
        Atlantic.Append(LogKinds.Publication, _publication.Document.ToJson());
    }

    private TestNode Atlantic => _exchange.Atlantic;
    private TestNode Pacific => _exchange.Pacific;

    [Fact]
    public async Task Verify_NoticesReceiptsAndDeletions_Hold()
    {
        var recall = Notice(1, NoticeAction.Recall);
        Keep(recall, NoticeOutcome.Deleted);
        var withdraw = Notice(2, NoticeAction.Withdraw);
        Atlantic.Append(LogKinds.Notice, withdraw.Document.ToJson());
        var deletion = Deletion(Pacific, Atlantic);
        Pacific.Append(LogKinds.DeletionIssued, deletion.Document.ToJson());
        Atlantic.Append(LogKinds.DeletionReceived, deletion.Document.ToJson());
        var audit = await _exchange.AuditAsync();
        Assert.True(audit.Succeeded, EvidenceVerifierTests.Failures(audit));
        Assert.Contains(audit.Bundles[0].Notes, note => note.StartsWith("1 notices of this node have no receipt", StringComparison.Ordinal));
        Assert.Equal((2, 1), (audit.Bundles[0].EntryCounts[LogKinds.Notice], audit.Bundles[0].EntryCounts[LogKinds.DeletionReceived]));
    }

    [Fact]
    public async Task Verify_ANoticeForARecordThatWasNeverPublished_Fails()
    {
        Atlantic.Append(LogKinds.Notice, Notice(3, NoticeAction.Withdraw).Document.ToJson());
        await AssertFailsAsync("this log holds no publication before it with a record");
    }

    [Fact]
    public async Task Verify_ANoticeThatItsOriginatorDidNotSign_Fails()
    {
        var forged = SignedNotice.Issue(Pacific.Key, Atlantic.Partner, new RecordPlace(_publication.Document.Id, 0), NoticeAction.Withdraw, null, "", Atlantic.Now);
        Pacific.Append(LogKinds.Notice, forged.Document.ToJson());
        await AssertFailsAsync("the signature is not that of 'atlantic'");
    }

    [Fact]
    public async Task Verify_ANoticeTakenWithoutAReceipt_Fails()
    {
        Pacific.Append(LogKinds.Notice, Notice(0, NoticeAction.Withdraw).Document.ToJson());
        await AssertFailsAsync("was taken without a receipt");
    }

    [Fact]
    public async Task Verify_ARecallThatLeavesTheRecordUnused_Fails()
    {
        Keep(Notice(0, NoticeAction.Recall), NoticeOutcome.Unused);
        await AssertFailsAsync("it answers Recall with Unused");
    }

    [Fact]
    public async Task Verify_AReceiverThatSignedForTheRecordAndSaysItHasItNot_IsNamed()
    {
        // Not given yet: an honest answer.
        Keep(Notice(0, NoticeAction.Recall), NoticeOutcome.UnknownRecord);
        Assert.DoesNotContain((await _exchange.AuditAsync()).Bundles[0].Notes, note => note.Contains("contradict", StringComparison.Ordinal));
        _exchange.Deliver(_exchange.Issue(1, items: 3));
        Assert.DoesNotContain((await _exchange.AuditAsync()).Bundles[0].Notes, note => note.Contains("contradict", StringComparison.Ordinal));

        Keep(Notice(1, NoticeAction.Recall), NoticeOutcome.UnknownRecord);
        var audit = await _exchange.AuditAsync();
        Assert.True(audit.Succeeded, EvidenceVerifierTests.Failures(audit));
        string note = Assert.Single(audit.Bundles[0].Notes, note => note.Contains("contradict", StringComparison.Ordinal));
        Assert.StartsWith("1 receipts", note, StringComparison.Ordinal);
        Assert.Contains($"'pacific' says that it does not have record {new RecordPlace(_publication.Document.Id, 1)}, and had signed for it", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AReceiptForNoNotice_Fails()
    {
        Atlantic.Append(LogKinds.NoticeReceiptReceived, Receipt(Notice(0, NoticeAction.Recall), NoticeOutcome.Deleted).Document.ToJson());
        await AssertFailsAsync("it is for a notice that this log does not hold");
    }

    [Fact]
    public async Task Verify_AReceiptThatItsSignersLogLacks_Fails()
    {
        var notice = Notice(0, NoticeAction.Recall);
        Atlantic.Append(LogKinds.Notice, notice.Document.ToJson()).Append(LogKinds.NoticeReceiptReceived, Receipt(notice, NoticeOutcome.Deleted).Document.ToJson());
        // The receiver's log goes on for long after the receipt, and does not hold it.
        for (int i = 0; i < 400; i++) _ = Pacific.Now;
        Pacific.Append(LogKinds.Refusal, "{}"u8.ToArray());
        await AssertFailsAsync("whose log does not");
    }

    [Fact]
    public async Task Verify_ADeletionUnderAnotherAgreementOrOfAnother_Fails()
    {
        Pacific.Append(LogKinds.DeletionIssued, Deletion(Pacific, Atlantic, new AgreementId(Hash256.Of("none"u8))).Document.ToJson());
        await AssertFailsAsync("which this log does not hold before it");
        Atlantic.Append(LogKinds.DeletionIssued, Deletion(Pacific, Atlantic).Document.ToJson());
        await AssertFailsAsync("it is of 'pacific' about records from 'atlantic'");
    }

    private SignedNotice Notice(int index, NoticeAction action)
        => SignedNotice.Issue(Atlantic.Key, Atlantic.Partner, new RecordPlace(_publication.Document.Id, index), action, null, "", Atlantic.Now);

    private SignedNoticeReceipt Receipt(SignedNotice notice, NoticeOutcome outcome) => NoticeReceiptDocument.Sign(Pacific.Key, notice.Id, Pacific.Partner, outcome, Pacific.Now);

    private SignedDeletion Deletion(TestNode holder, TestNode provider, AgreementId? agreement = null)
        => DeletionDocument.Sign(holder.Key, holder.Partner, provider.Partner, agreement ?? _exchange.Agreement.Id, DeletionReason.Retention, [new DeletedRecords(_publication.Document.Id, null, [0])], holder.Now);

    /// <summary>Issued at the originator, carried out at the receiver, receipted at both.</summary>
    private void Keep(SignedNotice notice, NoticeOutcome outcome)
    {
        byte[] receipt = Receipt(notice, outcome).Document.ToJson();
        Atlantic.Append(LogKinds.Notice, notice.Document.ToJson());
        Pacific.Append(LogKinds.Notice, notice.Document.ToJson()).Append(LogKinds.NoticeReceiptIssued, receipt);
        Atlantic.Append(LogKinds.NoticeReceiptReceived, receipt);
    }

    private async Task AssertFailsAsync(string reason) => EvidenceVerifierTests.AssertFails(await _exchange.AuditAsync(), reason);
}
