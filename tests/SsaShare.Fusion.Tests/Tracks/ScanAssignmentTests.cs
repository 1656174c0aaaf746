namespace SsaShare.Fusion.Tests;

public sealed class ScanAssignmentTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.4)]
    [InlineData(3, 0.7)]
    public void Solve_RandomScans_IsTheBestOfAllAndKnowsTheSecondBest(int seed, double density)
    {
        var random = new Random(seed);
        int margins = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            int tracklets = random.Next(1, 6), tracks = random.Next(1, 6);
            double newCost = 10 * random.NextDouble();
            var choices = new List<AssignmentChoice>();
            for (int i = 0; i < tracklets; i++)
            for (int j = 0; j < tracks; j++)
                if (random.NextDouble() < density) choices.Add(new AssignmentChoice(i, 100 + j, 12 * random.NextDouble() - 2));
            var solved = ScanAssignment.Solve(tracklets, choices, newCost);
            var costs = choices.ToDictionary(c => (c.Tracklet, c.Track), c => c.Cost);
            var all = All(tracklets, tracks, costs, newCost);
            double own = Enumerable.Range(0, tracklets).Sum(i => solved.TrackOf[i] is { } track ? costs[(i, track)] : newCost);
            Assert.Equal(all[0], own, 1e-9);
            Assert.Equal(own, solved.Clusters.Sum(c => c.Cost), 1e-9);
            Assert.Equal(Enumerable.Range(0, tracklets), solved.Clusters.SelectMany(c => c.Tracklets).Order());
            Assert.Equal(solved.TrackOf.Count(t => t is not null), solved.TrackOf.Where(t => t is not null).Distinct().Count());
            // The second best of the scan differs in the cluster that minds least.
            double least = solved.Clusters.Min(c => c.Margin);
            if (all.Count == 1) Assert.Equal(double.PositiveInfinity, least);
            else Assert.Equal(all[1] - all[0], least, 1e-9);
            if (all.Count > 1) margins++;
        }
        Assert.True(margins > 200);
    }

    [Fact]
    public void Solve_InAnyOrderOfChoices_IsTheSame()
    {
        AssignmentChoice[] choices = [new(0, 7, 1), new(1, 7, 1), new(0, 8, 1), new(1, 8, 1), new(2, 9, 3)];
        var forward = ScanAssignment.Solve(4, choices, 5);
        var backward = ScanAssignment.Solve(4, [.. choices.Reverse()], 5);
        Assert.Equal(forward.TrackOf, backward.TrackOf);
        Assert.Equal([[0, 1], [2], [3]], forward.Clusters.Select(c => c.Tracklets));
        Assert.Equal(0, forward.Clusters[0].Margin);
        Assert.Equal(2, forward.Clusters[1].Margin);
        Assert.Null(forward.TrackOf[3]);
        Assert.Equal(double.PositiveInfinity, forward.Clusters[2].Margin);
    }

    [Fact]
    public void Solve_ChoiceThatCannotBe_Throws()
    {
        Assert.Throws<ArgumentException>(() => ScanAssignment.Solve(1, [new(1, 0, 0)], 1));
        Assert.Throws<ArgumentException>(() => ScanAssignment.Solve(1, [new(0, -1, 0)], 1));
        Assert.Throws<ArgumentException>(() => ScanAssignment.Solve(1, [new(0, 0, double.NaN)], 1));
        Assert.Throws<ArgumentException>(() => ScanAssignment.Solve(1, [new(0, 0, 1), new(0, 0, 2)], 1));
        Assert.Throws<ArgumentException>(() => ScanAssignment.Solve(1, [], double.PositiveInfinity));
    }

    /// <summary>Every assignment there is, by its cost.</summary>
    private static List<double> All(int tracklets, int tracks, Dictionary<(int, int), double> costs, double newCost)
    {
        var all = new List<double>();
        go(0, 0, 0);
        return [.. all.Order()];

        void go(int tracklet, int taken, double cost)
        {
            if (tracklet == tracklets)
            {
                all.Add(cost);
                return;
            }
            go(tracklet + 1, taken, cost + newCost);
            for (int j = 0; j < tracks; j++)
                if ((taken & (1 << j)) == 0 && costs.TryGetValue((tracklet, 100 + j), out double one)) go(tracklet + 1, taken | (1 << j), cost + one);
        }
    }
}
