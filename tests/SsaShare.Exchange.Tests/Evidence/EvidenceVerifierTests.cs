using System.Text;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>An honest pair of bundles verifies; each planted fault is found, and told as what it is.</summary>
public sealed class EvidenceVerifierTests
{
    [Fact]
    public async Task Verify_AnHonestPair_Holds()
    {
        foreach (bool areGiven in (bool[])[true, false])
        {
            var exchange = TestExchange.Honest();
            var audit = await exchange.AuditAsync(areGiven ? null : []);
            Assert.True(audit.Succeeded, Failures(audit));
            Assert.Equal(2, audit.Bundles.Count);
            Assert.Single(audit.Comparison);
            Assert.Empty(audit.Notes);
            Assert.All(audit.Bundles, bundle => Assert.Empty(bundle.Notes));
            Assert.Equal(3, audit.Bundles[0].EntryCounts[LogKinds.ManifestIssued]);
        }
    }

    [Fact]
    public async Task Verify_WithoutCards_NamesTheCardsToCompare()
    {
        var exchange = TestExchange.Honest();
        var step = (await exchange.AuditAsync([])).Bundles[0].Steps.Single(step => step.Name == "cards");
        Assert.Contains($"atlantic {exchange.Atlantic.Card.Id}, pacific {exchange.Pacific.Card.Id}", step.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AnAnswerThatWasLost_IsNotedAndHolds()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Publish(2);
        exchange.Lose(exchange.Issue(1, items: 2));
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(2, items: 5));
        var audit = await exchange.AuditAsync();
        Assert.True(audit.Succeeded, Failures(audit));
        Assert.Contains("1 manifests with records have no receipt", Assert.Single(audit.Bundles[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AnInventedCounterparty_IsNotBelieved()
    {
        // The node made "pacific" up, signs for both, and lets its log pin the invented card.
        var exchange = TestExchange.Honest();
        var real = new TestNode("pacific");
        string bundle = await exchange.Atlantic.ExportAsync();
        AssertFails(await TestExchange.AuditAsync([exchange.Atlantic.Card], bundle), "documents of 'pacific'");
        AssertFails(await TestExchange.AuditAsync([exchange.Atlantic.Card, real.Card], bundle), "pinned another card of 'pacific' than the one given");
        AssertFails(await TestExchange.AuditAsync([], bundle, await real.ExportAsync()), "'atlantic' pins another card of 'pacific'");
    }

    [Fact]
    public async Task Verify_AnotherNodesCardGiven_Fails()
    {
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync();
        AssertFails(await TestExchange.AuditAsync([exchange.Pacific.Card], bundle), "No card was given for 'atlantic'");
        AssertFails(await TestExchange.AuditAsync([new TestNode("atlantic").Card, exchange.Pacific.Card], bundle), "another card for 'atlantic'");
    }

    [Fact]
    public async Task Verify_APartnerThatTheLogNeverPinned_IsNotChecked()
    {
        var (atlantic, pacific) = (new TestNode("atlantic"), new TestNode("pacific"));
        atlantic.Agree(AgreementEnvelope.Of(TestExchange.Fix(atlantic, pacific)).Sign(atlantic.Key).Sign(pacific.Key), AgreementState.Active);
        AssertFails(await TestExchange.AuditAsync([], await atlantic.ExportAsync()), "1 documents of 'pacific'");
    }

    [Fact]
    public async Task Verify_TwoCardsPinnedForOnePartner_Fails()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Pin(new TestNode("pacific"));
        AssertFails(await exchange.AuditAsync([]), "another card of 'pacific' is pinned already");
    }

    [Fact]
    public async Task Verify_AnEntryChangedAfterSigning_FailsAtTheRoot()
    {
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync();
        string changed = bundle.Replace("\"kind\":\"withheld\"", "\"kind\":\"refusal\"", StringComparison.Ordinal);
        Assert.NotEqual(bundle, changed);
        AssertFails(await TestExchange.AuditAsync([], changed), "root");
        int time = bundle.IndexOf("\"time_ns\":", StringComparison.Ordinal) + "\"time_ns\":".Length;
        AssertFails(await TestExchange.AuditAsync([], $"{bundle[..time]}1{bundle[time..]}"), "root");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("not json")]
    public async Task Verify_NotABundle_Fails(string text) => AssertFails(await TestExchange.AuditAsync([], text), "line 1");

    [Fact]
    public async Task Verify_ALineLeftOutOrWithoutForm_NamesTheLine()
    {
        string[] lines = (await TestExchange.Honest().Atlantic.ExportAsync()).Split('\n');
        AssertFails(await TestExchange.AuditAsync([], string.Join('\n', [.. lines[..3], .. lines[4..]])), "line 4: entry 3 stands where 2 belongs");
        AssertFails(await TestExchange.AuditAsync([], string.Join('\n', [.. lines[..3], "{\"entry\":2}", .. lines[4..]])), "line 4: this is not a part of a log");
    }

    [Fact]
    public async Task Verify_AnEndlessLine_IsRefusedBeforeItIsRead()
    {
        using var endless = new EndlessStream();
        var report = await EvidenceVerifier.VerifyAsync(endless, [], CancellationToken.None);
        Assert.Contains("line 1: it is longer", Assert.Single(report.Steps).Explanation, StringComparison.Ordinal);
        Assert.InRange(endless.Given, EvidenceBundle.LongestLine, 2 * EvidenceBundle.LongestLine);
    }

    internal static void AssertFails(EvidenceAudit audit, string reason)
    {
        Assert.False(audit.Succeeded);
        Assert.Contains(reason, Failures(audit), StringComparison.Ordinal);
    }

    internal static string Failures(EvidenceAudit audit)
        => string.Join('\n', audit.Bundles.SelectMany(bundle => bundle.Steps).Concat(audit.Comparison).Where(step => !step.Succeeded).Select(step => $"{step.Name}: {step.Explanation}"));

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'{');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
