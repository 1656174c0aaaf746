namespace SsaShare.Scenario.Tests;

/// <summary>The seed of a run's faults: printed, and taken from SSA_SEED to repeat them.</summary>
internal static class Seed
{
    public static int Next()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SSA_SEED"), out int given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"SSA_SEED={seed}");
        return seed;
    }
}
