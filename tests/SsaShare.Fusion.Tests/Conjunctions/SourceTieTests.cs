using System.Diagnostics;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Many sources of one object with one epoch and one publication.</summary>
public sealed class SourceTieTests
{
    [Fact]
    public void IsNewerThan_AllElseEqual_TheFirstRecordDecides()
    {
        var ties = Ties(50);
        var first = ties.MinBy(source => source.Basis[0].ToString(), StringComparer.Ordinal)!;
        Assert.All(ties, source => Assert.Equal(!source.Equals(first), first.IsNewerThan(source)));
        Assert.All(ties, source => Assert.False(source.IsNewerThan(first)));
        Assert.Same(first, Assert.Single(VisibleSources.Newest(ties, BoardScene.All)));
    }

    [Fact]
    public void ForReader_ThousandsOfTies_CostIsNotTheirSquare()
    {
        // Far below it: where each is compared with each, it is minutes.
        Assert.InRange(Answer(16_000), 0, 10);
    }

    private static double Answer(int count)
    {
        var ties = Ties(count);
        var admitted = ties.Select((source, i) => AdmittedSource.Of(source, i + 1, 1)).ToDictionary(one => one.Source.Id);
        var grid = new BlockGrid(BoardScene.Options, BoardScene.Start);
        long started = Stopwatch.GetTimestamp();
        var log = SourceLog.Empty.Add(admitted, grid, BoardScene.Start);
        log = log.Add(new Dictionary<OrbitSourceId, AdmittedSource>(admitted.Skip(1)), grid, BoardScene.Start.PlusSeconds(60));
        var runs = new SourceRuns(log, new RecordSight(BoardScene.All));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Assert.Equal(VisibleSources.Newest(ties.Skip(1), BoardScene.All), runs.Newest);
        return seconds;
    }

    private static List<OrbitSource> Ties(int count)
    {
        var elements = BoardScene.InShell(new Random(41));
        return [.. Enumerable.Range(0, count).Select(i => BoardScene.Source(1, BoardScene.Partners[0], elements, BoardScene.Start, $"tie {i}"))];
    }
}
