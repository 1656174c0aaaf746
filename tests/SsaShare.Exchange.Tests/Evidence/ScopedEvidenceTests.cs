using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>A bundle of a part of an honest log holds, whichever part; what is left out of it against its scope is found.</summary>
public sealed class ScopedEvidenceTests
{
    [Fact]
    public async Task Verify_AnyPartOfARandomHonestHistory_Holds()
    {
        int partial = 0;
        for (int seed = 1; seed <= 40; seed++)
        {
            var (history, random) = (new TestHistory(seed), new Random(seed));
            history.Go(60);
            foreach (var partner in history.Partners)
            foreach (var scope in ScopedExport.Scopes(history, partner, random))
            {
                string bundle = await partner.Node.ExportAsync(scope);
                var audit = await TestExchange.AuditAsync([.. history.Partners.Select(one => one.Node.Card)], bundle);
                Assert.True(audit.Succeeded && !audit.Findings.Any(), $"seed {seed}, {partner.Node.Partner}, {scope}: {Failures(audit)}");
                if (bundle.Contains("{\"hidden\":", StringComparison.Ordinal)) partial++;
            }
        }
        Assert.InRange(partial, 400, 600);
    }

    [Fact]
    public async Task Verify_OneAgreementOfTwoPartners_IsReconciled()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var history = new TestHistory(seed);
            history.Go(60);
            var scope = new EvidenceScope(Agreement: history.Run.Agreement.Id);
            var audit = await TestExchange.AuditAsync([.. history.Partners.Select(one => one.Node.Card)], await history.Atlantic.Node.ExportAsync(scope), await history.Pacific.Node.ExportAsync(scope));
            Assert.True(audit.Succeeded && !audit.Findings.Any(), $"seed {seed}: {string.Join('\n', audit.Findings)}{Failures(audit)}");
            Assert.Equal(2, Assert.Single(audit.Pairs).Directions.Count);
        }
    }

    [Fact]
    public async Task Verify_PartsThatDiffer_AreNotComparedAndSaidSo()
    {
        var exchange = TestExchange.Honest();
        var audit = await TestExchange.AuditAsync([exchange.Atlantic.Card, exchange.Pacific.Card],
            await exchange.Atlantic.ExportAsync(new EvidenceScope(Until: Sample.Now)), await exchange.Pacific.ExportAsync());
        Assert.True(audit.Succeeded, Failures(audit));
        Assert.Contains("they were not compared", Assert.Single(audit.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AManifestHiddenWithinItsAgreement_IsMissed()
    {
        var exchange = TestExchange.Honest();
        var scope = new EvidenceScope(Agreement: exchange.Agreement.Id);
        int manifests = 0;
        string bundle = await exchange.Atlantic.ExportAsync(scope, entry => entry.Event.Kind == LogKinds.ManifestIssued && ++manifests == 2);
        AssertFails(await TestExchange.AuditAsync([], bundle), "no manifest before it reaches position 2: one is left out");
    }

    [Fact]
    public async Task Verify_APublicationHiddenWithinItsAgreement_IsMissed()
    {
        var exchange = TestExchange.Honest();
        int publications = 0;
        string bundle = await exchange.Atlantic.ExportAsync(new EvidenceScope(Agreement: exchange.Agreement.Id), entry => entry.Event.Kind == LogKinds.Publication && ++publications == 1);
        AssertFails(await TestExchange.AuditAsync([], bundle), "publications before it");
    }

    [Fact]
    public async Task Verify_HiddenEntriesInABundleOfTheWholeLog_Fail()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Append(LogKinds.Refusal, "{}"u8.ToArray());
        string bundle = await exchange.Atlantic.ExportAsync(new EvidenceScope(Peer: exchange.Pacific.Partner));
        Assert.True((await TestExchange.AuditAsync([], bundle)).Succeeded);
        int from = bundle.IndexOf("\"scope\":{", StringComparison.Ordinal), until = bundle.IndexOf('}', from);
        string claimed = bundle[..from] + "\"scope\":{" + bundle[until..];
        AssertFails(await TestExchange.AuditAsync([], claimed), "The bundle says that it shows the whole log, and hides 1 of");
    }

    [Fact]
    public async Task Verify_AHiddenHashThatIsAnother_FailsAtTheRoot()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Append(LogKinds.Refusal, "{}"u8.ToArray());
        string bundle = await exchange.Atlantic.ExportAsync(new EvidenceScope(Peer: exchange.Pacific.Partner));
        int hash = bundle.IndexOf("\"hash\":\"", StringComparison.Ordinal) + 8;
        AssertFails(await TestExchange.AuditAsync([], bundle[..hash] + (bundle[hash] == 'A' ? 'B' : 'A') + bundle[(hash + 1)..]), "root");
    }

    [Fact]
    public async Task Report_OfAnyScope_SaysWhatItProvesAndWhatItCannot()
    {
        var exchange = TestExchange.Honest();
        var whole = (await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync())).Bundles[0];
        Assert.Contains(whole.Proven, one => one.Contains("No entry is left out", StringComparison.Ordinal));
        var part = (await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync(new EvidenceScope(Sample.Now.PlusSeconds(8))))).Bundles[0];
        Assert.True(part.Succeeded);
        Assert.Contains(part.Proven, one => one.StartsWith("Within the period", StringComparison.Ordinal));
        Assert.Contains(part.Open, one => one.Contains("hidden entries say", StringComparison.Ordinal));
        Assert.Contains(part.Open, one => one.Contains("no checkpoint of this bundle is cosigned", StringComparison.Ordinal));
    }
}
