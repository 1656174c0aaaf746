using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>Logs that are whole and well signed, by a node that hides or invents something.</summary>
public sealed class EvidencePlantedFaultTests
{
    [Fact]
    public async Task Verify_ARecordSkippedWithoutAWithheldEntry_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 2));
        AssertFails(await exchange.AuditAsync(), "of 3 records in its range 2 are given and 0 withheld");
    }

    [Fact]
    public async Task Verify_MoreWithheldThanThereIs_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 2, withheld: 2));
        AssertFails(await exchange.AuditAsync(), "of 3 records in its range 2 are given and 2 withheld");
    }

    [Fact]
    public async Task Verify_AWithheldEntryThatNamesNoManifestClauseOrReason_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        var manifest = exchange.Issue(1, items: 2);
        exchange.Atlantic.Append(LogKinds.Withheld, new WithheldEvent(Hash256.Of("another"u8), [new WithheldCount(null, "Prohibited", 1)]).ToJson());
        AssertFails(await exchange.AuditAsync(), "it is for a manifest that this log does not hold");
        exchange.Atlantic.Append(LogKinds.Withheld, new WithheldEvent(manifest.Id, [new WithheldCount("no-such-clause", "Prohibited", 1)]).ToJson());
        AssertFails(await exchange.AuditAsync(), "the agreement has no clause 'no-such-clause'");
        exchange.Atlantic.Append(LogKinds.Withheld, new WithheldEvent(manifest.Id, [new WithheldCount(null, "Prohibited", 1)]).ToJson());
        AssertFails(await exchange.AuditAsync(), "already");

        var other = new TestExchange();
        other.Atlantic.Publish(3);
        other.Atlantic.Append(LogKinds.Withheld, new WithheldEvent(other.Issue(1, items: 2).Id, [new WithheldCount(null, "JustSo", 1)]).ToJson());
        AssertFails(await other.AuditAsync(), "no reason is called 'JustSo'");
    }

    [Fact]
    public async Task Verify_NothingInPlaceOfACount_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Atlantic.Append(LogKinds.Withheld, Encoding.UTF8.GetBytes($"{{\"manifest\":\"{exchange.Issue(1, items: 2).Id}\",\"withheld\":[null]}}"));
        AssertFails(await exchange.AuditAsync(), "it is not well-formed");
    }

    [Fact]
    public async Task Verify_AManifestLeftOutBetweenTwoOthers_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2).Publish(4);
        exchange.Deliver(exchange.Issue(1, items: 3));
        exchange.Deliver(exchange.Issue(1, items: 2, isLogged: false), isReceiptReturned: false);
        exchange.Deliver(exchange.Issue(1, items: 4));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync()), "no manifest before it reaches position 2: one is left out");
        AssertFails(await exchange.AuditAsync(), "the provider's log does not hold it");
    }

    [Fact]
    public async Task Verify_TheNewestManifestNotYetInTheProvidersBundle_IsNotedOnly()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Publish(1);
        int before = exchange.Atlantic.LogSize;
        exchange.Deliver(exchange.Issue(1, items: 1));
        var audit = await TestExchange.AuditAsync([exchange.Atlantic.Card, exchange.Pacific.Card], await exchange.Atlantic.ExportAsync(before), await exchange.Pacific.ExportAsync());
        Assert.True(audit.Succeeded, Failures(audit));
        Assert.Contains("is newer than the provider's bundle, or left out of it", Assert.Single(audit.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AManifestThatReachesBeyondTheFeedOrCountsWrongly_Fails()
    {
        await AssertManifestFailsAsync(manifest => manifest with { ToPosition = 2 }, "the log holds 1 publications before it");
        await AssertManifestFailsAsync(manifest => manifest with { AfterPosition = -1 }, "the log holds 1 publications before it");
        await AssertManifestFailsAsync(manifest => manifest with { PublicationCount = 2 }, "cannot be in 1");
        await AssertManifestFailsAsync(manifest => manifest with { ItemCount = -1 }, "below 0");
        await AssertManifestFailsAsync(manifest => manifest with { Receiver = Sample.Caribbean }, "RecipientNotParty");
        await AssertManifestFailsAsync(manifest => manifest with { Provider = Sample.Pacific }, "signature");
        await AssertManifestFailsAsync(manifest => manifest with { Agreement = Sample.Agreement }, "which this log does not hold before it");
        await AssertManifestFailsAsync(manifest => manifest with { Watermark = manifest.Watermark.PlusSeconds(-3_600) }, "and was logged at");
        await AssertManifestFailsAsync(manifest => manifest with { Watermark = Sample.Now.PlusSeconds(-366 * 86_400.0) }, "and was logged at");
    }

    [Fact]
    public async Task Verify_ACheckpointThatIsNotOne_Fails()
    {
        await AssertManifestFailsAsync(manifest => manifest with { Checkpoint = "any text" }, "its checkpoint does not open");
        using var impostor = NoteSigner.Generate("ssashare/atlantic/log");
        await AssertManifestFailsAsync(manifest => manifest with { Checkpoint = Sample.Checkpoint(impostor, 1, Hash256.Of("root"u8)) }, "its checkpoint does not open");
    }

    [Fact]
    public async Task Verify_ACheckpointOfAnotherHistory_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 3, alter: manifest => manifest with { Checkpoint = Sample.Checkpoint(exchange.Atlantic.Log, 2, Hash256.Of("another history"u8)) }));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync()), "its checkpoint is not of this log's first 2 entries");
        // The receiver alone cannot know; with the provider's bundle it is found, and that in the comparison too.
        var alone = await TestExchange.AuditAsync([], await exchange.Pacific.ExportAsync());
        Assert.True(alone.Succeeded, Failures(alone));
        AssertFails(await exchange.AuditAsync(), "bundle 0 and bundle 1: 1 contradictions");
    }

    [Fact]
    public async Task Verify_ACheckpointOfEntriesToCome_Fails()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 3, alter: manifest => manifest with { Checkpoint = Sample.Checkpoint(exchange.Atlantic.Log, 900, Hash256.Of("root"u8)) }));
        AssertFails(await exchange.AuditAsync(), "of which it would be one");
    }

    [Fact]
    public async Task Verify_AProviderWhoseLogShrank_IsFoundAtTheReceiver()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2);
        exchange.Deliver(exchange.Issue(1, items: 3));
        exchange.Deliver(exchange.Issue(1, items: 2, alter: manifest => manifest with { Checkpoint = exchange.Atlantic.Checkpoint(1) }));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Pacific.ExportAsync()), "the provider's log shrank");
    }

    [Fact]
    public async Task Verify_AProviderWhoseLogStoodStillWhileItGave_IsFoundAtTheReceiver()
    {
        var exchange = new TestExchange();
        string frozen = "";
        exchange.Atlantic.Publish(3).Publish(2);
        exchange.Deliver(exchange.Issue(1, items: 3, alter: manifest =>
        {
            frozen = manifest.Checkpoint;
            return manifest;
        }));
        exchange.Deliver(exchange.Issue(1, items: 2, alter: manifest => manifest with { Checkpoint = frozen }));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Pacific.ExportAsync()), "the provider's log did not grow");
    }

    [Fact]
    public async Task Verify_TwoHistoriesShownToOneReceiver_AreFoundAtTheReceiver()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2);
        int size = exchange.Atlantic.LogSize;
        exchange.Deliver(exchange.Issue(1, items: 3));
        exchange.Deliver(exchange.Issue(1, items: 2, alter: manifest => manifest with { Checkpoint = Sample.Checkpoint(exchange.Atlantic.Log, size, Hash256.Of("another"u8)) }));
        AssertFails(await TestExchange.AuditAsync([], await exchange.Pacific.ExportAsync()), "shows two histories");
    }

    [Fact]
    public async Task Verify_TwoBundlesOfOneNode_MustBeOneHistory()
    {
        var exchange = TestExchange.Honest();
        string early = await exchange.Atlantic.ExportAsync(4), late = await exchange.Atlantic.ExportAsync();
        var honest = await TestExchange.AuditAsync([], early, late);
        Assert.True(honest.Succeeded, Failures(honest));

        AssertFails(await TestExchange.AuditAsync([], early, await TestExchange.Honest().Atlantic.ExportAsync()), "they differ from entry 0 on");
    }

    [Fact]
    public async Task Verify_AReceiptForWhatTheReceiverDoesNotHold_IsAContradiction()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2);
        var first = exchange.Issue(1, items: 3);
        var receipt = SignedDocument.Sign(exchange.Pacific.Key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(
            DocumentContexts.Receipt.Text, first.Id, exchange.Pacific.Partner, 3, Hash256.Of(BitConverter.GetBytes(0L)), exchange.Pacific.Now)));
        exchange.Atlantic.Append(LogKinds.ReceiptReceived, receipt.ToJson());
        exchange.Deliver(exchange.Issue(1, items: 2));
        AssertFails(await exchange.AuditAsync(), "the receiver signed a receipt, and its log does not hold the manifest");
    }

    [Fact]
    public async Task Verify_AStretchThatTheProviderDoesNotAccountFor_IsAContradiction()
    {
        // The receiver leaves out a manifest that brought it records; the provider's log says so.
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Publish(2);
        exchange.Issue(1, items: 3);
        exchange.Deliver(exchange.Issue(1, items: 2));
        AssertFails(await exchange.AuditAsync(), "does not say that nothing was granted from 0 to 1");
    }

    [Fact]
    public async Task Verify_AReceivedManifestWithoutReceiptOrTwice_Fails()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Publish(1);
        var manifest = exchange.Issue(1, items: 1);
        exchange.Pacific.Append(LogKinds.ManifestReceived, manifest.ToJson());
        AssertFails(await exchange.AuditAsync(), "no receipt for it was issued");
        exchange.Deliver(manifest);
        AssertFails(await exchange.AuditAsync(), "the log holds it already");
    }

    [Theory]
    [InlineData("Withheld")]
    [InlineData("note-to-self\e[2J")]
    [InlineData("")]
    public async Task Verify_AnUnknownKind_Fails(string kind)
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Append(kind, "{}"u8.ToArray());
        var audit = await exchange.AuditAsync();
        AssertFails(audit, "no entry is of that kind");
        Assert.All(audit.Bundles[0].EntryCounts.Keys, shown => Assert.DoesNotContain('\e', shown));
    }

    [Fact]
    public async Task Verify_BodiesThatAreNotOfTheirKind_Fail()
    {
        foreach (string kind in (string[])[LogKinds.Publication, LogKinds.ManifestIssued, LogKinds.ManifestReceived, LogKinds.ReceiptIssued, LogKinds.ReceiptReceived, LogKinds.Agreement, LogKinds.Withheld, LogKinds.PeerPinned, LogKinds.NodeCard, LogKinds.Refusal])
        {
            var exchange = new TestExchange();
            exchange.Atlantic.Append(kind, "[]"u8.ToArray());
            AssertFails(await exchange.AuditAsync(), $"({kind})");
        }
    }

    [Fact]
    public async Task Verify_APublicationOfAnother_Fails()
    {
        var exchange = TestExchange.Honest();
        exchange.Atlantic.Append(LogKinds.Publication, Publication.Create(Sample.Pacific, [Sample.Record()], exchange.Pacific.Key, exchange.Atlantic.Now, null).Document.ToJson());
        AssertFails(await exchange.AuditAsync(), "it is of 'pacific'");
    }

    [Fact]
    public async Task Verify_AStateThatTheSignaturesDoNotGive_Fails()
    {
        AssertFails(await new TestExchange(AgreementState.Active, pacificSigns: false).AuditAsync(), "its state is Active without the signature of pacific");
        AssertFails(await new TestExchange(AgreementState.Proposed).AuditAsync(), "every party has signed it, but its state is Proposed");
        var exchange = new TestExchange();
        exchange.Atlantic.Agree(exchange.Envelope, AgreementState.Revoked).Agree(exchange.Envelope, AgreementState.Active);
        AssertFails(await exchange.AuditAsync(), "it became Active after it had been Revoked");
        var lost = new TestExchange();
        lost.Atlantic.Agree(AgreementEnvelope.Of(lost.Agreement).Sign(lost.Atlantic.Key), AgreementState.Revoked);
        AssertFails(await lost.AuditAsync(), "it has lost a signature");
    }

    [Fact]
    public async Task Verify_ManifestsWhileTheAgreementWasSuspended_Fail()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3).Agree(exchange.Envelope, AgreementState.Suspended);
        for (int i = 0; i < 10; i++) _ = exchange.Atlantic.Now;
        exchange.Deliver(exchange.Issue(1, items: 3));
        AssertFails(await exchange.AuditAsync(), "was not active");
    }

    private static async Task AssertManifestFailsAsync(Func<ManifestDocument, ManifestDocument> alter, string reason)
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Issue(1, items: 3, alter: alter);
        AssertFails(await TestExchange.AuditAsync([], await exchange.Atlantic.ExportAsync()), reason);
    }
}
