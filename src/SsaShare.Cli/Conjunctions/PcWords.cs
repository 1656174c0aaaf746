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

    /// <summary>A warning as people read it beside the figures: the method by the figure's name.</summary>
    public static string Warning(ProbabilityWarning warning) => warning.Kind switch
    {
        ProbabilityWarningKind.FirstCovariance => $"Covariance of the first object: {warning.Text}",
        ProbabilityWarningKind.SecondCovariance => $"Covariance of the second object: {warning.Text}",
        _ => Name(warning.Method) is { } method ? $"{method}: {warning.Text}" : warning.Text,
    };

    /// <returns>The expected number; null where it was not computed or not found.</returns>
    public static double? Number(ExpectedCollisions? collisions) => collisions is ExpectedCollisions.Found found ? found.Number : null;
}
