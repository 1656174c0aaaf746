using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>A receiver's check of lanes, forms and delays: whatever is not as agreed is refused whole.</summary>
public sealed class LaneBatchTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly TestFeed _feed = TestFeed.DegradedAtOnceFullAfterADay();

    public LaneBatchTests() => _feed.Publish(TestFeed.Records(4));

    [Fact]
    public void Check_LanesInTurn_AreOneChain()
    {
        Assert.Equal(4, _feed.Take(FeedLane.Prompt).ItemCount);
        _feed.Now = _feed.Now.Plus(Day);
        _feed.Publish(TestFeed.Records(2));
        Assert.Equal(4, _feed.Take(TestFeed.Late).ItemCount);
        Assert.Equal(2, _feed.Take(FeedLane.Prompt).ItemCount);
        Assert.Equal((2, 1), (_feed.State.Positions.Of(FeedLane.Prompt), _feed.State.Positions.Of(TestFeed.Late)));
    }

    [Theory]
    [InlineData(FeedSource.Relayed, 0)]
    [InlineData(FeedSource.Unspecified, 0)]
    [InlineData(FeedSource.Own, 1)]
    [InlineData(FeedSource.Own, -1)]
    [InlineData(FeedSource.Own, long.MaxValue)]
    public void Check_LaneThatTheAgreementDoesNotHave_IsRefused(FeedSource source, long delayS)
        => AssertRefused(_feed.Answer(FeedLane.Prompt, manifest => manifest with { Source = source, DelayS = delayS }), "lane");

    [Fact]
    public void Check_PositionOfAnotherLane_IsRefused()
    {
        _feed.Take(FeedLane.Prompt);
        _feed.Now = _feed.Now.Plus(Day);
        AssertRefused(_feed.Answer(TestFeed.Late, manifest => manifest with { AfterPosition = 1 }), "positions");
    }

    [Fact]
    public void Check_FullFormInThePromptLane_IsRefused()
    {
        var whole = _feed.Publications[0].Publication;
        AssertRefused(_feed.Answer(FeedLane.Prompt, [new PublicationSlice(whole.Document, whole.Records, [], null)], 1), "outside the agreement: NotYetDue");
    }

    [Fact]
    public void Check_LateLaneBeforeTheDelayIsOver_IsRefused()
    {
        var whole = _feed.Publications[0].Publication;
        _feed.Now = _feed.Now.Plus(Day - TimeSpan.FromSeconds(1));
        AssertRefused(_feed.Answer(TestFeed.Late, [new PublicationSlice(whole.Document, whole.Records, [], null)], 1), "delay");
        _feed.Now = _feed.Now.PlusSeconds(1);
        Assert.Equal(4, _feed.Take(TestFeed.Late).ItemCount);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Check_DatedAheadOfTheReceiversClock_IsTakenUpToFiveMinutes(double aheadS, bool isTaken)
    {
        _feed.Take(FeedLane.Prompt);
        var now = _feed.Now;
        _feed.Now = now.PlusSeconds(aheadS);
        _feed.Publish(TestFeed.Records(1));
        _feed.Now = now;
        if (isTaken) Assert.Equal(1, _feed.Take(FeedLane.Prompt).ItemCount);
        else AssertRefused(_feed.Answer(FeedLane.Prompt), "ahead of the clock here");
    }

    [Fact]
    public void Due_AtTheEndsOfTime_StaysThere()
    {
        Assert.Equal(new Epoch(long.MaxValue), FeedLanes.DueAt(TestFeed.Late, new Epoch(long.MaxValue - 1)));
        Assert.Equal(new Epoch(long.MinValue), FeedLanes.PublishedUntil(TestFeed.Late, new Epoch(long.MinValue + 1)));
        Assert.Equal(Sample.Now.Plus(Day), FeedLanes.DueAt(TestFeed.Late, Sample.Now));
    }

    [Fact]
    public void Check_RecordCountThatIsNotSo_IsRefused()
    {
        AssertRefused(_feed.Answer(FeedLane.Prompt, manifest => manifest with { RecordCount = 3 }), "exactly");
        AssertRefused(_feed.Answer(FeedLane.Prompt, manifest => manifest with { RecordCount = 5 }), "exactly");
        Assert.NotNull(_feed.Check(_feed.Answer(FeedLane.Prompt, manifest => manifest with { RecordCount = null }), out _));
    }

    [Fact]
    public void Check_OneFormTwice_IsRefused()
    {
        var slice = _feed.Release(FeedLane.Prompt).Slices.Single();
        AssertRefused(_feed.Answer(FeedLane.Prompt, [slice, slice], 1), "twice");
    }

    [Fact]
    public void Check_AnythingOfADegradedSliceBent_IsRefused()
    {
        var slice = _feed.Release(FeedLane.Prompt).Slices.Single();
        Assert.NotNull(_feed.Check(_feed.Answer(FeedLane.Prompt, [slice], 1), out string fault));
        Assert.Equal("", fault);
        foreach (var (why, bent) in Bent(slice))
        {
            Assert.True(_feed.Check(_feed.Answer(FeedLane.Prompt, [bent], 1), out fault) is null, $"taken although {why}");
            Assert.NotEqual("", fault);
        }
    }

    [Fact]
    public void Check_ADegradedPartOfAStatement_IsTaken()
    {
        // As one who passes on only some of what a statement is about.
        var slice = _feed.Release(FeedLane.Prompt).Slices.Single();
        PublishedRecord[] some = [slice.Records[0], slice.Records[3]];
        var held = slice.Records.Select(record => new LeafAt(record.Degraded!.Index, record.LeafHash)).ToArray();
        Assert.True(new SubsetProof(4, []).TryNarrow(held, [0, 3], out var narrowed));
        var proof = SubsetProof.Create([.. _feed.Publications[0].Publication.Records.Select(record => record.LeafHash)], [0, 3]).Hashes;
        var part = slice with { Records = some, ProofHashes = proof, Degraded = slice.Degraded! with { ProofHashes = narrowed!.Hashes } };
        Assert.True(_feed.Check(_feed.Answer(FeedLane.Prompt, [part], 1), out string fault) is { ItemCount: 2 }, fault);
    }

    private IEnumerable<(string Why, PublicationSlice Slice)> Bent(PublicationSlice slice)
    {
        var (first, part) = (slice.Records[0], slice.Degraded!);
        Assert.True(DocumentJson.TryRead<DegradedDocument>(part.Document.Payload.Span, DocumentContexts.Degraded, out var document));
        PublicationSlice With(PublishedRecord changed) => slice with { Records = [changed, .. slice.Records.Skip(1)] };
        PublicationSlice Marked(Func<DegradationMark, DegradationMark> change) => With(first with { Record = first.Record with { Mark = change(first.Record.Mark!) } });
        PublicationSlice Stating(Func<DegradedDocument, DegradedDocument> change, SigningKey? key = null)
            => slice with { Degraded = part with { Document = SignedDocument.Sign(key ?? _feed.ProviderKey, DocumentContexts.Degraded, DocumentJson.Write(change(document))) } };

        yield return ("nobody signs for the degradation", slice with { Degraded = null });
        yield return ("the statement is signed by the reader", Stating(same => same, _feed.ReaderKey));
        yield return ("the reader is named as provider and signs", Stating(same => same with { Provider = _feed.Reader }, _feed.ReaderKey));
        yield return ("the statement is signed as another kind", slice with { Degraded = part with { Document = SignedDocument.Sign(_feed.ProviderKey, DocumentContexts.Manifest, part.Document.Payload.ToArray()) } });
        yield return ("the statement is no document", slice with { Degraded = part with { Document = SignedDocument.Sign(_feed.ProviderKey, DocumentContexts.Degraded, "{}"u8.ToArray()) } });
        yield return ("it is about another publication", Stating(same => same with { Publication = Hash256.Of("another"u8) }));
        yield return ("it names another originator", Stating(same => same with { Originator = _feed.Reader }));
        yield return ("it names another agreement", Stating(same => same with { Agreement = new AgreementId(Hash256.Of("another"u8)) }));
        yield return ("it names another profile", Stating(same => same with { Profile = ProfileId.TryParse("finer", out var id) ? id : default }));
        yield return ("its size is another", Stating(same => same with { Size = 3 }));
        yield return ("its size is none", Stating(same => same with { Size = 0 }));
        yield return ("its root is another", Stating(same => same with { Root = Hash256.Of("root"u8) }));
        yield return ("it is said to be of a larger tree", Stating(same => same with { Size = 5 }));
        yield return ("a hash is added to its proof", slice with { Degraded = part with { ProofHashes = [Hash256.Of("more"u8)] } });
        yield return ("a hash is added to the publication's proof", slice with { ProofHashes = [Hash256.Of("more"u8)] });
        yield return ("a record is missing", slice with { Records = [.. slice.Records.Skip(1)] });
        yield return ("two records have changed places", slice with { Records = [slice.Records[1], slice.Records[0], .. slice.Records.Skip(2)] });
        yield return ("the salt is another", With(first with { Salt = new byte[PublicationLeaf.SaltSize] }));
        yield return ("the original's leaf is another", With(first with { Degraded = first.Degraded! with { OriginalLeaf = Hash256.Of("leaf"u8) } }));
        yield return ("the original's leaf is another's in the publication", With(first with { Degraded = first.Degraded! with { OriginalLeaf = slice.Records[1].LeafInPublication } }));
        yield return ("its place is another's", With(first with { Degraded = first.Degraded! with { Index = 1 } }));
        yield return ("its place is outside", With(first with { Degraded = first.Degraded! with { Index = 4 } }));
        yield return ("the record names no original", With(first with { Degraded = null }));
        yield return ("the record is the original", With(_feed.Publications[0].Publication.Records[0]));
        yield return ("the record has no mark", With(first with { Record = first.Record with { Mark = null } }));
        yield return ("the mark names another original", Marked(mark => mark with { Original = slice.Records[1].LeafInPublication }));
        yield return ("the mark names another provider", Marked(mark => mark with { DegradedBy = _feed.Reader }));
        yield return ("the mark names another agreement", Marked(mark => mark with { Agreement = new AgreementId(Hash256.Of("another"u8)) }));
        yield return ("the mark states less error than the profile adds", Marked(mark => mark with { Added = new AddedSigma { RangeKm = 0.5 } }));
        yield return ("the mark states an error that the profile does not add", Marked(mark => mark with { Added = new AddedSigma { RangeKm = 1, EpochS = 1 } }));
        yield return ("the facts name another form", With(first with { Record = first.Record with { Facts = first.Record.Facts with { Form = ReleaseForm.Full } } }));
        yield return ("the payload is another", With(first with { Record = SealedRecord.Seal(new byte[40], first.Record.Label, first.Record.Facts) with { Mark = first.Record.Mark } }));
    }

    private void AssertRefused(PullAnswer answer, string reason)
    {
        Assert.Null(_feed.Check(answer, out string fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
