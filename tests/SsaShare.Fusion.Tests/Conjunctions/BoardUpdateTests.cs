using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Whatever way the board came to where it is, it says what a fresh screening says.</summary>
public sealed class BoardUpdateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Update_AnySequence_SameAsFresh(int seed)
    {
        var random = new Random(seed);
        var sources = BoardScene.Crowd(random, 45);
        var (board, now, told) = (new ConjunctionBoard(BoardScene.Options), BoardScene.Start, 0);
        for (int step = 0; step < 8; step++)
        {
            board.Update(sources, now);
            var expected = BoardScene.Fresh(sources, now);
            Assert.Equal(BoardScene.Words(expected, withHistory: false), BoardScene.Words(board.Snapshot!.ForReader(BoardScene.All), withHistory: false));
            told += expected.Conjunctions.Count;
            now = now.PlusSeconds(random.Next(3) == 0 ? 0 : random.Next(1, 3_000));
            for (int change = random.Next(4); change > 0; change--) Change(sources, random, now, $"{seed} {step} {change}");
        }
        Assert.True(told > 100, $"{told} conjunctions only");
    }

    [Fact]
    public void Update_OneSourceReplaced_OnlyItIsScreenedAgain()
    {
        var random = new Random(7);
        var sources = BoardScene.Crowd(random, 50);
        var board = new ConjunctionBoard(BoardScene.Options);
        var first = board.Update(sources, BoardScene.Start);
        Assert.Equal((50, 0, 0), (first.Added, first.Removed, first.BlocksAgain));
        Assert.Equal(50L * first.BlocksNew, first.Screened);
        Assert.Equal(first.Assessed, board.Snapshot!.ForReader(BoardScene.All).Conjunctions.Count + Beyond(board));

        var idle = board.Update(sources, BoardScene.Start.PlusSeconds(1));
        Assert.Equal((0, 0, 0, 0L, 0), (idle.Added, idle.BlocksNew, idle.BlocksAgain, idle.Screened, idle.Assessed));

        sources[3] = BoardScene.Source(4, sources[3].Originator!.Value, BoardScene.InShell(random), BoardScene.Start, "newer");
        var again = board.Update(sources, BoardScene.Start.PlusSeconds(2));
        Assert.Equal((1, 1, 0, first.BlocksNew), (again.Added, again.Removed, again.BlocksNew, again.BlocksAgain));
        Assert.Equal(first.BlocksNew, again.Screened);
        Assert.True(again.PairsExamined < first.PairsExamined / 4);

        var moved = board.Update(sources, BoardScene.Start.Plus(BoardScene.Options.Block));
        Assert.Equal((1, 0, 50L), (moved.BlocksNew, moved.BlocksAgain, moved.Screened));
    }

    [Fact]
    public void Clear_ThenAnEarlierInstant_SameAsFresh()
    {
        var sources = BoardScene.Crowd(new Random(9), 40);
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update(sources, BoardScene.Start.PlusSeconds(86_400));
        Assert.Throws<ArgumentException>(() => board.Update(sources, BoardScene.Start));
        board.Clear();
        Assert.Null(board.Snapshot);
        board.Update(sources, BoardScene.Start);
        Assert.Equal(BoardScene.Words(BoardScene.Fresh(sources, BoardScene.Start)), BoardScene.Words(board.Snapshot!.ForReader(BoardScene.All)));
    }

    [Fact]
    public void Update_Cancelled_BoardIsAsItWas()
    {
        var random = new Random(8);
        var sources = BoardScene.Crowd(random, 40);
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update(sources, BoardScene.Start);
        string before = BoardScene.Words(board.Snapshot!.ForReader(BoardScene.All));
        var later = BoardScene.Start.PlusSeconds(3_000);
        for (int i = 0; i < 20; i++) Change(sources, random, later, $"change {i}");

        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => board.Update(sources, later, new StopAt(0.5, stop), stop.Token));
        Assert.True(stop.IsCancellationRequested);
        Assert.Equal(before, BoardScene.Words(board.Snapshot!.ForReader(BoardScene.All)));
        board.Update(sources, later);
        Assert.Equal(BoardScene.Words(BoardScene.Fresh(sources, later), withHistory: false), BoardScene.Words(board.Snapshot!.ForReader(BoardScene.All), withHistory: false));
    }

    [Fact]
    public void Update_TimeGoesBack_Throws()
    {
        var board = new ConjunctionBoard(BoardScene.Options);
        Assert.Null(board.Snapshot);
        board.Update([], BoardScene.Start);
        Assert.Throws<ArgumentException>(() => board.Update([], BoardScene.Start.PlusSeconds(-1)));
        Assert.Equal(BoardScene.Start, board.Snapshot!.Now);
    }

    /// <summary>Approaches in the last block beyond the window: found, assessed, and not told yet.</summary>
    private static int Beyond(ConjunctionBoard board)
    {
        var (now, until) = (board.Snapshot!.Now, board.Snapshot.Until);
        var wider = BoardScene.Fresh(board.Snapshot.Sources, now, BoardScene.Options with { Ahead = BoardScene.Options.Ahead + BoardScene.Options.Block });
        long block = BoardScene.Options.Block.Ticks * 100, end = (until.NanosecondsSinceJ2000 / block + 1) * block;
        return wider.Conjunctions.Count(one => one.Approach.Tca >= until && one.Approach.Tca.NanosecondsSinceJ2000 < end);
    }

    private static void Change(List<OrbitSource> sources, Random random, Epoch now, string record)
    {
        int at = random.Next(sources.Count);
        var old = sources[at];
        switch (random.Next(4))
        {
            case 0:
                sources.RemoveAt(at);
                break;
            case 1:
                sources.Add(BoardScene.Source(100 + random.Next(1_000), old.Originator!.Value, BoardScene.InShell(random), now, record));
                break;
            case 2:
                // Another name for the same orbit.
                sources.Add(BoardScene.Source(2_000 + random.Next(1_000), old.Originator!.Value, ((ElementSetMotion)old.Encounter.Motion).Elements, now, record));
                break;
            default:
                sources[at] = BoardScene.Source(old.Designation.CatalogNumber!.Value, old.Originator!.Value, BoardScene.Refined(((ElementSetMotion)old.Encounter.Motion).Elements, random), now, record);
                break;
        }
    }

    private sealed class StopAt(double share, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share) stop.Cancel();
        }
    }
}
