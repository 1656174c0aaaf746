using SsaShare.Domain;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class CautiousBoardTests
{
    private static readonly OrbitSource[] Sources = [.. Enumerable.Range(1, 100).Select(i => Source($"{i}", Pacific))];

    private readonly ConjunctionBoard _board = new(new BoardOptions { Ahead = TimeSpan.FromHours(1), Block = TimeSpan.FromHours(1), Threads = 1 });
    private readonly HashSet<OrbitSource> _bad = [];
    private readonly CautiousBoard _cautious;
    private int _updates;

    public CautiousBoardTests() => _cautious = new CautiousBoard(_board, (sources, now, token) =>
    {
        _updates++;
        return sources.FirstOrDefault(_bad.Contains) is { } bad ? throw new InvalidOperationException($"fails with {bad}") : _board.Update(sources, now, null, token);
    });

    [Fact]
    public void Update_ScreeningFailsWithSome_TheyAreSetAsideAndTheRestIsScreened()
    {
        _bad.UnionWith([Sources[0], Sources[41], Sources[42]]);
        var (_, found) = _cautious.Update(Sources, TestTime.Epoch, CancellationToken.None);
        Assert.Equal(_bad, found.Select(one => one.Source).ToHashSet());
        Assert.All(found, one => Assert.Contains(one.Source.ToString(), one.Failure.Message, StringComparison.Ordinal));
        Assert.Equal(Sources.Except(_bad).ToHashSet(), _board.Snapshot!.Sources.ToHashSet());
        Assert.InRange(_updates, 3, 60);

        // They are not tried again while they stay as they are.
        _updates = 0;
        Assert.Empty(_cautious.Update(Sources, TestTime.Epoch.PlusSeconds(60), CancellationToken.None).Found);
        Assert.Equal((1, 3), (_updates, _cautious.Failing.Count));
    }

    [Fact]
    public void Update_FailsWithANewOne_ThoseThatWereThereStay()
    {
        _cautious.Update(Sources[..99], TestTime.Epoch, CancellationToken.None);
        _bad.Add(Sources[99]);
        _updates = 0;
        var (update, found) = _cautious.Update(Sources, TestTime.Epoch.PlusSeconds(60), CancellationToken.None);
        Assert.Equal(Sources[99], Assert.Single(found).Source);
        Assert.Equal((0, 0, 3), (update.Added, update.Removed, _updates));
    }

    [Fact]
    public void Update_ADayLaterOrReplaced_IsTriedAgain()
    {
        _bad.Add(Sources[7]);
        _cautious.Update(Sources, TestTime.Epoch, CancellationToken.None);
        _bad.Clear();
        _cautious.Update(Sources, TestTime.Epoch.PlusSeconds(3_600), CancellationToken.None);
        Assert.Equal(99, _board.Snapshot!.Sources.Count);
        _cautious.Update(Sources, TestTime.Epoch.PlusSeconds(86_400), CancellationToken.None);
        Assert.Equal(100, _board.Snapshot!.Sources.Count);
        Assert.Empty(_cautious.Failing);
    }

    [Fact]
    public void Update_FailsWithEveryOne_IsAFailureOfTheScreening()
    {
        _bad.UnionWith(Sources);
        Assert.Throws<InvalidOperationException>(() => _cautious.Update(Sources, TestTime.Epoch, CancellationToken.None));
        Assert.Empty(_cautious.Failing);
        _bad.Clear();
        _cautious.Update(Sources, TestTime.Epoch, CancellationToken.None);
        Assert.Equal(100, _board.Snapshot!.Sources.Count);
    }

    [Fact]
    public void Update_Cancelled_SetsNothingAside()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _cautious.Update(Sources, TestTime.Epoch, cancelled.Token));
        Assert.Empty(_cautious.Failing);
    }
}
