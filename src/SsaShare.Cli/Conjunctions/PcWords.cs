using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What figures are called and where they come from.</summary>
internal static class PcWords
{
    /// <returns>Null for none.</returns>
    public static string? Name(ProbabilityMethods method) => method switch
    {
        ProbabilityMethods.None => null,
        ProbabilityMethods.TwoDimensional => "pc_2d",
        ProbabilityMethods.ShortCurved => "nc_2d",
        ProbabilityMethods.LongCurved => "nc_3d",
        ProbabilityMethods.MonteCarlo => "monte_carlo",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Recommends no such method."),
    };

    /// <returns>The expected number; null where it was not computed or not found.</returns>
    public static double? Number(ExpectedCollisions? collisions) => collisions is ExpectedCollisions.Found found ? found.Number : null;
}
