using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>Cosigned checkpoints in a bundle: whose count, and what they say of the times of entries.</summary>
public sealed class SeenEvidenceTests
{
    [Fact]
    public async Task Verify_CosignedCheckpoints_AreNamedAndSayThatOthersSawTheLog()
    {
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [Seen(exchange, 5, exchange.Atlantic.Entries[4].Time)]);
        var report = (await TestExchange.AuditAsync([exchange.Atlantic.Card, exchange.Pacific.Card], bundle)).Bundles[0];
        Assert.True(report.Succeeded);
        Assert.Contains("1 checkpoints are cosigned; the newest, of 5 entries, by 'pacific'", report.Steps.Single(step => step.Name == "cosignatures").Explanation, StringComparison.Ordinal);
        Assert.Contains(report.Proven, one => one.StartsWith("Witnesses saw the same log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_CosignaturesOfStrangersAndOfTheNodeItself_CountForNothing()
    {
        var exchange = TestExchange.Honest();
        using var stranger = NoteSigner.Generate("ssashare/caribbean/witness", NoteSignatureType.CosignatureV1);
        string note = Cosign(Cosign(exchange.Atlantic.Checkpoint(5), stranger, Sample.Now), exchange.Atlantic.Witness, Sample.Now);
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [(5, new EvidencePart.SignedCheckpoint(note))]);
        var report = (await TestExchange.AuditAsync([], bundle)).Bundles[0];
        Assert.True(report.Succeeded);
        Assert.Contains(report.Open, one => one.Contains("no checkpoint of this bundle is cosigned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_ACosignatureThatIsForged_Fails()
    {
        var exchange = TestExchange.Honest();
        string[] lines = Cosign(exchange.Atlantic.Checkpoint(5), exchange.Pacific.Witness, Sample.Now).Split('\n'), others = Cosign(exchange.Atlantic.Checkpoint(6), exchange.Pacific.Witness, Sample.Now).Split('\n');
        lines[^2] = others[^2];
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [(5, new EvidencePart.SignedCheckpoint(string.Join('\n', lines)))]);
        AssertFails(await TestExchange.AuditAsync([], bundle), "The cosignature of ssashare/pacific/witness is wrong");
    }

    [Fact]
    public async Task Verify_ACheckpointOfAnotherHistory_Fails()
    {
        var (exchange, other) = (TestExchange.Honest(), new TestExchange());
        string note = Sample.Checkpoint(exchange.Atlantic.Log, 3, MerkleTree.Root([.. other.Atlantic.Entries.Take(3).Select(entry => entry.LeafHash)]));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [(3, new EvidencePart.SignedCheckpoint(note))])), "the checkpoint of 3 entries has another root");
    }

