namespace SsaShare.Orbits;

/// <summary>How a simulation goes about its work.</summary>
/// <param name="Seed">Of everything that is random: the same seed gives the same observations, bit for bit, on any number of threads.</param>
public sealed record SimulationOptions(ulong Seed)
{
    /// <summary>Length of a window of motion kept at once, s. Default an hour.</summary>
    public double WindowSeconds { get; init; } = 3_600;

    /// <summary>Between looks for what is in sight, s; shorter passes may be missed. Default 30.</summary>
    public double StepSeconds { get; init; } = 30;

    /// <summary>That share the work. Default 2.</summary>
    public int Threads { get; init; } = 2;
}
