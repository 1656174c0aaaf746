using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How the engine associates and estimates.</summary>
public sealed record FusionOptions
{
    /// <summary>Longest pause within a tracklet. Default 180 s.</summary>
    public double TrackletGapSeconds { get; init; } = 180;

    /// <summary>
    /// Largest squared normalised distance of a tracklet from a predicted orbit, median over its measurements. Default 16: beyond
    /// it lies 0.1 % of what belongs (chi-square, three degrees of freedom).
    /// </summary>
    public double GateChiSquare { get; init; } = 16;

    /// <summary>A prediction less certain than this does not accept a tracklet by itself: a trial fit decides. Default 60 km.</summary>
    public double CertainWithinKm { get; init; } = 60;

    /// <summary>A prediction less certain than this is not compared at all. Default 2,000 km.</summary>
    public double HopelessBeyondKm { get; init; } = 2_000;

    /// <summary>An orbit is not compared with what was seen longer than this before or after its own observations. Default 10 days.</summary>
    public double CompareWithinDays { get; init; } = 10;

    /// <summary>Longest time between two tracklets that may start a new object. Default 36 h.</summary>
    public double LinkWithinHours { get; init; } = 36;

    /// <summary>How measurements are to be understood.</summary>
    public SignalConventions Conventions { get; init; } = SignalConventions.Corrected;

    /// <summary>How the Earth turns. Default: the table of the seeds, which covers only the years of their data. Observations that it does not cover are refused.</summary>
    public EarthRotation Rotation { get; init; } = EarthRotation.Default;

    /// <summary>The forces of published orbits.</summary>
    public ForceModelOptions Forces { get; init; } = ForceModelOptions.Precise;

    /// <summary>What is added for forces that are left out where tracklets are compared with a predicted orbit. Default: 50 m, and 50 m for the square of the days.</summary>
    public OrbitModelError ModelError { get; init; } = new(0.05, 0.05);

    /// <summary>Compositions, and as many prediction checks, kept for readers that see the same. Default 512.</summary>
    public int CachedCompositions { get; init; } = 512;
}