    [Fact]
    public async Task Verify_ACheckpointThatStandsElsewhere_NamesTheLine()
    {
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [(4, new EvidencePart.SignedCheckpoint(exchange.Atlantic.Checkpoint(3)))]);
        AssertFails(await TestExchange.AuditAsync([], bundle), "line 6: a checkpoint of 3 entries stands where 4 are covered");
    }

    [Fact]
    public async Task Verify_AnEntryThatSaysItIsNewerThanItsCosignature_Fails()
    {
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [Seen(exchange, 5, exchange.Atlantic.Entries[4].Time.PlusSeconds(-3_600))]);
        AssertFails(await TestExchange.AuditAsync([], bundle), "saw it in a checkpoint of 5 entries at");
    }

    [Fact]
    public async Task Verify_AnEntryDatedBeforeACheckpointThatItIsNotIn_Fails()
    {
        // The witness saw 5 entries an hour after what the sixth claims.
        var exchange = TestExchange.Honest();
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [Seen(exchange, 5, exchange.Atlantic.Entries[5].Time.PlusSeconds(3_600))]);
        AssertFails(await TestExchange.AuditAsync([], bundle), "was not among the 5 entries that 'pacific' saw");
    }

    [Fact]
    public async Task Verify_ANodesClockSetBack_IsOneFault()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.ClockError = TimeSpan.FromHours(-2);
        exchange.Atlantic.Publish(1).Publish(1).Publish(1);
        var audit = await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync());
        AssertFails(audit, "1 times cannot be true");
        Assert.Equal(FindingKind.Late, Assert.Single(audit.Findings).Kind);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(50, true)]
    [InlineData(70, false)]
    public async Task Verify_AManifestUnderAnAgreementThatAsksForWitnesses_NeedsThemWithinItsGrace(int minutesAway, bool holds)
    {
        // Pacific cosigned the log as it was; then the node gave something after some minutes without a witness.
        var exchange = new TestExchange(terms: "witness_quorum: 1");
        exchange.Atlantic.Publish(3);
        int size = exchange.Atlantic.LogSize;
        var at = exchange.Atlantic.Entries[^1].Time;
        exchange.Atlantic.Publish(2);
        exchange.Atlantic.ClockError = TimeSpan.FromMinutes(minutesAway);
        exchange.Deliver(exchange.Issue(2, items: 5));
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [Seen(exchange, size, at)]);
        var audit = await TestExchange.AuditAsync([], bundle);
        Assert.Equal(holds, audit.Succeeded);
        if (!holds) AssertFails(audit, $"1 witnesses had cosigned no more than {size} entries");
        else Assert.Contains(audit.Bundles[0].Notes, note => note.Contains("1 of 1 manifests", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ACheckpointWhoseWitnessIsNotKnownYet_TellsWhatItDoesNotCover()
    {
        var exchange = TestExchange.Honest();
        var log = Read(exchange, 5, exchange.Atlantic.Entries[4].Time);
        Assert.Equal(5, log.Times.FirstAfter(5)?.Index);
        Assert.Empty(Assert.Single(log.Checkpoints).Note);
    }

    [Fact]
    public async Task Verify_MoreCheckpointsOfASizeThanAnyLogHas_NamesTheLine()
    {
        var exchange = TestExchange.Honest();
        var stamps = Enumerable.Repeat<(long, EvidencePart)>((3, new EvidencePart.SignedCheckpoint(exchange.Atlantic.Checkpoint(3))), AuditedLog.CheckpointsOfASizeMax);
        Assert.True((await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [.. stamps]))).Succeeded);
        AssertFails(await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [.. stamps, stamps.First()])), "line 69: there are more than 64 checkpoints of 3 entries.");
    }

    /// <summary>The log as it is read, with a checkpoint of a witness whose card is not here.</summary>
    private static AuditedLog Read(TestExchange exchange, int size, Epoch at)
    {
        using var stranger = NoteSigner.Generate("ssashare/caribbean/witness", NoteSignatureType.CosignatureV1);
        Assert.True(AuditedCards.TryCreate(exchange.Atlantic.Card, [], out var cards, out string? fault), fault);
        var log = new AuditedLog(exchange.Atlantic.Card, cards, EvidenceScope.Whole);
        foreach (var entry in exchange.Atlantic.Entries)
        {
            if (entry.Index == size) log.Take(new EvidencePart.SignedCheckpoint(Cosign(exchange.Atlantic.Checkpoint(size), stranger, at)));
            log.Take(new EvidencePart.Entry(entry));
        }
        return log;
    }

    [Fact]
    public async Task Verify_ManifestsInACheckpointThatTheQuorumCosigned_AreNotNoted()
    {
        var exchange = new TestExchange(terms: "witness_quorum: 1");
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 3));
        string bundle = await exchange.Atlantic.ExportAsync(EvidenceScope.Whole, stamps: [Seen(exchange, exchange.Atlantic.LogSize, exchange.Atlantic.Now)]);
        var audit = await TestExchange.AuditAsync([], bundle);
        Assert.True(audit.Succeeded, Failures(audit));
        Assert.Empty(audit.Bundles[0].Notes);
    }

    /// <summary>Pacific, or another, has cosigned the log's beginning.</summary>
    internal static (long Size, EvidencePart Part) Seen(TestExchange exchange, int size, Epoch at, TestNode? witness = null)
        => (size, new EvidencePart.SignedCheckpoint(Cosign(exchange.Atlantic.Checkpoint(size), (witness ?? exchange.Pacific).Witness, at)));

    private static string Cosign(string note, NoteSigner witness, Epoch at)
        => SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out string? fault) ? signed.Cosign(witness, Utc.ToDateTime(at).ToUnixTimeSeconds()).ToString() : throw new InvalidOperationException(fault);
}
