using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How candidates are linked.</summary>
public sealed record LinkOptions
{
    /// <summary>Squared Mahalanobis distance of two orbits, six degrees of freedom, beyond which they are not tried. Default 22.46: 0.1 % of what belongs lies beyond.</summary>
    public double GateSquare { get; init; } = 22.46;

    /// <summary>Candidates that wait longer than this are forgotten, by the epochs of the data, looked at once a day of data. Default 72 h.</summary>
    public double WaitHours { get; init; } = 72;

    /// <summary>Most orbits that wait, pairs included; beyond, the oldest tenth goes. Default 100,000.</summary>
    public int MostWaiting { get; init; } = 100_000;

    /// <summary>Most fits for one candidate, nearest first. Default 8.</summary>
    public int MostTrials { get; init; } = 8;

    /// <summary>Largest reduced chi-square of a joint fit. Default 2.</summary>
    public double MostReducedChiSquare { get; init; } = 2;

    /// <summary>Largest share of observations that a joint fit may reject. Default 0.1.</summary>
    public double MostRejected { get; init; } = 0.1;

    /// <summary>Two explanations whose chi-squares are nearer than this are not decided between. Default 16.</summary>
    public double ClearBy { get; init; } = 16;

    /// <summary>Two tracklets are promoted without a third where no other orbit passed the gate of either. Default no: false objects are worse than late ones.</summary>
    public bool PromoteLonePairs { get; init; }

    /// <summary>Of the joint fits.</summary>
    public OrbitFitOptions Fit { get; init; } = new() { EstimateSurface = false, EstimateBiases = false };
}
