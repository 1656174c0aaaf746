using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Correct, withdraw, recall: by the originator's operator, carried out by everybody downstream, each with a receipt that comes back.</summary>
public sealed partial class AgreementLifeTests
{
    /// <summary>What is corrected stays where it is, for audit, and goes out no more; what takes its place goes the usual way.</summary>
    private async Task CorrectAsync()
    {
        var wrong = _first[0];
        var right = await PublishAsync(Atlantic, "in place of what was wrong", _label, ("RADAR", "5398", 1));
        Holdings.Give(right, Atlantic, _accord, Pacific);
        Holdings.Give(right, Atlantic, _accord, Caribbean);
        await NoticeAsync("correct", wrong, "--replacement", right[0].Record.Id.ToString());
        Holdings.Withdraw(wrong);
        await AssertReceiptsAsync(wrong, NoticeAction.Correct, NoticeOutcome.Unused, Pacific, Caribbean);
    }

    /// <summary>Arctic has it through Pacific, and through Pacific and Caribbean.</summary>
    private async Task WithdrawAsync()
    {
        await NoticeAsync("withdraw", _farthest[0]);
        Holdings.Withdraw(_farthest[0]);
        await AssertReceiptsAsync(_farthest[0], NoticeAction.Withdraw, NoticeOutcome.Unused, Pacific, Caribbean, Arctic);
    }

    /// <summary>Caribbean has one of them through Pacific only, and the other degraded only: the bytes are gone from every table, in every form.</summary>
    private async Task RecallAsync()
    {
        // Known from here on, so that they can be looked for.
        foreach (var node in new[] { Pacific, Caribbean }) Assert.NotEmpty(await _life.DegradedAtAsync(node));
        LifeRecord[] recalled = [_passed[0], _degraded[0]];
        await NoticeAsync("recall", recalled[0], recalled[1].Record.Id.ToString());
        foreach (var record in recalled) Holdings.Recall(record);
        foreach (var record in recalled) await AssertReceiptsAsync(record, NoticeAction.Recall, NoticeOutcome.Deleted, Pacific, Caribbean);
        await AssertToldAsync();
    }

    /// <summary>Atlantic's operator sees that everybody has done it, and Caribbean's what became of the record there.</summary>
    private async Task AssertToldAsync()
    {
        var pending = await SsaProcess.RunAsync(["record", "notices", "--pending", "--dir", Atlantic.Folder.Path]);
        Assert.Equal((0, ""), (pending.ExitCode, pending.Output.Trim()));
        var all = await SsaProcess.RunAsync(["record", "notices", "--dir", Atlantic.Folder.Path]);
        Assert.Equal(4, all.Output.Split("pacific: ").Length - 1);
        var shown = await SsaProcess.RunAsync(["record", "show", $"{_passed[0].Publication}/{_passed[0].Index}", "--dir", Caribbean.Folder.Path]);
        Assert.True(shown.ExitCode == 0 && shown.Output.Contains("payload deleted", StringComparison.Ordinal) && shown.Output.Contains("from pacific", StringComparison.Ordinal), shown.ToString());
    }

    private async Task NoticeAsync(string action, LifeRecord record, params string[] more)
    {
        var end = await SsaProcess.RunAsync(["record", action, record.Record.Id.ToString(), "--dir", Atlantic.Folder.Path, "--reason", $"{action} as the life goes", .. more]);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    /// <summary>Atlantic has a receipt, signed by the receiver itself, from everybody who had the record and from nobody else.</summary>
    private async Task AssertReceiptsAsync(LifeRecord record, NoticeAction action, NoticeOutcome outcome, params ScenarioNode[] receivers)
    {
        List<string> expected = [.. receivers.Select(receiver => $"{receiver.Partner} {outcome}").Order(StringComparer.Ordinal)];
        string found = await Eventually.IsAsync(async () => string.Join(", ", await ReceiptsAsync(record, action)), text => text == string.Join(", ", expected), $"receipts of {string.Join(", ", expected)} for \"{record}\"");
        Assert.NotEqual("", found);
    }

    private async Task<List<string>> ReceiptsAsync(LifeRecord record, NoticeAction action)
    {
        var receipts = new List<string>();
        await using var command = Atlantic.Database!.CreateCommand($"""
            SELECT r.receiver, r.document, r.key_id, r.signature FROM notice_receipt r JOIN notice n ON n.id = r.notice
            WHERE n.publication = '\x{record.Publication}' AND n.index = {record.Index} AND n.action = {(int)action}
            """);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            var signed = new SignedDocument(row.GetFieldValue<byte[]>(1), new KeyId(new Hash256(row.GetFieldValue<byte[]>(2))), row.GetFieldValue<byte[]>(3));
            var receiver = _life.Federation.Nodes.Single(node => node.Partner.Value == row.GetString(0));
            Assert.True(signed.Verify(receiver.Card.Card.SigningKey, DocumentContexts.NoticeReceipt));
            Assert.True(DocumentJson.TryRead<NoticeReceiptDocument>(signed.Payload.Span, DocumentContexts.NoticeReceipt, out var receipt));
            Assert.Equal(receiver.Partner, receipt.Receiver);
            receipts.Add($"{receipt.Receiver} {receipt.Outcome}");
        }
        receipts.Sort(StringComparer.Ordinal);
        return receipts;
    }
}
