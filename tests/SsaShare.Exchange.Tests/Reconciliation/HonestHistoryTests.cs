using SsaShare.Agreements;

namespace SsaShare.Exchange.Tests;

/// <summary>Whatever honest partners do, and whenever their bundles are exported, nothing is found.</summary>
public sealed class HonestHistoryTests
{
    [Fact]
    public async Task Reconcile_RandomHonestHistories_FindsNothing()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var history = new TestHistory(seed);
            history.Go(60);
            AssertNothing(seed, await history.AuditAsync());
        }
    }

    [Fact]
    public async Task Reconcile_BundlesOfDifferentMoments_FindsNothing()
    {
        for (int seed = 101; seed <= 130; seed++)
        {
            var (history, random) = (new TestHistory(seed), new Random(seed));
            var bundles = new List<string>();
            foreach (var partner in history.Partners.OrderBy(_ => random.Next()))
            {
                history.Go(random.Next(30));
                if (random.Next(2) == 0) history.Clock.Wait(TimeSpan.FromHours(random.Next(48)));
                bundles.Add(await partner.Node.ExportAsync());
            }
            AssertNothing(seed, await TestExchange.AuditAsync([.. history.Partners.Select(partner => partner.Node.Card)], [.. bundles]));
        }
    }

    [Fact]
    public async Task Reconcile_AnHonestPair_SumsUpWhatBothAgreeOn()
    {
        var history = new TestHistory();
        history.Atlantic.Publish(5);
        history.Run.Pull(FeedLane.Prompt, 1, index => index < 3 ? RecordForm.Full : index == 3 ? RecordForm.Coarse : null);
        history.Atlantic.Publish(2);
        history.Run.Pull(FeedLane.Prompt, 1, _ => RecordForm.Full, isLost: true);
        history.Run.PullAll();
        var pair = Assert.Single((await history.AuditAsync(history.Atlantic, history.Pacific)).Pairs);
        Assert.Empty(pair.Findings);
        Assert.Empty(pair.Notes);
        Assert.Equal(new DirectionSummary(history.Atlantic.Node.Partner, history.Pacific.Node.Partner, 3, 2, 2, 8, 6, 6, 2), pair.Directions[0]);
        Assert.Equal(new DirectionSummary(history.Pacific.Node.Partner, history.Atlantic.Node.Partner, 0, 0, 0, 0, 0, 0, 0), pair.Directions[1]);
    }

    private static void AssertNothing(int seed, EvidenceAudit audit)
        => Assert.True(audit.Succeeded && !audit.Findings.Any(), $"seed {seed}: {string.Join('\n', audit.Findings)}\n{EvidenceVerifierTests.Failures(audit)}");
}
