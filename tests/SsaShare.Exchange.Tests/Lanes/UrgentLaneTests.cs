using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Urgent publications, and the lanes and streams that they alone go through.</summary>
public sealed class UrgentLaneTests
{
    private static readonly FeedLane Urgent = FeedLane.PromptOf(FeedPriority.Urgent);

    private readonly TestFeed _feed = new("grants: [{id: all, record_classes: [observation, conjunction_message]}]");

    [Theory]
    [InlineData(RecordClass.Observation, FeedPriority.Routine)]
    [InlineData(RecordClass.Sensor, FeedPriority.Routine)]
    [InlineData(RecordClass.Ephemeris, FeedPriority.Routine)]
    [InlineData(RecordClass.ConjunctionMessage, FeedPriority.Urgent)]
    [InlineData(RecordClass.ManeuverNotice, FeedPriority.Urgent)]
    [InlineData(RecordClass.EventNotice, FeedPriority.Urgent)]
    public void PriorityOf_AClass_IsKnown(RecordClass recordClass, FeedPriority priority) => Assert.Equal(priority, FeedPriorities.Of(recordClass));

    [Fact]
    public void LanesOf_EachPriority_AreDisjoint()
    {
        Assert.Equal([FeedLane.Prompt], FeedLanes.Of(_feed.Agreement, _feed.Provider, _feed.Reader));
        Assert.Equal([Urgent], FeedLanes.Of(_feed.Agreement, _feed.Provider, _feed.Reader, FeedPriority.Urgent));
        Assert.Equal([(FeedPriority.Routine, true), (FeedPriority.Routine, false), (FeedPriority.Urgent, true), (FeedPriority.Urgent, false)],
            new[] { FeedSource.Own, FeedSource.Relayed, FeedSource.OwnUrgent, FeedSource.RelayedUrgent }.Select(source => new FeedLane(source, TimeSpan.Zero)).Select(lane => (lane.Priority, lane.IsOwn)));
    }

    [Fact]
    public void Publication_OfUrgentRecords_SaysSoAndARoutineOneSaysNothing()
    {
        Assert.Contains("\"priority\":\"urgent\"", Text(_feed.Publish(Message())), StringComparison.Ordinal);
        Assert.DoesNotContain("priority", Text(_feed.Publish(Sample.Record())), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _feed.Publish(Message(), Sample.Record()));
    }

    [Fact]
    public void PublicationDocument_OfAnUnknownPriority_IsNoDocument()
    {
        string text = Text(_feed.Publish(Message()));
        Assert.True(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text), DocumentContexts.Publication, out var document) && document.Priority == FeedPriority.Urgent);
        Assert.False(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text.Replace("\"urgent\"", "\"flash\"", StringComparison.Ordinal)), DocumentContexts.Publication, out _));
        Assert.False(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text.Replace("\"urgent\"", "1", StringComparison.Ordinal)), DocumentContexts.Publication, out _));
    }

    [Theory]
    [InlineData(FeedPriority.Urgent, RecordClass.Observation)]
    [InlineData(FeedPriority.Routine, RecordClass.ConjunctionMessage)]
    public void Slice_WithARecordOfTheOtherPriority_IsRefused(FeedPriority said, RecordClass recordClass)
    {
        var honest = _feed.Publish(Sample.Record(recordClass: recordClass));
        Assert.True(DocumentJson.TryRead<PublicationDocument>(honest.Document.Payload.Span, DocumentContexts.Publication, out var document));
        var bent = SignedDocument.Sign(_feed.ProviderKey, DocumentContexts.Publication, DocumentJson.Write(document with { Priority = said }));
        Assert.Null(new PublicationSlice(bent, honest.Records, [], null).Verify(_feed.Keys, out string fault));
        Assert.Contains("priority", fault, StringComparison.Ordinal);
        Assert.NotNull(new PublicationSlice(honest.Document, honest.Records, [], null).Verify(_feed.Keys, out _));
    }

    [Fact]
    public void Batch_WithAPublicationOfTheOtherPriority_IsRefused()
    {
        _feed.Publish(Message());
        var slices = _feed.Release(Urgent).Slices;
        Assert.NotNull(Check(_feed.Answer(Urgent, slices, 1), out _));
        // The receiver asked for the routine stream, and the manifest says that it is of that.
        Assert.Null(_feed.Check(_feed.Answer(FeedLane.Prompt, slices, 1), out string fault));
        Assert.Contains("does not belong into a lane", fault, StringComparison.Ordinal);
        // And the other stream's answer is none for this one.
        Assert.Null(_feed.Check(_feed.Answer(Urgent, slices, 1), out fault));
        Assert.Contains("lane that the agreement does not have", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FeedPriority.Routine)]
    [InlineData(FeedPriority.Urgent)]
    public void Cursor_OfEachStream_IsReadAsThatStreams(FeedPriority priority)
    {
        var codec = new CursorCodec(new byte[32]);
        var cursor = new Cursor(Guid.NewGuid(), Sample.Agreement, LanePositions.Start, Hash256.Of("manifest"u8), priority);
        Assert.Equal(cursor, codec.TryDecode(codec.Encode(cursor, Sample.Atlantic), Sample.Atlantic));
        byte[] bytes = codec.Encode(cursor, Sample.Atlantic);
        bytes[0] = (byte)(5 - bytes[0]);
        Assert.Null(codec.TryDecode(bytes, Sample.Atlantic));
    }

    private Batch? Check(PullAnswer answer, out string fault)
        => Batch.Check(answer, new ExpectedAnswer(_feed.Agreement.Id, _feed.Provider, _feed.Reader, FeedLanes.Of(_feed.Agreement, _feed.Provider, _feed.Reader, FeedPriority.Urgent), _feed.State) { Now = _feed.Now },
            _feed.Keys, FeedLanes.ForReceiver(_feed.Agreement, AgreementState.Active, _feed.Provider, _feed.Reader, _feed.Now), out fault);

    private static SealedRecord Message() => Sample.Record(recordClass: RecordClass.ConjunctionMessage);

    private static string Text(Publication publication) => System.Text.Encoding.UTF8.GetString(publication.Document.Payload.Span);
}
