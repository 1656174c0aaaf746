using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class BatchTests
{
    private static readonly ExpectedAnswer Expected = new(Sample.Agreement, Sample.Pacific, Sample.Atlantic,
        [FeedLane.Prompt], new InboxState(ReadOnlyMemory<byte>.Empty, LanePositions.Start.With(FeedLane.Prompt, 4), Hash256.Of("manifest before"u8), null)) { Now = Sample.Now };
    private static readonly PublicationSlice[] Slices = [Slice(Sample.Publish(Sample.Records(3))), Slice(Sample.Publish(Sample.Records(2)))];
    private static readonly ManifestDocument Manifest = Describe(Slices);

    [Fact]
    public void Check_AnAnswerThatHolds_GivesABatch()
    {
        var batch = Check(Answer(Manifest, Slices), out string fault);
        Assert.Equal("", fault);
        Assert.NotNull(batch);
        Assert.Equal((5, Manifest, 2), (batch.ItemCount, batch.Manifest, batch.Slices.Count));
        Assert.Equal(Slices.Select(slice => slice.Document.Id), batch.Slices.Select(slice => slice.Slice.Document.Id));
    }

    [Fact]
    public void Check_LogThatDidNotGrowByTheManifestBefore_IsRefused()
    {
        // What an accepted manifest lists, is in the provider's log: its own checkpoint counted 12 entries, so there are 13 at least.
        Assert.Equal((13, 12), (Check(Answer(Manifest, Slices), out _)?.LogSizeMin, Check(Answer(Describe([]), []), out _)?.LogSizeMin));
        var before = Expected with { State = Expected.State with { LogSizeMin = 13 } };
        Assert.Null(Batch.Check(Answer(Manifest, Slices), before, Sample.Keys, Sample.Released, out string fault));
        Assert.Contains("at least 13", fault, StringComparison.Ordinal);
        Assert.NotNull(Batch.Check(Answer(Manifest with { Checkpoint = Sample.Checkpoint(Sample.PacificLog, 13, Hash256.Of("root"u8)) }, Slices), before, Sample.Keys, Sample.Released, out _));
    }

    [Fact]
    public void Check_AnAnswerThatListsNothing_GivesAnEmptyBatch()
        => Assert.Equal(0, Check(Answer(Describe([]), []), out _)?.ItemCount);

    [Fact]
    public void Check_ManifestSignedByAnother_IsRefused()
        => AssertRefused(new PullAnswer(SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Manifest, DocumentJson.Write(Manifest)), Slices, default), "signature");

    [Fact]
    public void Check_ManifestSignedAsAnotherKind_IsRefused()
        => AssertRefused(new PullAnswer(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Receipt, DocumentJson.Write(Manifest)), Slices, default), "signature");

    [Fact]
    public void Check_ProviderWithoutPinnedCard_IsRefused()
    {
        Assert.Null(Batch.Check(Answer(Manifest, Slices), Expected with { Provider = Sample.Caribbean }, Sample.Keys, Sample.Released, out string fault));
        Assert.Contains("signature", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NotAManifest_IsRefused()
        => AssertRefused(new PullAnswer(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Manifest, "{}"u8.ToArray()), Slices, default), "well-formed");

    [Fact]
    public void Check_AnotherAgreementOrParty_IsRefused()
    {
        AssertRefused(Answer(Manifest with { Agreement = new AgreementId(Hash256.Of("other"u8)) }, Slices), "another agreement");
        AssertRefused(Answer(Manifest with { Provider = Sample.Atlantic }, Slices), "other parties");
        AssertRefused(Answer(Manifest with { Receiver = Sample.Caribbean }, Slices), "other parties");
    }

    [Fact]
    public void Check_NotTheNextInTheChain_IsRefused()
    {
        AssertRefused(Answer(Manifest with { AfterPosition = 3 }, Slices), "positions");
        AssertRefused(Answer(Manifest with { AfterPosition = 5 }, Slices), "positions");
        AssertRefused(Answer(Manifest with { ToPosition = 3 }, Slices), "positions");
        AssertRefused(Answer(Manifest with { Previous = null }, Slices), "positions");
        AssertRefused(Answer(Manifest with { Previous = Hash256.Of("another"u8) }, Slices), "positions");
    }

    [Fact]
    public void Check_CheckpointThatIsNotOfTheProvidersLog_IsRefused()
    {
        string genuine = Manifest.Checkpoint;
        AssertRefused(Answer(Manifest with { Checkpoint = "checkpoint" }, Slices), "checkpoint");
        AssertRefused(Answer(Manifest with { Checkpoint = "" }, Slices), "checkpoint");
        AssertRefused(Answer(Manifest with { Checkpoint = genuine.Replace("\n12\n", "\n13\n", StringComparison.Ordinal) }, Slices), "checkpoint");
        AssertRefused(Answer(Manifest with { Checkpoint = Sample.Checkpoint(Sample.AtlanticLog, 12, Hash256.Of("root"u8)) }, Slices), "checkpoint");
        using var impostor = NoteSigner.Generate(Sample.PacificLog.Name);
        AssertRefused(Answer(Manifest with { Checkpoint = Sample.Checkpoint(impostor, 12, Hash256.Of("root"u8)) }, Slices), "checkpoint");
        Assert.Null(Batch.Check(Answer(Manifest, Slices), Expected, new TestKeys(Sample.FindKey), Sample.Released, out string fault));
        Assert.Contains("No log key", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ASliceThatDoesNotVerify_IsRefused()
        => AssertRefused(Answer(Manifest, [Slices[0] with { Records = [.. Slices[0].Records.Skip(1)] }, Slices[1]]), "do not belong");

    [Fact]
    public void Check_RecordOfAnotherOriginatorThanItsPublication_IsRefused()
    {
        PublicationSlice[] slices = [Slice(Publication.Create(Sample.Pacific, [Sample.Record(Sample.Atlantic)], Sample.PacificKey, Sample.Now, null))];
        AssertRefused(Answer(Describe(slices), slices), "originator");
    }

    [Fact]
    public void Check_RecordOutsideTheAgreement_IsRefused()
    {
        PublicationSlice[] slices = [Slice(Sample.Publish(Sample.Record(), Sample.Record(tag: "7734")))];
        Assert.Null(Batch.Check(Answer(Describe(slices), slices), Expected, Sample.Keys,
            (in facts, form, age) => facts.ObjectTag == "7734" ? ReleaseDecision.Withheld(WithholdReason.Prohibited, Sample.Prohibition) : Sample.Released(facts, form, age), out string fault));
        Assert.Contains("outside the agreement: Prohibited", fault, StringComparison.Ordinal);
    }

    /// <summary>They are added up for ever: what no feed can come to would overflow, or be stored below 0.</summary>
    [Fact]
    public void Check_CountsThatNoFeedComesTo_AreRefused()
    {
        Assert.NotNull(Check(Answer(Manifest with { Withheld = 2_000, Waiting = 0, Snapshot = new FeedSnapshot(6, 2_000) }, Slices), out _));
        AssertRefused(Answer(Manifest with { Withheld = 2_001 }, Slices), "2001 withheld");
        AssertRefused(Answer(Manifest with { Withheld = long.MaxValue }, Slices), "withheld");
        AssertRefused(Answer(Manifest with { Withheld = long.MinValue }, Slices), "withheld");
        AssertRefused(Answer(Manifest with { Complete = false, Waiting = long.MaxValue }, Slices), "waiting");
        AssertRefused(Answer(Manifest with { Withheld = 1, Snapshot = new FeedSnapshot(6, 2) }, Slices), "gone");
        AssertRefused(Answer(Manifest with { Snapshot = new FeedSnapshot(6, long.MaxValue) }, Slices), "gone");
        AssertRefused(Answer(Manifest with { ToPosition = Batch.PositionMax + 1 }, Slices), "position");
        AssertRefused(Answer(Manifest with { ToPosition = long.MaxValue, Withheld = long.MaxValue }, Slices), "position");
    }

    /// <summary>A peer that gives back what it was given.</summary>
    [Fact]
    public void Check_APublicationOfTheReceiver_IsRefused()
    {
        var own = Publication.Create(Sample.Atlantic, [Sample.Record(Sample.Atlantic)], Sample.AtlanticKey, Sample.Now, null);
        PublicationSlice[] slices = [Slice(own) with { Records = [.. own.Records.Select(record => record with { Terms = SealedTerms.Seal(new CarriedTerms(Purposes.Fusion, 0, [], [], null)) })] }];
        var lane = FeedLane.RelayedOf(FeedPriority.Routine);
        var manifest = Describe(slices) with { Source = lane.Source, AfterPosition = 0, ToPosition = 1, ItemRoot = MerkleTree.Root([.. slices[0].Records.Select(record => record.ItemHash)]) };
        Assert.Null(Batch.Check(Answer(manifest, slices), Expected with { Lanes = [lane] }, Sample.Keys, Sample.Released, out string fault));
        Assert.Contains("receiver's own", fault, StringComparison.Ordinal);
        // The same of another passes.
        Assert.NotNull(Batch.Check(Answer(manifest with { Receiver = Sample.Caribbean }, slices), Expected with { Lanes = [lane], Receiver = Sample.Caribbean }, Sample.Keys, Sample.Released, out _));
    }

    [Fact]
    public void Check_ManifestListsOtherRecordsThanCame_IsRefused()
    {
        AssertRefused(Answer(Manifest with { ItemCount = 6 }, Slices), "exactly");
        AssertRefused(Answer(Manifest with { PublicationCount = 1 }, Slices), "exactly");
        AssertRefused(Answer(Manifest with { ItemRoot = Hash256.Of("other"u8) }, Slices), "exactly");
        AssertRefused(Answer(Manifest, [Slices[0]]), "exactly");
        AssertRefused(Answer(Manifest, [Slices[1], Slices[0]]), "exactly");
        AssertRefused(Answer(Manifest, []), "exactly");
        AssertRefused(Answer(Describe([]), Slices), "exactly");
    }

    [Fact]
    public void Receipt_OfABatch_SaysExactlyWhatCame()
    {
        var batch = Check(Answer(Manifest, Slices), out _)!;
        var receipt = batch.Receipt(Sample.AtlanticKey, Sample.Now);
        Assert.True(receipt.Verify(Sample.AtlanticKey.VerificationKey, DocumentContexts.Receipt));
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        Assert.Equal(new ReceiptDocument(DocumentContexts.Receipt.Text, batch.SignedManifest.Id, Sample.Atlantic, 5, Manifest.ItemRoot, Sample.Now), document);
    }

    private static PublicationSlice Slice(Publication publication) => new(publication.Document, publication.Records, [], null);

    private static ManifestDocument Describe(PublicationSlice[] slices)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        return new ManifestDocument(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 4, 4 + slices.Length, Hash256.Of("manifest before"u8),
            slices.Length, leaves.Length, MerkleTree.Root(leaves), true, Sample.Now, Sample.Checkpoint(Sample.PacificLog, 12, Hash256.Of("root"u8)));
    }

    private static PullAnswer Answer(ManifestDocument manifest, PublicationSlice[] slices)
        => new(SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Manifest, DocumentJson.Write(manifest)), slices, "cursor"u8.ToArray());

    private static Batch? Check(PullAnswer answer, out string fault) => Batch.Check(answer, Expected, Sample.Keys, Sample.Released, out fault);

    private static void AssertRefused(PullAnswer answer, string reason)
    {
        Assert.Null(Check(answer, out string fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
