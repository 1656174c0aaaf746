namespace SsaShare.Orbits;

/// <summary>Which of the figures found is the one to use.</summary>
internal static class ProbabilityRecommendation
{
    public static RecommendedProbability Of(ProbabilityAssessment a)
    {
        if (a.Usage is { IsStraight: true } straight && a.TwoDimensional is { } two)
            return new RecommendedProbability(ProbabilityMethods.TwoDimensional, two,
                $"Straight lines will do: the encounter is short ({Share(straight.Extended)} of a revolution), at its stated time, and curved paths give the same within {Share(straight.Inaccurate)}.");
        if (a.Usage is { IsShort: true } usage && a.ShortCurved is ExpectedCollisions.Found brief)
            return new RecommendedProbability(ProbabilityMethods.ShortCurved, brief.Probability,
                $"Straight lines will not do: {WhyNotStraight(usage, a.TwoDimensional, brief.Probability)}. It is a single short passage all the same, so one passage on curved paths is counted.");
        if (a.LongCurved is ExpectedCollisions.Found found && found.Number <= 1)
            return new RecommendedProbability(ProbabilityMethods.LongCurved, found.Probability,
                $"A single short passage cannot be assumed: {(a.Usage is { } extended ? WhyNotShort(extended) : "no single instant stands out at which the objects are likeliest to touch")}. The rate is followed over the whole passage on curved paths.");
        if (a.MonteCarlo is { } trials)
            return new RecommendedProbability(ProbabilityMethods.MonteCarlo, trials.Probability, "No method on curved paths gave a probability; trials did.");
        return a.TwoDimensional is { } last
            ? new RecommendedProbability(ProbabilityMethods.TwoDimensional, last, "No method on curved paths gave a probability and no trials were asked for: straight lines are all there is, and may mislead. Ask for trials.")
            : new RecommendedProbability(ProbabilityMethods.None, null, "No method gave a probability. Ask for trials.");
    }

    private static string WhyNotStraight(EncounterUsage usage, double? straight, double curved)
    {
        List<string> reasons = [];
        if (usage.Inaccurate > EncounterUsage.MostInaccurate) reasons.Add(straight is > 0 ? FormattableString.Invariant($"curved paths give {curved / straight.Value:G3} times as much") : "curved paths give more than nothing");
        if (usage.Extended > EncounterUsage.StraightExtended) reasons.Add($"the encounter takes {Share(usage.Extended)} of a revolution");
        if (usage.Offset > EncounterUsage.StraightOffset) reasons.Add($"it ends {Share(usage.Offset)} of a revolution from the stated time");
        return string.Join(", ", reasons);
    }

    private static string WhyNotShort(EncounterUsage usage)
    {
        List<string> reasons = [];
        if (!(usage.RelativeSpeedKmPerS > EncounterUsage.SlowestKmPerS)) reasons.Add(FormattableString.Invariant($"the objects move at only {usage.RelativeSpeedKmPerS * 1e3:G3} m/s against each other"));
        if (usage.Extended > EncounterUsage.ShortExtended) reasons.Add($"the encounter takes {Share(usage.Extended)} of a revolution");
        if (usage.Offset > EncounterUsage.ShortOffset) reasons.Add($"it ends {Share(usage.Offset)} of a revolution from the stated time");
        return reasons.Count > 0 ? string.Join(", ", reasons) : "no figure of one was found";
    }

    private static string Share(double share) => FormattableString.Invariant($"{100 * Math.Max(share, 1e-6):0.####} %");
}
