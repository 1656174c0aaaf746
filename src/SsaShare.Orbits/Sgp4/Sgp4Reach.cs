namespace SsaShare.Orbits;

/// <summary>Where the theory stops to have an answer.</summary>
internal static class Sgp4Reach
{
    /// <summary>From the epoch either way: 380 years.</summary>
    public const double LongestMinutes = 2e8;

    /// <summary>rad.</summary>
    public const double LargestAngle = 1e9;

    /// <summary>Earth radii: below, the terms of J2 have no meaning.</summary>
    public const double LeastSemiLatusRectum = 1e-9;

    public const double LeastEccentricity = 1e-6, LowestMeanEccentricity = -0.001;
}
