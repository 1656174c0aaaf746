using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What a profile leaves of a set of mean elements.</summary>
public static class ElementDegradation
{
    private const double RadPerDeg = Math.PI / 180, DegPerTurn = 360;

    /// <returns>Null when the profile hides nothing of these elements.</returns>
    public static (ElementSet Degraded, AddedSigma Added)? Apply(ElementSet original, DegradationProfile profile, ItemNoise noise)
    {
        var figures = profile.Figures;
        var (epoch, epochSigmaS) = Blur.Time(original.Epoch, figures, noise);
        var degraded = original with { Epoch = epoch };
        var added = new AddedSigma { EpochS = epochSigmaS };
        if (profile.Removes(RemovedField.ObjectTag)) degraded = degraded with { ObjectTag = null };

        if (figures.Step(DegradedFigure.ElementAngleStepDeg) is { } angle)
        {
            degraded = degraded with
            {
                InclinationRad = Rounded(original.InclinationRad, angle),
                RightAscensionOfNodeRad = RoundedOnCircle(original.RightAscensionOfNodeRad, angle),
                ArgumentOfPericenterRad = RoundedOnCircle(original.ArgumentOfPericenterRad, angle),
                MeanAnomalyRad = RoundedOnCircle(original.MeanAnomalyRad, angle),
            };
            added = added with { ElementAngleRad = Sigma(DegradedFigure.ElementAngleStepDeg, angle) * RadPerDeg };
        }
        if (figures.Step(DegradedFigure.EccentricityStep) is { } eccentricity)
        {
            long below1 = (long)Math.Round(1 / eccentricity.Value) - 1;
            long count = Math.Min(Count(original.Eccentricity, DegradedFigure.EccentricityStep, eccentricity), below1);
            degraded = degraded with { Eccentricity = count * eccentricity.Value };
            added = added with { Eccentricity = Sigma(DegradedFigure.EccentricityStep, eccentricity) };
        }
        if (figures.Step(DegradedFigure.MeanMotionStepRevPerDay) is { } motion)
        {
            long count = Math.Max(Count(original.MeanMotionRevPerDay, DegradedFigure.MeanMotionStepRevPerDay, motion), 1);
            degraded = degraded with { MeanMotionRevPerDay = count * motion.Value };
            added = added with { MeanMotionRevPerDay = Sigma(DegradedFigure.MeanMotionStepRevPerDay, motion) };
        }
        bool hides = added != new AddedSigma() || degraded.ObjectTag != original.ObjectTag;
        return hides ? (degraded, added) : null;
    }

    private static long Count(double value, DegradedFigure figure, LadderStep step) => NestedRounding.Count(value, DegradationFigures.Range(figure).Least, step);

    private static double Sigma(DegradedFigure figure, LadderStep step) => Math.Sqrt(NestedRounding.Variance(DegradationFigures.Range(figure).Least, step));

    private static double Rounded(double angleRad, LadderStep step)
        => Math.Clamp(Count(angleRad / RadPerDeg, DegradedFigure.ElementAngleStepDeg, step) * step.Value * RadPerDeg, 0, Math.PI);

    /// <summary>Every step up to 10 degrees divides the circle.</summary>
    private static double RoundedOnCircle(double angleRad, LadderStep step)
    {
        long turn = (long)Math.Round(DegPerTurn / step.Value);
        long count = Count(angleRad / RadPerDeg, DegradedFigure.ElementAngleStepDeg, step) % turn;
        return (count < 0 ? count + turn : count) * step.Value * RadPerDeg;
    }
}
