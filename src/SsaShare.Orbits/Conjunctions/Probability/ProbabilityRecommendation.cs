namespace SsaShare.Orbits;

/// <summary>Which of the figures found is the one to use.</summary>
internal static class ProbabilityRecommendation
{
    public static RecommendedProbability Of(ProbabilityAssessment a)
    {
        if (a.Usage is { IsStraight: true } straight && a.TwoDimensional is { } two)
            return new RecommendedProbability(ProbabilityMethods.TwoDimensional, two, FormattableString.Invariant(
                $"Short ({straight.Extended:P2} of a revolution), near its stated time ({straight.Offset:P2}), and curved paths agree to {straight.Inaccurate:P2}: straight lines will do."));
        if (a.Usage is { IsShort: true } usage && a.ShortCurved is ExpectedCollisions.Found brief)
            return new RecommendedProbability(ProbabilityMethods.ShortCurved, brief.Probability, FormattableString.Invariant(
                $"Straight lines will not do: curved paths differ by {usage.Inaccurate:P2}, the passage takes {usage.Extended:P2} and ends {usage.Offset:P2} of a revolution from its stated time; it is short all the same."));
        if (a.LongCurved is ExpectedCollisions.Found found && found.Number <= 1)
            return new RecommendedProbability(ProbabilityMethods.LongCurved, found.Probability, a.Usage is { } extended
                ? FormattableString.Invariant($"Not a single short passage: it takes {extended.Extended:P2} of a revolution and ends {extended.Offset:P2} from its stated time, at {extended.RelativeSpeedKmPerS * 1e3:G3} m/s.")
                : "No single short passage was found on curved paths.");
        if (a.MonteCarlo is { } trials)
            return new RecommendedProbability(ProbabilityMethods.MonteCarlo, trials.Probability, "No method on curved paths gave a probability; trials did.");
        return a.TwoDimensional is { } last
            ? new RecommendedProbability(ProbabilityMethods.TwoDimensional, last, "No method on curved paths gave a probability and no trials were asked for: straight lines are all there is, and may mislead.")
            : new RecommendedProbability(ProbabilityMethods.None, null, "No method gave a probability; ask for trials.");
    }
}
