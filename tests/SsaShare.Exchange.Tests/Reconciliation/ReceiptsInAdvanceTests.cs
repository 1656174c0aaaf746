using SsaShare.Agreements;

namespace SsaShare.Exchange.Tests;

/// <summary>A receiver that asks for what follows before it has signed sends each receipt one pull later; later than that it is missing.</summary>
public sealed class ReceiptsInAdvanceTests
{
    [Fact]
    public async Task Reconcile_ReceiptOnePullLater_FindsNothing()
    {
        var (history, run, receipt) = Begin();
        AssertFound(0, await history.AuditAsync(history.Atlantic, history.Pacific));
        run.Provider.Node.Append(LogKinds.ReceiptReceived, receipt.ToJson());
        Give(run, complete: true);
        AssertFound(0, await history.AuditAsync(history.Atlantic, history.Pacific));
    }

    [Fact]
    public async Task Reconcile_ReceiptNotThereAfterTwoPulls_IsMissing()
    {
        var (history, run, _) = Begin();
        Give(run, complete: false);
        AssertFound(1, await history.AuditAsync(history.Atlantic, history.Pacific));
    }

    [Fact]
    public async Task Reconcile_ReceiptOnePullLaterThoughNothingFollowed_IsMissing()
    {
        var history = new TestHistory();
        for (int i = 0; i < 2; i++)
        {
            history.Atlantic.Publish(1);
            Give(history.Run, complete: true);
        }
        AssertFound(1, await history.AuditAsync(history.Atlantic, history.Pacific));
    }

    /// <summary>Two answers, the second asked for before the first was signed for; and the receipt for the first.</summary>
    private static (TestHistory History, PullRun Run, SignedDocument Receipt) Begin()
    {
        var history = new TestHistory();
        for (int i = 0; i < 3; i++) history.Atlantic.Publish(1);
        var receipt = Give(history.Run, complete: false);
        Give(history.Run, complete: false);
        return (history, history.Run, receipt);
    }

    private static SignedDocument Give(PullRun run, bool complete)
    {
        var answer = run.Compose(FeedLane.Prompt, 1, _ => RecordForm.Full, document => document with { Complete = complete });
        run.Issue(answer);
        return run.Take(answer)!;
    }

    private static void AssertFound(int missing, EvidenceAudit audit)
    {
        var findings = audit.Findings.ToList();
        Assert.True(findings.Count == missing && findings.All(finding => finding.Kind == FindingKind.Missing), string.Join('\n', findings));
    }
}
