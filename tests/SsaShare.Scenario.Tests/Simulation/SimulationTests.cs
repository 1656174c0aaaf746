namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The exchange between three nodes, simulated from a seed: real directory, agreements, publisher, desk, pull loops and log rules on simulated time, network and stores.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int PlantedSeeds = 200;

    private static int Seeds { get; } = Nightly.IsAsked ? 10_000 : 200;

    [Fact]
    public void EverySeed_EndsWithEverythingGrantedThereOnce()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("SSA_SEED"), out int given))
        {
            var run = SimWorld.Run(given, isAudited: true);
            output.WriteLine(string.Join('\n', run.Trace.Lines));
            Assert.True(run.Wrong is null, run.Wrong);
            return;
        }
        long steps = 0, earlierReceipts = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var run = SimWorld.Run(seed, isAudited: seed % 10 == 0);
            steps += run.Steps;
            earlierReceipts += run.EarlierReceipts;
            Assert.True(run.Wrong is null, $"{run.Wrong}\nagain: SSA_SEED={seed} dotnet SsaShare.Scenario.Tests.dll -method {typeof(SimulationTests).FullName}.{nameof(EverySeed_EndsWithEverythingGrantedThereOnce)}\n{run.Trace.Last(60)}");
        }
        output.WriteLine($"{Seeds} seeds, {steps} steps, {earlierReceipts} receipts a pull later");
        Assert.True(earlierReceipts > Seeds, $"Hardly anything was asked for in advance: {earlierReceipts} receipts came a pull later.");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(4711)]
    public void OneSeed_RunTwice_DoesTheSame(int seed)
    {
        var (first, second) = (SimWorld.Run(seed), SimWorld.Run(seed));
        Assert.Equal(first.Trace.Lines, second.Trace.Lines);
        Assert.Equal(first.Steps, second.Steps);
        Assert.True(first.Trace.Lines.Count > 100, "There is hardly anything to compare.");
    }

    [Theory]
    [InlineData(PlantedBug.SkipsLateCommit)]
    [InlineData(PlantedBug.CursorBeforeRecords)]
    [InlineData(PlantedBug.NoDedupe)]
    internal void PlantedBug_IsFound(PlantedBug bug)
    {
        for (int seed = 1; seed <= PlantedSeeds; seed++)
        {
            if (SimWorld.Run(seed, bug).Wrong is not { } wrong) continue;
            output.WriteLine($"{bug}: found with seed {seed}: {wrong}");
            return;
        }
        Assert.Fail($"{bug} is not found within {PlantedSeeds} seeds.");
    }
}
