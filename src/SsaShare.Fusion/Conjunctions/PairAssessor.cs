using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How probable a collision is by two sources: from these two alone.</summary>
internal static class PairAssessor
{
    public static BoardProbability Assess(OrbitSource first, OrbitSource second, CloseApproach approach, BoardOptions options)
    {
        bool assumed = first.Encounter.HardBodyRadiusKm is null || second.Encounter.HardBodyRadiusKm is null;
        double radius = (first.Encounter.HardBodyRadiusKm ?? options.AssumedRadiusKm) + (second.Encounter.HardBodyRadiusKm ?? options.AssumedRadiusKm);
        if (!TryKnow(first, approach.Tca, out var a, out string why) || !TryKnow(second, approach.Tca, out var b, out why)) return Unknown(why, null, null);
        // Of two names for one body the probability that it meets itself says nothing.
        if (IsSameOrbit(approach)) return Unknown("Both are on one orbit: perhaps one object under two names.", a.Sigma, b.Sigma);
        if (a.Uncertainty is null || b.Uncertainty is null) return Unknown("Of one of the two nobody knows how sure it is.", a.Sigma, b.Sigma);
        var shared = a.Uncertainty.Density is { } one && b.Uncertainty.Density is { } other ? new SharedError(one, other) : null;
        ProbabilityAssessment assessment;
        try
        {
            assessment = ProbabilityAssessor.Assess(a.State, a.Uncertainty.Covariance, b.State, b.Uncertainty.Covariance, radius, options.Probability, shared);
        }
        catch (ArgumentException failure)
        {
            return Unknown($"The two cannot be compared: {failure.Message}", a.Sigma, b.Sigma);
        }
        return new BoardProbability(assessment.Recommended, assessment.Maximum?.Probability, assessment.Geometry?.Mahalanobis, a.Sigma, b.Sigma, radius, assumed, assessment.Warnings);

        BoardProbability Unknown(string reason, SourceSigma? x, SourceSigma? y) => new(new RecommendedProbability(ProbabilityMethods.None, null, reason), null, null, x, y, radius, assumed, []);
    }

    /// <summary>Nobody can tell the two apart: see <see cref="ReaderConjunctions.SameOrbitKm"/>.</summary>
    public static bool IsSameOrbit(CloseApproach approach)
        => approach.IsCoMoving && approach.MissKm <= ReaderConjunctions.SameOrbitKm && approach.RelativeSpeedKmPerS <= ReaderConjunctions.SameOrbitKmPerS;

    /// <returns>False where the motion failed: the approach stands all the same, for the screening had states.</returns>
    private static bool TryKnow(OrbitSource source, Epoch at, out Known known, out string why)
    {
        (known, why) = (default, "");
        try
        {
            var state = source.Encounter.Motion.StateAt(at);
            var uncertainty = source.Encounter.Motion.UncertaintyAt(at);
            known = new Known(state, uncertainty, uncertainty is null ? null : SigmaOf(state, uncertainty));
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            why = $"{source}: no state with its uncertainty at the closest approach: {failure.Message}";
            return false;
        }
    }

    private static SourceSigma SigmaOf(CartesianState state, UncertaintyAt uncertainty)
    {
        var local = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).ToLocal(uncertainty.Covariance);
        return new SourceSigma(new RtnSigmas(Root(local[0, 0]), Root(local[1, 1]), Root(local[2, 2])), uncertainty.Origin);

        static double Root(double variance) => Math.Sqrt(Math.Max(0, variance));
    }

    private readonly record struct Known(CartesianState State, UncertaintyAt? Uncertainty, SourceSigma? Sigma);
}
