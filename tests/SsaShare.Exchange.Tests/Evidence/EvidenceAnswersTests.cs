using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>What logs say of withheld records, denials, pauses and refused answers.</summary>
public sealed class EvidenceAnswersTests
{
    [Fact]
    public async Task Audit_ManifestsThatTellWhatIsWithheld_Hold()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 2, withheld: 1, manifest => manifest with { Withheld = 1, Waiting = 0 }));
        exchange.Atlantic.Publish(2);
        exchange.Deliver(exchange.Issue(1, items: 2, alter: manifest => manifest with { Withheld = 0, Waiting = 0 }));
        Assert.All((await exchange.AuditAsync()).Bundles, report => Assert.True(report.Succeeded, Faults(report)));
    }

    [Theory]
    [InlineData(0, 1, "tells the reader of 0")]
    [InlineData(2, 1, "tells the reader of 2")]
    [InlineData(3, 0, "tells the reader of 3")]
    [InlineData(-1, 0, "counts below 0")]
    public async Task Audit_ManifestThatTellsAnotherNumber_IsFound(int told, int withheld, string fault)
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 3 - withheld, withheld, manifest => manifest with { Withheld = told }));
        Assert.Contains(fault, Faults((await exchange.AuditAsync()).Bundles[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_DenialsPausesAndRefusals_Hold()
    {
        var exchange = TestExchange.Honest();
        var denial = Deny(exchange, exchange.Atlantic);
        exchange.Atlantic.Append(LogKinds.DenialIssued, denial.ToJson());
        exchange.Pacific.Append(LogKinds.DenialReceived, denial.ToJson());
        exchange.Pacific.Append(LogKinds.ExchangePaused, new PauseEvent(exchange.Atlantic.Partner, exchange.Agreement.Id, "operator").ToJson());
        exchange.Pacific.Append(LogKinds.ExchangeResumed, new PauseEvent(exchange.Atlantic.Partner, null, "operator").ToJson());
        exchange.Pacific.Append(LogKinds.Refusal, Refuse(exchange, exchange.Issue(0, items: 0, isLogged: false)));
        exchange.Pacific.Append(LogKinds.Refusal, "{\"peer\":\"atlantic\",\"what\":\"pull\",\"reason\":\"not in force\",\"unlogged_before\":0}"u8.ToArray());
        Assert.All((await exchange.AuditAsync()).Bundles, report => Assert.True(report.Succeeded, Faults(report)));
    }

    [Fact]
    public async Task Audit_DenialsThatAreNot_AreFound()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Append(LogKinds.DenialIssued, Deny(exchange, exchange.Pacific).ToJson());
        exchange.Atlantic.Append(LogKinds.DenialReceived, Deny(exchange, exchange.Atlantic).ToJson());
        exchange.Pacific.Append(LogKinds.DenialReceived, DenialDocument.Sign(exchange.Atlantic.Key, new AgreementId(Hash256.Of("none"u8)), exchange.Atlantic.Partner, exchange.Pacific.Partner, DenialReason.Revoked, exchange.Atlantic.Now, null).ToJson());
        var reports = (await exchange.AuditAsync()).Bundles;
        Assert.Contains("is not its receiver", Faults(reports[0]), StringComparison.Ordinal);
        Assert.Contains("signature is not that of", Faults(reports[0]), StringComparison.Ordinal);
        Assert.Contains("which this log does not hold", Faults(reports[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_RefusalWithAManifestThatTheProviderDidNotSign_IsFound()
    {
        var exchange = TestExchange.Honest();
        var manifest = exchange.Issue(0, items: 0, isLogged: false);
        var forged = SignedDocument.Sign(exchange.Pacific.Key, DocumentContexts.Manifest, manifest.Payload.ToArray());
        exchange.Pacific.Append(LogKinds.Refusal, Refuse(exchange, forged));
        Assert.Contains("signature is not that of", Faults((await exchange.AuditAsync()).Bundles[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Equivocation_IsTold()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        var first = exchange.Issue(1, items: 3);
        exchange.Deliver(first);
        var second = exchange.Issue(0, items: 0, alter: manifest => manifest with { AfterPosition = 0, ToPosition = 1, Previous = first.Id }, isLogged: false);
        exchange.Pacific.Append(LogKinds.Equivocation, Equivocation.Of(first, second)!.ToJson());
        var report = (await exchange.AuditAsync()).Bundles[1];
        Assert.True(report.Succeeded, Faults(report));
        Assert.Contains(report.Notes, note => note.Contains("signed two manifests that contradict each other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_EquivocationThatProvesNothing_IsFound()
    {
        var exchange = TestExchange.Honest();
        var (one, other) = (exchange.Issue(0, items: 0, isLogged: false), exchange.Issue(0, items: 0, isLogged: false));
        exchange.Pacific.Append(LogKinds.Equivocation, new Equivocation(Equivocation.TypeName, one.ToJson(), other.ToJson()).ToJson());
        Assert.Contains("does not prove it", Faults((await exchange.AuditAsync()).Bundles[1]), StringComparison.Ordinal);
    }

    private static string Faults(EvidenceReport report) => string.Join("; ", report.Steps.Where(step => !step.Succeeded).Select(step => step.Explanation));

    private static byte[] Refuse(TestExchange exchange, SignedDocument manifest) => new RefusedAnswer(exchange.Agreement.Id, exchange.Atlantic.Partner, "a reason", manifest.ToJson()).ToJson();

    private static SignedDocument Deny(TestExchange exchange, TestNode signer)
        => DenialDocument.Sign(signer.Key, exchange.Agreement.Id, exchange.Atlantic.Partner, exchange.Pacific.Partner, DenialReason.Paused, exchange.Atlantic.Now, null);
}
