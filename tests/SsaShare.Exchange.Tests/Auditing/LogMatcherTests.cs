using System.Collections.Frozen;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class LogMatcherTests
{
    private static readonly FrozenSet<RecordPlace> None = FrozenSet<RecordPlace>.Empty;
    private static readonly ClauseId Another = ClauseId.TryParse("another", out var clause) ? clause : default;
    private static readonly string[] Items = [LogKinds.ItemsIssued, LogKinds.ItemsReceived];

    private static readonly string[] OfRecords = [LogKinds.Publication, .. Items, LogKinds.DeletionIssued, LogKinds.DeletionReceived,
        LogKinds.Notice, LogKinds.NoticeReceiptIssued, LogKinds.NoticeReceiptReceived];

    [Fact]
    public void Kinds_OfAQueryThatAsksForNothing_AreAll() => Assert.Null(LogMatcher.Kinds(new LogQuery { Peer = Sample.Pacific, From = Sample.Now }));

    [Fact]
    public void Kinds_OfEachDecision_AreThoseThatSayIt()
    {
        Assert.Equal(Items, Kinds(new LogQuery { Decision = LoggedDecision.Released }));
        Assert.Equal(Items, Kinds(new LogQuery { Decision = LoggedDecision.Degraded, Places = [Bodies.Place] }));
        Assert.Equal([LogKinds.Withheld], Kinds(new LogQuery { Decision = LoggedDecision.Withheld, Clause = Another }));
        Assert.Equal([LogKinds.DenialIssued, LogKinds.DenialReceived, LogKinds.Refusal], Kinds(new LogQuery { Decision = LoggedDecision.Refused }));
        Assert.Equal([.. Items, LogKinds.Withheld], Kinds(new LogQuery { Clause = Another }));
        Assert.Equal(OfRecords.Order(StringComparer.Ordinal), Kinds(new LogQuery { ObjectTag = "5398" }));
    }

    [Fact]
    public void Kinds_OfWhatNoEntrySays_AreNone()
    {
        Assert.Empty(Kinds(new LogQuery { Decision = LoggedDecision.Withheld, ObjectTag = "5398" }));
        Assert.Empty(Kinds(new LogQuery { Decision = LoggedDecision.Refused, Clause = Another }));
        Assert.Empty(Kinds(new LogQuery { Decision = LoggedDecision.Refused, Kinds = [LogKinds.Notice] }));
    }

    [Fact]
    public void Kinds_ThatAreAskedFor_AreTakenWithTheOthers()
    {
        Assert.Equal([LogKinds.Refusal], Kinds(new LogQuery { Kinds = [LogKinds.Refusal] }));
        Assert.Equal([LogKinds.ItemsIssued], Kinds(new LogQuery { Kinds = [LogKinds.Refusal, LogKinds.ItemsIssued], Clause = Another }));
    }

    [Fact]
    public void Meets_EachKindThatListsRecords_ByTheRecordThatItLists()
    {
        foreach (string kind in OfRecords) Assert.True(Meets(kind, new LogQuery { Places = [Bodies.Place] }), kind);
        foreach (string kind in OfRecords[..5])
        {
            Assert.False(Meets(kind, new LogQuery { Places = [Bodies.Place with { Index = 3 }] }), kind);
            Assert.False(Meets(kind, new LogQuery { Places = [Bodies.Place with { Publication = Hash256.Of("another"u8) }] }), kind);
        }
        Assert.True(Meets(LogKinds.Publication, new LogQuery { Places = [Bodies.Place with { Index = 1 }] }));
        Assert.False(Meets(LogKinds.ItemsIssued, new LogQuery { Places = [Bodies.Place with { Index = 1 }] }));
    }

    [Fact]
    public void Meets_ByObject_TheRecordsThatHaveTheTagAndNoOthers()
    {
        var query = new LogQuery { ObjectTag = "5398" };
        Assert.False(Meets(LogKinds.ItemsIssued, query));
        Assert.True(LogMatcher.Meets(Bodies.Entry(LogKinds.ItemsIssued), query, new[] { Bodies.Place }.ToFrozenSet()));
        Assert.False(LogMatcher.Meets(Bodies.Entry(LogKinds.ItemsIssued), query with { Places = [Bodies.Place with { Index = 0 }] }, new[] { Bodies.Place }.ToFrozenSet()));
    }

    [Fact]
    public void Meets_RecordClauseAndDecision_OneListedRecordForAllTogether()
    {
        var degraded = new ItemSlice(Bodies.PublicationId, Sample.Pacific, ProfileId.TryParse("coarse", out var profile) ? profile : null, [new ManifestItem(1, Another, Bodies.PublicationId)]);
        Assert.True(ManifestItems.TryParse(Bodies.Body(LogKinds.ItemsIssued), out var items));
        var entry = Bodies.Entry(LogKinds.ItemsIssued, (items with { Slices = [.. items.Slices, degraded] }).ToJson());
        Assert.True(Meets(new LogQuery { Clause = Another, Decision = LoggedDecision.Degraded }));
        Assert.True(Meets(new LogQuery { Clause = Sample.Grant, Decision = LoggedDecision.Released, Places = [Bodies.Place] }));
        Assert.False(Meets(new LogQuery { Clause = Sample.Grant, Decision = LoggedDecision.Degraded }));
        Assert.False(Meets(new LogQuery { Clause = Another, Places = [Bodies.Place] }));
        Assert.False(Meets(new LogQuery { Decision = LoggedDecision.Degraded, Places = [Bodies.Place] }));

        bool Meets(LogQuery query) => LogMatcher.Meets(entry, query, None);
    }

    [Fact]
    public void Meets_Withheld_ByItsClauses()
    {
        Assert.True(Meets(LogKinds.Withheld, new LogQuery { Clause = Sample.Prohibition }));
        Assert.True(Meets(LogKinds.Withheld, new LogQuery { Decision = LoggedDecision.Withheld }));
        Assert.False(Meets(LogKinds.Withheld, new LogQuery { Clause = Another, Decision = LoggedDecision.Withheld }));
    }

    [Fact]
    public void Meets_OfAnyBody_IsTotal()
    {
        var query = new LogQuery { Places = [Bodies.Place], Clause = null };
        FuzzedEntries.ForEach(entry => LogMatcher.Meets(entry, query, None));
    }

    private static IEnumerable<string> Kinds(LogQuery query) => LogMatcher.Kinds(query)!.Order(StringComparer.Ordinal);

    private static bool Meets(string kind, LogQuery query) => LogMatcher.Meets(Bodies.Entry(kind), query, None);
}
