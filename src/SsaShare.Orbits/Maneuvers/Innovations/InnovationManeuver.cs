using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An impulsive change of velocity that observations show and the forces do not make.</summary>
/// <param name="Time">Most likely instant.</param>
/// <param name="Earliest">Instants before it are less likely by more than three sigma; at least the last observation before the gap, which it is for impulses too large to be followed.</param>
/// <param name="Latest">Likewise after it; at most the first observation after the gap.</param>
/// <param name="DeltaVRtnMPerS">Radial, transverse, normal, m/s, if it happened at <paramref name="Time"/>.</param>
/// <param name="CovarianceRtnM2PerS2">3×3 by rows, m²/s², at <paramref name="Time"/>: what the uncertainty of the instant adds is not in it.</param>
/// <param name="LikelihoodRatio">Twice the logarithm of the ratio of likelihoods with and without the impulse: the tracks after the gap fit better by as much.
/// No probability follows from it: what alarms without cause it makes depends on how far the real errors keep to the stated ones, so it is measured (<see cref="InnovationManeuverOptions.Threshold"/>).</param>
public sealed record InnovationManeuver(
    Epoch Time, Epoch Earliest, Epoch Latest, Vector3d DeltaVRtnMPerS, IReadOnlyList<double> CovarianceRtnM2PerS2, double LikelihoodRatio)
{
    /// <summary>Size of the change, m/s.</summary>
    public double DeltaVMPerS => DeltaVRtnMPerS.Norm;
}
