using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>What logs say of records that are kept no longer, and of a receiver that begins anew.</summary>
public sealed class EvidenceRetentionTests
{
    [Fact]
    public async Task Audit_ASnapshotThatCountsWhatTheLogCounts_Holds()
    {
        var exchange = Gone(new FeedSnapshot(2, 3), logged: 3);
        Assert.All((await exchange.AuditAsync()).Bundles, report => Assert.True(report.Succeeded, Faults(report)));
    }

    [Theory]
    [InlineData(2, 2, 3, "the manifest's snapshot 2")]
    [InlineData(1, 3, 3, "its snapshot does not hold")]
    [InlineData(4, 3, 3, "its snapshot does not hold")]
    [InlineData(2, 0, 3, "its snapshot does not hold")]
    [InlineData(2, 3, 0, "its snapshot does not hold")]
    public async Task Audit_AnotherSnapshot_IsFound(long heldFrom, long dropped, int logged, string fault)
        => Assert.Contains(fault, Faults((await Gone(new FeedSnapshot(heldFrom, dropped), logged).AuditAsync()).Bundles[0]), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_AReceiverThatBeginsAnew_HoldsWhereItsLogSaysSo(bool isLogged)
    {
        var exchange = TestExchange.Honest();
        if (isLogged) exchange.Pacific.Append(LogKinds.ExchangeRestarted, new RestartEvent(exchange.Agreement.Id, exchange.Atlantic.Partner, Hash256.Of("the last one"u8), 7, "operator", "restored").ToJson());
        exchange.BeginAnew();
        exchange.Deliver(exchange.Issue(3, items: 9));
        var reports = (await exchange.AuditAsync()).Bundles;
        Assert.True(reports[0].Succeeded, Faults(reports[0]));
        Assert.True(reports[1].Succeeded == isLogged, Faults(reports[1]));
    }

    [Fact]
    public async Task Audit_ARestartThatIsNone_IsFound()
    {
        var exchange = TestExchange.Honest();
        exchange.Pacific.Append(LogKinds.ExchangeRestarted, new RestartEvent(exchange.Agreement.Id, exchange.Pacific.Partner, null, 0, "operator", "").ToJson());
        exchange.Pacific.Append(LogKinds.ExchangeRestarted, "{}"u8.ToArray());
        string faults = Faults((await exchange.AuditAsync()).Bundles[1]);
        Assert.Contains("begin anew with itself", faults, StringComparison.Ordinal);
        Assert.Contains("not well-formed", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_APublicationThatIsNotWhole_GivesNothingOfItAndCountsAll()
    {
        var (whole, gone) = (Sample.Publish(Sample.Records(3)), Sample.Publish(Sample.Records(4)));
        var release = Release.Decide([new StoredPublication(7, gone with { Records = [] }) { RecordsOver = 4 }, new StoredPublication(8, whole)], Sample.Prompt(Sample.Released), null);
        Assert.Equal(whole.Document.Id, Assert.Single(release.Slices).Document.Id);
        Assert.Equal([new WithheldCount(null, nameof(WithholdReason.RetentionOver), 4)], release.Withheld);
        Assert.Equal(7, release.GoneUpTo);
    }

    [Fact]
    public void Snapshot_InItsRange_OrNot()
    {
        foreach (var (held, dropped, isRight) in ((long, long, bool)[])[(12, 1, true), (15, 1, true), (11, 1, false), (16, 1, false), (12, 0, false), (long.MinValue, 1, false), (long.MaxValue, long.MaxValue, false)])
            Assert.Equal(isRight, new FeedSnapshot(held, dropped).WhatIsWrong(10, 14) is null);
    }

    /// <summary>Of two publications the first, with three records, is held no more.</summary>
    private static TestExchange Gone(FeedSnapshot snapshot, int logged)
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2);
        var manifest = exchange.Issue(2, items: 2, alter: document => document with { PublicationCount = 1, Snapshot = snapshot });
        if (logged > 0) exchange.Atlantic.Append(LogKinds.Withheld, new WithheldEvent(manifest.Id, [new WithheldCount(null, nameof(WithholdReason.RetentionOver), logged)]).ToJson());
        exchange.Deliver(manifest);
        return exchange;
    }

    private static string Faults(EvidenceReport report) => string.Join("; ", report.Steps.Where(step => !step.Succeeded).Select(step => step.Explanation));
}
