using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An impulsive change of velocity that observations show and the forces do not make.</summary>
/// <param name="Time">Most likely instant.</param>
/// <param name="Earliest">Instants before it are less likely by more than three sigma; at least the last observation before the gap, which it is for impulses too large to be followed.</param>
/// <param name="Latest">Likewise after it; at most the first observation after the gap.</param>
/// <param name="DeltaVRtnMPerS">Radial, transverse, normal, m/s, if it happened at <paramref name="Time"/>.</param>
/// <param name="CovarianceRtnM2PerS2">3×3 by rows, m²/s², at <paramref name="Time"/>: what the uncertainty of the instant adds is not in it.</param>
/// <param name="LikelihoodRatio">Twice the logarithm of the ratio of likelihoods with and without the impulse: chi-square with three degrees of freedom where there is none.</param>
/// <param name="Confidence">0 to 1: one minus the chance of such a ratio in any of the gaps tried, noise and forces being what the filter is told.</param>
public sealed record InnovationManeuver(
    Epoch Time, Epoch Earliest, Epoch Latest, Vector3d DeltaVRtnMPerS, IReadOnlyList<double> CovarianceRtnM2PerS2, double LikelihoodRatio, double Confidence)
{
    /// <summary>Size of the change, m/s.</summary>
    public double DeltaVMPerS => DeltaVRtnMPerS.Norm;
}
