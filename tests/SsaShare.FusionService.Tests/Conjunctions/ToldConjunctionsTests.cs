using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class ToldConjunctionsTests
{
    private static readonly OrbitSource First = Source("1", Pacific), Second = Source("2", Atlantic), Third = Source("3", Caribbean);

    [Fact]
    public void Of_SamePermissions_IsComposedOnceWhoeverAsks()
    {
        var (told, snapshot) = (new ToldConjunctions(), Snapshot(First, Second, Third));
        var one = told.Of(Pacific, snapshot, Sees(First, Second));
        Assert.Same(one, told.Of(Pacific, snapshot, Sees(First, Second)));
        Assert.Same(one, told.Of(Atlantic, snapshot, Sees(First, Second)));
        Assert.Equal(1, told.Composed);
        Assert.Equal([First, Second], one.Sources);
    }

    [Fact]
    public void Of_OtherPermissionsOrALaterScreening_IsComposedAnew()
    {
        var (told, snapshot) = (new ToldConjunctions(), Snapshot(First, Second, Third));
        told.Of(Pacific, snapshot, Sees(First, Second));
        // One is taken away, one is given, and one is given instead of another.
        Assert.Equal([First], told.Of(Pacific, snapshot, Sees(First)).Sources);
        Assert.Equal([First, Second, Third], told.Of(Pacific, snapshot, Sees(First, Second, Third)).Sources);
        Assert.Equal([First, Third], told.Of(Pacific, snapshot, Sees(First, Third)).Sources);
        Assert.Equal([First], told.Of(Pacific, Snapshot(First), Sees(First, Second)).Sources);
        Assert.Equal(5, told.Composed);
    }

    [Fact]
    public void Of_ComposedBefore_AsksForEveryRecordThatItRestsOn()
    {
        var (told, snapshot, asked) = (new ToldConjunctions(), Snapshot(First, Second, Third), new HashSet<RecordId>());
        told.Of(Pacific, snapshot, Sees(First, Second, Third));
        told.Of(Pacific, snapshot, record => asked.Add(record) || true);
        Assert.Equal(new[] { First, Second, Third }.SelectMany(source => source.Basis).ToHashSet(), asked);
    }

    [Fact]
    public void Renew_ThoseWhoAskedLately_WaitForNothingAfterwards()
    {
        var (told, before, after) = (new ToldConjunctions(), Snapshot(First, Second), Snapshot(First, Second, Third));
        told.Of(Pacific, before, Sees(First, Second));
        told.Of(Atlantic, before, Sees(Second));
        told.Renew(after, reader => new RecordView(reader == Pacific ? Sees(First, Second) : Sees(Second)));
        Assert.Equal(4, told.Composed);
        told.KeepOnly(after);
        Assert.Equal([First, Second], told.Of(Pacific, after, Sees(First, Second)).Sources);
        told.Of(Atlantic, after, Sees(Second));
        Assert.Equal(4, told.Composed);
    }

    [Fact]
    public void Of_MoreSetsOfPermissionsThanAreKept_TheLastUsedStay()
    {
        var (told, sources) = (new ToldConjunctions(), Enumerable.Range(1, ToldConjunctions.KeptMax + 1).Select(i => Source($"{i}", Pacific)).ToArray());
        var snapshot = Snapshot(sources);
        foreach (var source in sources) told.Of(Pacific, snapshot, Sees(source));
        Assert.Equal(sources.Length, told.Composed);
        told.Of(Pacific, snapshot, Sees(sources[^1]));
        Assert.Equal(sources.Length, told.Composed);
        told.Of(Pacific, snapshot, Sees(sources[0]));
        Assert.Equal(sources.Length + 1, told.Composed);
    }

    private static Func<RecordId, bool> Sees(params OrbitSource[] sources)
    {
        var records = sources.SelectMany(source => source.Basis).ToHashSet();
        return records.Contains;
    }

    private static BoardSnapshot Snapshot(params OrbitSource[] sources)
    {
        var board = new ConjunctionBoard(new BoardOptions { Ahead = TimeSpan.FromHours(1), Block = TimeSpan.FromMinutes(30), Threads = 1 });
        board.Update(sources, TestTime.Epoch);
        return board.Snapshot!;
    }
}
