using SsaShare.Domain;
using SsaShare.Signing;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>Bundles of logs in which a partner's keys change.</summary>
public sealed class KeyChangeEvidenceTests
{
    [Fact]
    public async Task Verify_EntriesLongAfterACheckpointCosignedBeforeAKeyChange_AreNoFault()
    {
        var exchange = TestExchange.Honest();
        var harbour = new TestNode("harbour");
        int size = exchange.Atlantic.LogSize;
        // The witness's card is told of only after the checkpoint, so that it is read again when all has been read.
        var seen = SeenEvidenceTests.Seen(exchange, size, exchange.Atlantic.Now, harbour);
        exchange.Atlantic.Pin(harbour);
        var late = exchange.Atlantic.Now.PlusSeconds(600);
        exchange.Atlantic.Append(LogKinds.PeerKeyEvent, harbour.ChangeKeys(logSize: 0, effective: UnixS(late)).ToJson());
        exchange.Atlantic.ClockError = TimeSpan.FromMinutes(10);
        exchange.Atlantic.Publish(1);
        var audit = await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [seen]));
        Assert.True(audit.Succeeded, Failures(audit));
        Assert.Contains("by 'harbour'", audit.Bundles[0].Steps.Single(step => step.Name == "cosignatures").Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_DocumentsLoggedBeforeTheirKeyWasRevoked_AreNamed(bool since)
    {
        var exchange = TestExchange.Honest();
        long now = UnixS(exchange.Atlantic.Now);
        var received = exchange.Atlantic.Entries.Where(entry => entry.Event.Kind == LogKinds.ReceiptReceived).Select(entry => entry.Index).ToList();
        Assert.NotEmpty(received);
        exchange.Atlantic.Append(LogKinds.PeerKeyEvent, exchange.Pacific.ChangeKeys(logSize: 1_000, since ? 1_000_000_000 : null, effective: now + 1).ToJson());
        var audit = await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync());
        Assert.True(audit.Succeeded, Failures(audit));
        var notes = audit.Bundles[0].Notes.Where(note => note.Contains("taken out of use later", StringComparison.Ordinal));
        if (since) Assert.StartsWith($"{received.Count} documents are signed by a key of 'pacific' that was taken out of use later with effect for their dates (entries {string.Join(", ", received)})", Assert.Single(notes), StringComparison.Ordinal);
        else Assert.Empty(notes);
    }

    private static long UnixS(Epoch at) => Utc.ToDateTime(at).ToUnixTimeSeconds();
}
